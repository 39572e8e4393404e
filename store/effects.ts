import { type Selectable, sql } from 'kysely';
import { BusinessException, Defect, type Intent, type Receipt, type Task } from '#core';
import { tell } from './events.ts';
import { toJson } from './json.ts';
import type { Db, EffectTable } from './schema.ts';
import { remember } from './steps.ts';
import { ageSeconds, clockNow } from './time.ts';

/** How soon a task that found its key busy comes again. */
const TURN_SECONDS = 10;

type EffectRow = Selectable<EffectTable>;
type KeyOf = Pick<Intent, 'application' | 'screen' | 'key'>;

/** Another task is at the key: so many seconds later it may be free. */
export interface Busy {
  readonly afterSeconds: number;
}

export function newestEffect(db: Db, task: string, step: string) {
  return db
    .selectFrom('effects')
    .selectAll()
    .select(ageSeconds('intended_at'))
    .where('task', '=', task)
    .where('step', '=', step)
    .orderBy('id', 'desc')
    .limit(1);
}

/**
 * Writes the intent down, or the task's turn at the key where another one is at it: that must outlive the refusal, so
 * it is returned and not thrown. The step's own intent is written anew with its age (a person corrected the record).
 */
export async function intend(trx: Db, task: Task, intent: Intent): Promise<Busy | undefined> {
  const before = await newestEffect(trx, task.id, intent.step).executeTakeFirst();
  if (before?.state === 'proven') throw alreadyProven(intent.step);
  if (before?.state === 'intended') return renew(trx, before, intent);
  const busy = (await rivalAt(trx, task, intent)) ?? (await earlierTurn(trx, task, intent));
  if (!busy && (await add(trx, task, intent))) {
    await trx.deleteFrom('key_waits').where('task', '=', task.id).where('step', '=', intent.step).execute();
    const { step, application, screen } = intent;
    await tell(trx, task, 'intended', { step, application, screen });
    return undefined;
  }
  await takeTurn(trx, task, intent);
  return busy ?? { afterSeconds: TURN_SECONDS };
}

async function renew(trx: Db, before: EffectRow, { step, key, record }: Intent): Promise<undefined> {
  if (before.key !== key) {
    throw new Defect('intent-open', `Step "${step}" has an intent of another key; withdraw that one first.`);
  }
  const renewed = { record: toJson(record) };
  await trx.updateTable('effects').set(renewed).where('id', '=', before.id).execute();
}

/** Two that come to a free key at once are told apart by its unique index: the second finds its row not added. */
async function add(trx: Db, task: Task, intent: Intent): Promise<boolean> {
  const { step, application, screen, key, record } = intent;
  const added = await trx
    .insertInto('effects')
    .values({ task: task.id, step, application, screen, key, state: 'intended', record: toJson(record) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** Another task's effect with this key that stands, or was given up so lately that our look-up may not have seen what came of it. */
async function rivalAt(trx: Db, task: Task, intent: Intent): Promise<Busy | undefined> {
  const { step, quietSeconds } = intent;
  const { rows } = await sql<Pick<EffectRow, 'task' | 'state'> & { rest: number }>`
    select task, state, ${quietSeconds}::float8 - extract(epoch from clock_timestamp() - closed_at)::float8 as rest
    from effects
    where ${sameKey('effects', intent)} and (task, step) <> (${task.id}, ${step})
      and (state in ('intended', 'proven') or closed_at > clock_timestamp() - make_interval(secs => ${quietSeconds}))
      and not (task = ${task.id} and state in ('withdrawn', 'left'))
    order by state = 'proven' desc, state = 'intended' desc, closed_at desc
    limit 1`.execute(trx);
  const [rival] = rows;
  if (!rival) return undefined;
  // Within a task two steps of one key would wait for each other for ever.
  if (rival.state === 'proven' || rival.task === task.id) throw keyInUse(intent);
  return { afterSeconds: rival.state === 'intended' ? TURN_SECONDS : Math.ceil(rival.rest) };
}

function sameKey(table: 'effects' | 'earlier', intent: KeyOf) {
  const column = (name: keyof KeyOf) => sql`${sql.ref(`${table}.${name}`)} = ${intent[name]}`;
  return sql<boolean>`${column('application')} and ${column('screen')} and ${column('key')}`;
}

/** A task that was received before this one, came to this key and has nothing to wait for but its turn. */
async function earlierTurn(trx: Db, task: Task, intent: Intent): Promise<Busy | undefined> {
  const { rows } = await sql`
    select 1 from key_waits earlier join tasks on tasks.id = earlier.task
    where ${sameKey('earlier', intent)}
      and tasks.state in ('ready', 'running') and tasks.reason = 'key-busy'
      and (earlier.since, earlier.task) < (select received_at, id from tasks where id = ${task.id})
    limit 1`.execute(trx);
  return rows.length > 0 ? { afterSeconds: TURN_SECONDS } : undefined;
}

/**
 * Turns go by when tasks were received, and not by who met the busy key first: claims go by what presses most. One at
 * another key, before a person corrected the record, is given up.
 */
async function takeTurn(trx: Db, task: Task, { step, application, screen, key }: Intent): Promise<void> {
  await sql`
    insert into key_waits (task, step, application, screen, key, since)
    select id, ${step}, ${application}, ${screen}, ${key}, received_at from tasks where id = ${task.id}
    on conflict (task, step) do update set
      application = excluded.application, screen = excluded.screen, key = excluded.key, since = excluded.since`.execute(
    trx,
  );
}

/** Proving twice is proving once: the answer to the first may have been lost on its way. */
export async function prove(trx: Db, task: Task, step: string, receipt: Receipt): Promise<void> {
  const effect = await newestEffect(trx, task.id, step).executeTakeFirst();
  if (effect?.state === 'proven') return;
  if (effect?.state !== 'intended') throw new Defect('no-intent', `Step "${step}" has no intent that could be proven.`);
  const proof = { state: 'proven', receipt: toJson(receipt) } as const;
  await trx.updateTable('effects').set(proof).where('id', '=', effect.id).execute();
  await tell(trx, task, 'proven', { step, compared: receipt.compared.length });
  await remember(trx, task, step, 'rekey', receipt);
}

/** Withdrawing what is not intended changes nothing: a run that died right after is repeated. */
export async function withdraw(trx: Db, task: Task, step: string, reason: string): Promise<void> {
  const effect = await newestEffect(trx, task.id, step).executeTakeFirst();
  if (effect?.state === 'proven') throw alreadyProven(step);
  if (effect?.state !== 'intended') return;
  const closed = { state: 'withdrawn', closed_at: clockNow, closed_because: reason } as const;
  await trx.updateTable('effects').set(closed).where('id', '=', effect.id).execute();
  await tell(trx, task, 'withdrawn', { step, code: reason });
}

/** A person ended the task: what it had intended is theirs now, whatever became of it. */
export async function leave(
  trx: Db,
  task: { readonly id: string; readonly bot: string },
  because: string,
  person: string,
): Promise<void> {
  const left = await trx
    .updateTable('effects')
    .set({ state: 'left', closed_at: clockNow, closed_because: because, closed_by: person })
    .where('task', '=', task.id)
    .where('state', '=', 'intended')
    .returning('step')
    .execute();
  for (const { step } of left) await tell(trx, task, 'left', { step, code: because, by: person });
}

function alreadyProven(step: string): Defect {
  return new Defect('already-proven', `Step "${step}" is proven; what stands in the application is not keyed again.`);
}

function keyInUse({ application, screen }: KeyOf): BusinessException {
  return new BusinessException('key-in-use', `The same ${screen} has been keyed in ${application} already.`);
}
