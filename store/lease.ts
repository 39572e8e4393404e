import { type Selectable, sql } from 'kysely';
import { type Lease, LeaseLost } from '#core';
import type { Db, TaskTable } from './schema.ts';

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
    .where('state', '=', 'running')
    .where('lease_token', '=', lease.token)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new LeaseLost(lease.task.id);
  return row;
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
    .where('state', '=', 'running')
    .where('lease_token', '=', lease.token)
    .where('lease_until', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  if (!row) throw new LeaseLost(lease.task.id);
}
