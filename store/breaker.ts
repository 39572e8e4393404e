import type { UpdateObject } from 'kysely';
import type { AccountLoan, Bearing, GivenBack } from '#core';
import { tellPeople } from './applications.ts';
import { anyWaits, sendScout, WAITS_FOR_ACCOUNT, wakeOne, wakeWithNewPromise } from './parked.ts';
import { probePause } from './probes.ts';
import type { Db, Tables } from './schema.ts';
import { clockIn, clockNow, clockTime } from './time.ts';

/** Bad uses in a row that park an application: fewer than the tries of one task, so that an outage costs none its last one. */
const FAILURES_TO_PARK = 3;

/** The loan's end, and what its use said of the application. A loan that ran out says nothing: its holder was away. */
export async function giveBack(trx: Db, loan: AccountLoan, bearing: Bearing): Promise<GivenBack> {
  // In the order in which `lend` locks them.
  await trx.selectFrom('applications').select('name').where('name', '=', loan.application).forUpdate().execute();
  const ended = await trx
    .updateTable('account_loans')
    .set({ lent_until: null, probing: false })
    .where('application', '=', loan.application)
    .where('account', '=', loan.account)
    .where('slot', '=', loan.slot)
    .where('token', '=', loan.token)
    .where('lent_until', '>', clockTime)
    .returning('token')
    .executeTakeFirst();
  if (!ended) return { lanes: [], parked: false };
  if (bearing.bore === 'badly') return { lanes: [], parked: await countFailure(trx, loan, bearing.code) };
  if (bearing.bore === 'well') await forgetTrouble(trx, loan.application);
  return { lanes: await wakeOne(trx, loan.application, WAITS_FOR_ACCOUNT), parked: false };
}

async function forgetTrouble(trx: Db, application: string): Promise<void> {
  await trx
    .updateTable('applications')
    .set({ failures: 0, probes: 0 })
    .where('name', '=', application)
    .where((row) => row.or([row('failures', '>', 0), row('probes', '>', 0)]))
    .execute();
}

/** Whether the application was parked by it. */
async function countFailure(trx: Db, { application, probe }: AccountLoan, code: string): Promise<boolean> {
  const before = await trx
    .selectFrom('applications')
    .select(['failures', 'parked_at', 'probes'])
    .where('name', '=', application)
    .executeTakeFirstOrThrow();
  const change = (set: UpdateObject<Tables, 'applications'>) =>
    trx.updateTable('applications').set(set).where('name', '=', application).execute();
  if (before.parked_at !== null) {
    // Uses that were under way when it was parked say nothing new.
    if (probe) {
      const probes = before.probes + 1;
      await change({ probes, looked_at: clockNow, probe_at: clockIn(probePause(probes)), parked_code: code });
    }
    return false;
  }
  const failures = before.failures + 1;
  await change({ failures });
  if (failures < FAILURES_TO_PARK) return false;
  await change({
    ...{ parked_at: clockNow, parked_code: code, looked_at: null },
    probe_at: clockIn(probePause(before.probes)),
  });
  await tellPeople(trx, { application }, 'application-parked', { code, failures });
  return true;
}

/**
 * Well again: whoever waited goes on, in the usual order, with a promise moved by as long as nothing could be done. Until
 * work has gone well there, the look counts as one in vain: what shows itself well and fails at work is looked at ever later.
 */
export async function recovered(trx: Db, { application }: AccountLoan): Promise<readonly string[]> {
  const { parked_at, failures, probes } = await trx
    .selectFrom('applications')
    .select(['parked_at', 'failures', 'probes'])
    .where('name', '=', application)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (parked_at === null) return [];
  await trx
    .updateTable('applications')
    .set({ parked_at: null, parked_code: null, probe_at: null, probes: probes + 1, failures: 0 })
    .where('name', '=', application)
    .execute();
  const woken = await wakeWithNewPromise(trx, application, 'application-parked', parked_at);
  await tellPeople(trx, { application }, 'application-well', { waited: woken.tasks, failures });
  return woken.lanes;
}

/** The next look is due now, and a task goes ahead to take it. */
export async function lookNow(
  trx: Db,
  application: string,
  by: string,
): Promise<readonly string[] | 'nothing-waits' | undefined> {
  const parked = await trx
    .selectFrom('applications')
    .select('name')
    .where('name', '=', application)
    .where('parked_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst();
  if (!parked) return undefined;
  if (!(await anyWaits(trx, application, 'application-parked'))) return 'nothing-waits';
  await trx.updateTable('applications').set({ probe_at: clockNow }).where('name', '=', application).execute();
  await tellPeople(trx, { application }, 'application-look', { by });
  return sendScout(trx, application, 'application-parked');
}
