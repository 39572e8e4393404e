import { type RawBuilder, sql } from 'kysely';
import { tellMany } from './events.ts';
import { noteMended } from './mended.ts';
import type { Db } from './schema.ts';
import { clockIn, clockNow, clockTime, databaseTime } from './time.ts';
import { IS_WORKED } from './versions.ts';

/** What tasks wait for that stand `ready` and are woken: an application that is out of order, a login, an account's turn. */
export const WAITS_FOR_ACCOUNT = ['account-busy', 'account-held'] as const;
type Wait = 'application-parked' | (typeof WAITS_FOR_ACCOUNT)[number];

/** One task goes ahead to look; the next one not before this, should the first one's lane be worked by nobody. */
const SCOUT_SECONDS = 30;
/** How often somebody looks whether the credentials of a held account have changed. */
const LOOK_SECONDS = 60;

/**
 * The soonest promise of those that wait for the application goes on. One that nobody seems to work goes only where there
 * is no other: a worker of an older release does not say what it runs.
 */
export async function wakeOne(trx: Db, application: string, waits: readonly Wait[]): Promise<readonly string[]> {
  const worked = await wakeSoonest(trx, application, waits, IS_WORKED);
  return worked.length > 0 ? worked : wakeSoonest(trx, application, waits, sql<boolean>`true`);
}

async function wakeSoonest(
  trx: Db,
  application: string,
  waits: readonly Wait[],
  which: RawBuilder<boolean>,
): Promise<readonly string[]> {
  const first = trx
    .selectFrom('tasks')
    .select('id')
    .where('parked_on', '=', application)
    .where('state', '=', 'ready')
    .where('reason', 'in', [...waits])
    .where('available_at', '>', clockTime)
    .where(which)
    .orderBy('due_at')
    .limit(1)
    .forUpdate()
    .skipLocked();
  const woken = await trx
    .updateTable('tasks')
    .set({ available_at: clockNow })
    .where('id', 'in', first)
    .returning('bot')
    .execute();
  return woken.map(({ bot }) => bot);
}

/**
 * All that waited for it go on; their promise moves by the part of the outage that they lived through. A row that another
 * writes just now is not waited for, since both may have many: it is woken with the next round. Rows first, the events
 * after: who holds the events' lock must not wait for a row.
 */
export async function wakeWithNewPromise(
  trx: Db,
  application: string,
  wait: Wait,
  since: Date,
): Promise<{ readonly tasks: number; readonly lanes: readonly string[] }> {
  // One moment for all: by a clock that runs while many are written, those with promises close to each other change places.
  const outage = { since: since.toISOString(), until: await databaseTime(trx) };
  // The one that looked is running, and waited like the others. Each state has its index; runs that end meanwhile are `ready` next.
  const running = await wakeAll(trx, application, wait, outage, 'running');
  const woken = [...running, ...(await wakeAll(trx, application, wait, outage, 'ready'))];
  const lines = woken.map(({ id, bot, due_at, seconds }) => ({
    ...{ task: id, bot },
    facts: { application, code: wait, seconds: Math.round(seconds), dueAt: due_at.toISOString() },
  }));
  await tellMany(trx, 'promise-moved', lines);
  return { tasks: woken.length, lanes: lanesOf(woken) };
}

/** An outage's ends, as ISO text. */
interface Outage {
  readonly since: string;
  readonly until: string;
}

function wakeAll(trx: Db, application: string, wait: Wait, { since, until }: Outage, state: 'ready' | 'running') {
  const waited = sql<string>`${until}::timestamptz - greatest(received_at, ${since}::timestamptz)`;
  return trx
    .updateTable('tasks')
    .set({
      due_at: sql<string>`due_at + (${waited})`,
      available_at: sql<string>`case when state = 'ready' then clock_timestamp() else available_at end`,
      parked_on: null,
      reason: null,
    })
    .where('id', 'in', (tasks) =>
      tasks
        .selectFrom('tasks')
        .select('id')
        .where('parked_on', '=', application)
        .where('reason', '=', wait)
        // Written out, because a prepared plan knows a partial index only by the constant.
        .where('state', '=', sql.lit(state))
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'bot', 'due_at'])
    .returning(sql<number>`extract(epoch from ${waited})::float8`.as('seconds'))
    .execute();
}

