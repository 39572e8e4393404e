import { type Intent, type Journal, type Lease, Throttled } from '#core';
import { type Busy, intend, newestEffect, prove, withdraw } from './effects.ts';
import { checkLease, fenced, holdLease } from './lease.ts';
import { askPerson } from './questions.ts';
import type { Remember } from './rememberMany.ts';
import { answerOf, effectOf } from './rows.ts';
import type { Db } from './schema.ts';
import { recall } from './steps.ts';

/** The journal of the run that holds this lease; every write is one transaction with its fence. `remember` is shared by all runs. */
export function openJournal(db: Db, lease: Lease, remember: Remember): Journal {
  const { task } = lease;
  const write = <T>(work: (trx: Db) => Promise<T>) => fenced(db, lease, work);
  return {
    task,
    recall: (step) => recall(db, task.id, step),
    remember: (step, kind, value) => remember(lease, step, kind, value),

    checkLease: () => checkLease(db, lease),

    ask: (question) => db.transaction().execute(async (trx) => askPerson(trx, await holdLease(trx, lease), question)),
    answer: async (step) => {
      const row = await newestAnswer(db, task.id, step).executeTakeFirst();
      const answer = row && answerOf(row);
      return answer && { ...answer, question: row.id };
    },
    useUp: (step, { question }) => write((trx) => useUp(trx, task.id, step, question)),

    effect: async (step) => {
      const row = await newestEffect(db, task.id, step).executeTakeFirst();
      return row && effectOf(row);
    },
    intend: async (intent) => {
      const busy = await write((trx) => intend(trx, task, intent));
      if (busy) throw keyBusy(intent, busy);
    },
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

function newestAnswer(db: Db, task: string, step: string) {
  return db
    .selectFrom('questions')
    .select(['id', 'body', 'answer', 'answered_by', 'answered_at'])
    .where('task', '=', task)
    .where('step', '=', step)
    .where('open', '=', false)
    .where('used', '=', false)
    .orderBy('answered_at', 'desc')
    .limit(1);
}

/**
 * Spends the answer to this question and those before it: a run that died may have left an older one. A step asks anew
 * before it uses the former answer up, and what a quick person answered in between stands.
 */
async function useUp(trx: Db, task: string, step: string, question: string): Promise<void> {
  const answeredAt = trx.selectFrom('questions').select('answered_at').where('id', '=', question);
  await trx
    .updateTable('questions')
    .set({ used: true })
    .where('task', '=', task)
    .where('step', '=', step)
    .where('open', '=', false)
    .where('answered_at', '<=', answeredAt)
    .execute();
}

function keyBusy({ application, screen }: Intent, { afterSeconds }: Busy): Throttled {
  const why = `Another task is keying the same ${screen} in ${application}; this one has its turn after it.`;
  return new Throttled('key-busy', why, { afterSeconds });
}
