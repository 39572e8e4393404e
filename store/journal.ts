import {
  BusinessException,
  Defect,
  type Effect,
  type Journal,
  type Lease,
  type Receipt,
  type StepKind,
  type StepRecord,
  type Task,
} from '#core';
import { tell } from './events.ts';
import { toJson, toJsonOrNull } from './json.ts';
import { checkLease, fenced, holdLease } from './lease.ts';
import { askPerson } from './questions.ts';
import { answerOf, effectOf } from './rows.ts';
import type { Db } from './schema.ts';
import { stepColumns, stepOf } from './steps.ts';
import { ageSeconds } from './time.ts';

type Intent = Pick<Effect, 'step' | 'application' | 'screen' | 'key' | 'record'>;

/** The journal of the run that holds this lease; every write is one transaction with its fence. */
export function openJournal(db: Db, lease: Lease): Journal {
  const { task } = lease;
  const write = <T>(work: (trx: Db) => Promise<T>) => fenced(db, lease, work);
  return {
    task,
    recall: (step) => recall(db, task.id, step),
    remember: (step, kind, value) => write((trx) => remember(trx, task, step, kind, value)),

    checkLease: () => checkLease(db, lease),

    ask: (question) => db.transaction().execute(async (trx) => askPerson(trx, await holdLease(trx, lease), question)),
    answer: async (step) => {
      const row = await newestAnswer(db, task.id, step).executeTakeFirst();
      return row && answerOf(row);
    },
    useUp: (step) => write((trx) => useUp(trx, task.id, step)),

    effect: async (step) => {
      const row = await newestEffect(db, task.id, step).executeTakeFirst();
      return row && effectOf(row);
    },
    intend: (effect) => write((trx) => intend(trx, task, effect)),
    prove: (step, receipt) => write((trx) => prove(trx, task, step, receipt)),
    withdraw: (step, reason) => write((trx) => withdraw(trx, task, step, reason)),

    attach: (step, evidence) =>
      write(async (trx) => {
        await trx
          .insertInto('evidence')
          .values({ task: task.id, step, label: evidence.label, sha256: evidence.sha256 })
          .execute();
      }),
  };
}

async function recall(db: Db, task: string, step: string): Promise<StepRecord | undefined> {
  const row = await db
    .selectFrom('steps')
    .select(stepColumns)
    .where('task', '=', task)
    .where('name', '=', step)
    .executeTakeFirst();
  return row && stepOf(row);
}

async function remember(trx: Db, task: Task, step: string, kind: StepKind, value: unknown): Promise<void> {
  const added = await trx
    .insertInto('steps')
    .values({ task: task.id, name: step, kind, value: toJsonOrNull(value) })
    .onConflict((conflict) => conflict.columns(['task', 'name']).doNothing())
    .returning('name')
    .executeTakeFirst();
  if (added) await tell(trx, task, 'step', { step, kind });
}

function newestAnswer(db: Db, task: string, step: string) {
  return db
    .selectFrom('questions')
    .select(['body', 'answer', 'answered_by', 'answered_at'])
    .where('task', '=', task)
    .where('step', '=', step)
    .where('open', '=', false)
    .where('used', '=', false)
    .orderBy('answered_at', 'desc')
    .limit(1);
}

function newestEffect(db: Db, task: string, step: string) {
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
 * The oldest answer not yet used up: a step asks anew before it uses the former answer up, and a quick person may have
 * answered the new question in between.
 */
async function useUp(trx: Db, task: string, step: string): Promise<void> {
  const oldest = trx
    .selectFrom('questions')
    .select('id')
    .where('task', '=', task)
    .where('step', '=', step)
    .where('open', '=', false)
    .where('used', '=', false)
    .orderBy('asked_at')
    .limit(1);
  await trx.updateTable('questions').set({ used: true }).where('id', 'in', oldest).execute();
}

/** The step's own intent without proof is written anew (a person corrected the record); any other's key is taken. */
async function intend(trx: Db, task: Task, { step, application, screen, key, record }: Intent): Promise<void> {
  const before = await newestEffect(trx, task.id, step).executeTakeFirst();
  if (before?.state === 'proven') throw alreadyProven(step);
  const renewed = before?.state === 'intended' && before.key === key ? before : undefined;
  if (before?.state === 'intended') await trx.deleteFrom('effects').where('id', '=', before.id).execute();
  const added = await trx
    .insertInto('effects')
    .values({
      task: task.id,
      step,
      application,
      screen,
      key,
      state: 'intended',
      record: toJson(record),
      ...(renewed && { intended_at: renewed.intended_at.toISOString() }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) {
    throw new BusinessException('key-in-use', `Another task keys or has keyed ${key} in ${application} already.`);
  }
  if (!renewed) await tell(trx, task, 'intended', { step, application, screen });
}

/** Proving twice is proving once: the answer to the first may have been lost on its way. */
async function prove(trx: Db, task: Task, step: string, receipt: Receipt): Promise<void> {
  const effect = await newestEffect(trx, task.id, step).executeTakeFirst();
  if (effect?.state === 'proven') return;
  if (effect?.state !== 'intended') throw new Defect('no-intent', `Step "${step}" has no intent that could be proven.`);
  const proof = { state: 'proven', receipt: toJson(receipt) } as const;
  await trx.updateTable('effects').set(proof).where('id', '=', effect.id).execute();
  await tell(trx, task, 'proven', { step, compared: receipt.compared.length });
  await remember(trx, task, step, 'rekey', receipt);
}

/** Withdrawing what is not intended changes nothing: a run that died right after is repeated. */
async function withdraw(trx: Db, task: Task, step: string, reason: string): Promise<void> {
  const effect = await newestEffect(trx, task.id, step).executeTakeFirst();
  if (effect?.state === 'proven') throw alreadyProven(step);
  if (effect?.state !== 'intended') return;
  await trx.updateTable('effects').set({ state: 'withdrawn' }).where('id', '=', effect.id).execute();
  await tell(trx, task, 'withdrawn', { step, code: reason });
}

function alreadyProven(step: string): Defect {
  return new Defect('already-proven', `Step "${step}" is proven; what stands in the application is not keyed again.`);
}