export async function wakeDue(trx: Db): Promise<readonly string[]> {
  const lanes = await wakeForgotten(trx);
  const parked = await trx
    .selectFrom('applications')
    .select('name')
    .where('probe_at', '<=', clockTime)
    .where('parked_at', 'is not', null)
    .where(
      sql<boolean>`not exists (select from account_loans where application = name and probing and lent_until > clock_timestamp())`,
    )
    .forUpdate()
    .skipLocked()
    .execute();
  for (const { name } of parked) lanes.push(...(await sendScout(trx, name, 'application-parked')));
  const held = await trx
    .updateTable('accounts')
    .set({ look_at: clockIn(LOOK_SECONDS) })
    .where('held_at', 'is not', null)
    .where('look_at', '<=', clockTime)
    .returning('application')
    .execute();
  for (const { application } of held) lanes.push(...(await sendScout(trx, application, 'account-held')));
  return [...new Set(lanes)];
}

/** A run that ended just after the application was in order again went to wait for it all the same. */
async function wakeForgotten(trx: Db): Promise<string[]> {
  const woken = await trx
    .updateTable('tasks')
    .set({ available_at: clockNow, parked_on: null })
    .where('id', 'in', (tasks) =>
      tasks
        .selectFrom('tasks')
        .select('id')
        .where('state', '=', 'ready')
        .where('parked_on', 'is not', null)
        .where('available_at', '>', clockTime)
        .where(
          sql<boolean>`(
            (reason = 'application-parked' and not exists (
              select from applications where name = parked_on and parked_at is not null))
            or (reason = 'account-held' and not exists (
              select from accounts where application = parked_on and held_at is not null)))`,
        )
        .forUpdate()
        .skipLocked(),
    )
    .returning('bot')
    .execute();
  // In one order everywhere: two processes that both find some write of the same bots.
  const bots = Object.entries(Object.groupBy(woken, ({ bot }) => bot)).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [bot, tasks = []] of bots) await noteMended(trx, { kind: 'wait-forgotten', bot, tasks: tasks.length });
  return bots.map(([bot]) => bot);
}

/**
 * Whether the application still keeps out who was put off for this reason. One that came in order while the run ended has
 * woken all that waited by then, and would wake this one no more: it keeps its place instead. Waits for whoever is just
 * changing that; they in turn wait for no task.
 */
export async function stillKeepsOut(trx: Db, application: string, reason: string): Promise<boolean> {
  switch (reason as Wait) {
    case 'application-parked': {
      const parked = trx.selectFrom('applications').select('name').where('name', '=', application);
      return (await parked.where('parked_at', 'is not', null).forShare().executeTakeFirst()) !== undefined;
    }
    case 'account-held': {
      const held = trx.selectFrom('accounts').select('account').where('application', '=', application);
      return (await held.where('held_at', 'is not', null).forShare().executeTakeFirst()) !== undefined;
    }
    default:
      return true;
  }
}

/** Whether a task waits for this that could go ahead to look, or is at it. */
export async function anyWaits(trx: Db, application: string, wait: Wait): Promise<boolean> {
  const waiting = await trx
    .selectFrom('tasks')
    .select('id')
    .where('parked_on', '=', application)
    .where('reason', '=', wait)
    .where('state', 'in', ['ready', 'running'])
    .limit(1)
    .executeTakeFirst();
  return waiting !== undefined;
}

/** One of those that wait goes ahead to look, unless one is on its way. */
export async function sendScout(trx: Db, application: string, wait: Wait): Promise<readonly string[]> {
  const underWay = await trx
    .selectFrom('tasks')
    .select('id')
    .where('parked_on', '=', application)
    .where('reason', '=', wait)
    .where('state', '=', 'ready')
    .where('available_at', '<=', clockTime)
    .where(sql<boolean>`available_at > clock_timestamp() - make_interval(secs => ${SCOUT_SECONDS})`)
    .limit(1)
    .executeTakeFirst();
  return underWay ? [] : wakeOne(trx, application, [wait]);
}

function lanesOf(rows: readonly { readonly bot: string }[]): readonly string[] {
  return [...new Set(rows.map(({ bot }) => bot))];
}
