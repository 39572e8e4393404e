import { sql } from 'kysely';
import type { Db } from './schema.ts';
import { IS_WORKED } from './versions.ts';

/** A bot's lane with work a worker could take now. */
export interface OpenLane {
  readonly bot: string;
  /** Tasks that could be claimed now. */
  readonly claimable: number;
  /** Of these: tasks whose worker let its lease run out. */
  readonly abandoned: number;
}

export async function openLanes(db: Db): Promise<readonly OpenLane[]> {
  const { rows } = await sql<OpenLane>`
    select bot, sum(tasks)::integer as claimable, sum(abandoned)::integer as abandoned
    from (
      select bot, count(*) as tasks, 0 as abandoned from tasks
      where state = 'ready' and available_at <= now() group by bot
      union all
      select bot, count(*), count(*) from tasks where state = 'running' and lease_until < now() group by bot
    ) open
    group by bot
    order by bot`.execute(db);
  return rows;
}

export async function isAsleep(db: Db, bot: string, seconds: number): Promise<boolean> {
  const left = await db
    .selectFrom('tasks')
    .select('id')
    .where('bot', '=', bot)
    .where('state', '=', 'ready')
    .where('available_at', '<', sql<Date>`clock_timestamp() - make_interval(secs => ${seconds})`)
    .where(IS_WORKED)
    .limit(1)
    .executeTakeFirst();
  return left !== undefined;
}
