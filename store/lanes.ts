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
    select tasks.bot,
      count(*)::integer as claimable,
      (count(*) filter (where state = 'running'))::integer as abandoned,
      extract(epoch from clock_timestamp() - max(lanes.drawn_at))::float8 as "idleSeconds"
    from tasks left join lanes on lanes.bot = tasks.bot
    where (state = 'ready' and available_at <= clock_timestamp())
       or (state = 'running' and lease_until < clock_timestamp())
    group by tasks.bot
    order by tasks.bot`.execute(db);
  return rows;
}
