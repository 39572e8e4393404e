import {
  BusinessException,
  Defect,
  type Effect,
  type Journal,
  type Lease,
  type StepKind,
  type StepRecord,
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
    useUp: (step) =>
      write(async (trx) => {
        await trx
          .updateTable('questions')
          .set({ used: true })
          .where('task', '=', task.id)
          .where('step', '=', step)
          .where('open', '=', false)
          .execute();
      }),

    effect: async (step) => {
      const row = await newestEffect(db, task.id, step).executeTakeFirst();
      return row && effectOf(row);
    },
    intend: (effect) => write((trx) => intend(trx, task, effect)),
    prove: (step, receipt) =>
      write(async (trx) => {
        await endEffect(trx, task.id, step, { state: 'proven', receipt: toJson(receipt) });
        await tell(trx, task, 'proven', { step, compared: receipt.compared.length });
        await remember(trx, task, step, 'rekey', receipt);
      }),
    withdraw: (step, reason) =>
      write(async (trx) => {
        await endEffect(trx, task.id, step, { state: 'withdrawn' });
        await tell(trx, task, 'withdrawn', { step, code: reason });
      }),

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

async function remember(trx: Db, task: Lease['task'], step: string, kind: StepKind, value: unknown): Promise<void> {
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

/** The step's own intent without proof is written anew (a person corrected the record); any other's key is taken. */
async function intend(trx: Db, task: Lease['task'], { step, application, screen, key, record }: Intent): Promise<void> {
  const before = await newestEffect(trx, task.id, step).executeTakeFirst();
  if (before?.state === 'proven') {
    throw new Defect('already-proven', `Step "${step}" is proven; what was keyed is not keyed again.`);
  }
  if (before?.state === 'intended') await trx.deleteFrom('effects').where('id', '=', before.id).execute();
  const added = await trx
    .insertInto('effects')
    .values({ task: task.id, step, application, screen, key, state: 'intended', record: toJson(record) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) {
    throw new BusinessException('key-in-use', `Another task keys or has keyed ${key} in ${application} already.`);
  }
  await tell(trx, task, 'intended', { step, application, screen });
}

async function endEffect(
  trx: Db,
  task: string,
  step: string,
  end: { state: 'proven'; receipt: string } | { state: 'withdrawn' },
): Promise<void> {
  const ended = await trx
    .updateTable('effects')
    .set(end)
    .where('task', '=', task)
    .where('step', '=', step)
    .where('state', '=', 'intended')
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw new Defect('no-intent', `Step "${step}" has no open intent to be ${end.state}.`);
}
