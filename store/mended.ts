import { sql } from 'kysely';
import type { Mended, MendedKind } from '#core';
import type { Db } from './schema.ts';

/** What is told of, newest day included. */
const DAYS = 7;

/**
 * Keeps down that something was amiss and is set right. Several processes may find the same: within `onceInSeconds` it
 * counts once.
 */
export async function noteMended(
  db: Db,
  { kind, bot, tasks }: { readonly kind: MendedKind; readonly bot: string; readonly tasks: number },
  onceInSeconds = 0,
): Promise<void> {
  await sql`
    insert into mended as known (day, kind, bot, times, tasks, last_at)
    values ((clock_timestamp() at time zone 'utc')::date, ${kind}, ${bot}, 1, ${tasks}, clock_timestamp())
    on conflict (day, kind, bot) do update
      set times = known.times + 1, tasks = known.tasks + excluded.tasks, last_at = excluded.last_at
      where known.last_at <= excluded.last_at - make_interval(secs => ${onceInSeconds})`.execute(db);
}

/** What was mended lately, the newest first. */
export async function mended(db: Db): Promise<readonly Mended[]> {
  const rows = await db
    .selectFrom('mended')
    .select(['kind', 'bot'])
    .select([
      sql<number>`sum(times)::integer`.as('times'),
      sql<number>`sum(tasks)::integer`.as('tasks'),
      sql<Date>`max(last_at)`.as('last_at'),
    ])
    .where('day', '>', sql<Date>`(clock_timestamp() at time zone 'utc')::date - ${DAYS}::integer`)
    .groupBy(['kind', 'bot'])
    .orderBy('last_at', 'desc')
    .execute();
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at.toISOString() }));
}
