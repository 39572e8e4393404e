import { type RawBuilder, sql } from 'kysely';
import type { EventStore, TaskEvent } from '#core';
import { toJson } from './json.ts';
import { eventOf } from './rows.ts';
import type { Db } from './schema.ts';

/** Key of the advisory lock that keeps the events' numbers in the order in which they become visible. */
const EVENTS_LOCK = 727_301;

export type EventFacts = TaskEvent['facts'];

/**
 * Writes an event down within the transaction of the fact it tells of. Facts are codes, numbers and ids, never values
 * of a document. Writers share the lock from the number's making to their commit; a reader takes it alone for a moment,
 * so it never sees number 12 while 11 is still to come.
 */
export async function tell(
  db: Db,
  task: { readonly id: string; readonly bot: string },
  kind: string,
  facts: EventFacts = {},
): Promise<void> {
  await sql`
    with numbered as materialized (select pg_advisory_xact_lock_shared(${EVENTS_LOCK}::bigint))
    insert into events (task, bot, kind, facts)
    select ${task.id}, ${task.bot}, ${kind}, ${toJson(facts)}::json from numbered`.execute(db);
}

/**
 * The end of a statement's `with` that tells of every row (`id`, `bot`) of its part `of`: as many events of each, in this
 * order, as there are `lines` of kind, facts (json) and, where it is not told of every row, a condition. The lock is
 * taken when all these rows are written: who holds it must not wait for a row.
 */
export function telling(
  of: string,
  lines: readonly (readonly [kind: string, facts: RawBuilder<unknown>, where?: RawBuilder<unknown>])[],
): RawBuilder<unknown> {
  const rows = sql.table(of);
  const told = lines.map(
    ([kind, facts, where = sql`true`], place) =>
      sql`select ${sql.lit(place)} as place, id, bot, ${sql.lit(kind)} as kind, ${facts} as facts from ${rows} where ${where}`,
  );
  return sql`
    numbered as materialized (
      select pg_advisory_xact_lock_shared(${sql.lit(EVENTS_LOCK)}::bigint) from (select count(*) from ${rows}) written
    ), told as (
      insert into events (task, bot, kind, facts)
      select line.id, line.bot, line.kind, line.facts
      from (${sql.join(told, sql` union all `)}) line, numbered
      order by line.place
    )`;
}

export function eventStore(db: Db): EventStore {
  return {
    since: (seq, limit) =>
      settled(db, async (trx) => {
        const rows = await trx
          .selectFrom('events')
          .selectAll()
          .where('seq', '>', String(seq))
          .orderBy('seq')
          .limit(Math.min(Math.max(limit, 1), 1000))
          .execute();
        return rows.map(eventOf);
      }),

    latest: () => settledEvents(db),
  };
}

/** The newest number given out; everything up to it can be seen. */
export function settledEvents(db: Db): Promise<number> {
  return settled(db, async (trx) => {
    const row = await trx.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
    return row ? Number(row.seq) : 0;
  });
}

/** One event of the same kind for each of many tasks. */
export async function tellMany(
  db: Db,
  kind: string,
  lines: readonly { readonly task: string; readonly bot: string; readonly facts: EventFacts }[],
): Promise<void> {
  await sql`
    with numbered as materialized (select pg_advisory_xact_lock_shared(${EVENTS_LOCK}::bigint))
    insert into events (task, bot, kind, facts)
    select line ->> 'task', line ->> 'bot', ${kind}, line -> 'facts'
    from numbered, json_array_elements(${toJson(lines)}::json) line`.execute(db);
}

/** Reads when no event is between its number and its commit. */
function settled<T>(db: Db, read: (trx: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${EVENTS_LOCK}::bigint)`.execute(trx);
    return read(trx);
  });
}
