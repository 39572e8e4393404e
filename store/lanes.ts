import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** A bot's lane with work a worker could take now. */
export interface OpenLane {
  readonly bot: string;
  /** Tasks that could be claimed now. */
  readonly claimable: number;
  /** Of these: tasks whose worker let its lease run out. */
  readonly abandoned: number;
  /** Seconds since a worker last took a task of this lane; null when none ever did. */
  readonly idleSeconds: number | null;
}

export async function openLanes(db: Db): Promise<readonly OpenLane[]> {
  const { rows } = await sql<OpenLane>`
    select open.bot,
      sum(open.tasks)::integer as claimable,
      sum(open.abandoned)::integer as abandoned,
      extract(epoch from clock_timestamp() - max(lanes.drawn_at))::float8 as "idleSeconds"
    from (
      select bot, count(*) as tasks, 0 as abandoned from tasks
      where state = 'ready' and available_at <= now() group by bot
      union all
      select bot, count(*), count(*) from tasks where state = 'running' and lease_until < now() group by bot
    ) open left join lanes on lanes.bot = open.bot
    group by open.bot
    order by open.bot`.execute(db);
  return rows;
}
