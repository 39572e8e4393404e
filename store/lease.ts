import { type RawBuilder, type Selectable, sql } from 'kysely';
import { type Lease, LeaseLost } from '#core';
import type { Db, TaskTable } from './schema.ts';

/**
 * What the table's check makes the same as `state = 'running'`. Said thus, because an index of the running tasks would
 * serve the other way of saying it, and until it is swept it also holds every task that ever ran.
 */
const IS_RUNNING = sql<boolean>`lease_until is not null`;

/**
 * The fence: locks the task's row and goes on only while this run's token is the task's. Takeover, answers and ends
 * change token or state under the same lock, so nothing gets between this check and the transaction's commit. It lets
 * rows that refer to the task be written meanwhile: whoever locks a question and then tells of it waits for nobody.
 */
export async function holdLease(trx: Db, lease: Lease): Promise<Selectable<TaskTable>> {
  const row = await trx
    .selectFrom('tasks')
    .selectAll()
    .where('id', '=', lease.task.id)
    .where('lease_token', '=', lease.token)
    .where(IS_RUNNING)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new LeaseLost(lease.task.id);
  return row;
}

/**
 * The fence of many runs in one statement: the rows (`id`, `bot`) of those among `leases` (`task`, `token`) that hold, beside
 * what else is known of each lease. A row is found by its id and locked, then looked at: a planner that knows nothing of a
 * table yet, and keeps its plan, would read all of it otherwise.
 */
export function heldAmong(leases: RawBuilder<unknown>): RawBuilder<unknown> {
  // In one order, so that two such statements cannot wait for each other.
  return sql`
    select found.id, found.bot, lease.* from (select * from ${leases} order by task) lease cross join lateral (
      select id, bot, lease_token, ${IS_RUNNING} as running from tasks where id = lease.task for no key update) found
    where found.lease_token = lease.token and found.running`;
}

/** Does a write of the run in one transaction with its fence. */
export function fenced<T>(db: Db, lease: Lease, write: (trx: Db) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await holdLease(trx, lease);
    return write(trx);
  });
}

/** Stricter than the fence: a lease that ran out may be another worker's at any moment. */
export async function checkLease(db: Db, lease: Lease): Promise<void> {
  const row = await db
    .selectFrom('tasks')
    .select('id')
    .where('id', '=', lease.task.id)
    .where('lease_token', '=', lease.token)
    .where('lease_until', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  if (!row) throw new LeaseLost(lease.task.id);
}
