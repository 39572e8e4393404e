import { isDeepStrictEqual } from 'node:util';
import { type Selectable, sql } from 'kysely';
import { type Choice, type HumanQueue, type HumanTask, InvalidInput } from '#core';
import { leave } from './effects.ts';
import { tell } from './events.ts';
import { UNLEASED } from './finish.ts';
import { toJson } from './json.ts';
import { isClaimed } from './questions.ts';
import { type AnswerBody, type QuestionBody, type QuestionRow, questionOf } from './rows.ts';
import type { Db, TaskTable } from './schema.ts';
import { clockIn, clockNow } from './time.ts';
import { learnFromAnswer } from './trust.ts';

type TaskRow = Selectable<TaskTable>;
interface Given {
  readonly person: string;
  readonly choice: Choice;
  readonly values: unknown;
}

export function humanQueue(db: Db): HumanQueue {
  return {
    list: async (filter = {}) => {
      const { skills = [], limit = 100 } = filter;
      const rows = await openQuestions(db)
        .$if(skills.length > 0, (query) => query.where('questions.skill', 'in', skills))
        .orderBy('questions.due_at')
        .orderBy('questions.id')
        .limit(limit)
        .execute();
      return rows.map(questionOf);
    },

    get: async (id): Promise<HumanTask | undefined> => {
      const row = await question(db, id).executeTakeFirst();
      return row && questionOf(row);
    },

    claim: (id, person, seconds) => db.transaction().execute((trx) => claimQuestion(trx, id, person, seconds)),

    release: async (id, person) => {
      await db
        .updateTable('questions')
        .set({ claimed_by: null, claimed_until: null })
        .where('id', '=', id)
        .where('open', '=', true)
        .where('claimed_by', '=', person)
        .execute();
    },

    answer: (id, person, choice, values) =>
      db.transaction().execute((trx) => answerQuestion(trx, id, { person, choice, values })),
  };
}

function question(db: Db, id: string) {
  return db.selectFrom('questions').selectAll().select(isClaimed.as('claimed')).where('id', '=', id);
}

/** A question whose task ended some other way asks nobody any more. */
function openQuestions(db: Db) {
  return db
    .selectFrom('questions')
    .innerJoin('tasks', 'tasks.id', 'questions.task')
    .selectAll('questions')
    .select(isClaimed.as('claimed'))
    .where('questions.open', '=', true)
    .where('tasks.ended_at', 'is', null);
}

async function claimQuestion(trx: Db, id: string, person: string, seconds: number): Promise<boolean> {
  const row = await openQuestions(trx).where('questions.id', '=', id).forUpdate('questions').executeTakeFirst();
  if (!row || heldByAnother(row, person)) return false;
  await trx
    .updateTable('questions')
    .set({ claimed_by: person, claimed_until: clockIn(seconds) })
    .where('id', '=', id)
    .execute();
  const prolonged = row.claimed && row.claimed_by === person;
  if (!prolonged) await tell(trx, { id: row.task, bot: row.bot }, 'claimed', { question: id, by: person });
  return true;
}

function heldByAnother(row: QuestionRow, person: string): boolean {
  return row.claimed && row.claimed_by !== person;
}

/** Locks the task before the question, as runs do, then lets the first answer count. */
async function answerQuestion(trx: Db, id: string, given: Given): Promise<'stored' | 'taken'> {
  const seen = await question(trx, id).executeTakeFirst();
  if (!seen) throw new InvalidInput('unknown-question', 'id', 'There is no such question.');
  const task = await trx
    .selectFrom('tasks')
    .selectAll()
    .where('id', '=', seen.task)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const row = await question(trx, id).forUpdate().executeTakeFirstOrThrow();
  if (!row.open) return isSameAnswer(row, given) ? 'stored' : 'taken';
  if (task.ended_at !== null || heldByAnother(row, given.person)) return 'taken';
  if (!(row.body as QuestionBody).choices.includes(given.choice)) {
    throw new InvalidInput('choice-not-offered', 'choice', 'This question does not offer that choice.');
  }
  await storeAnswer(trx, row, given);
  if (row.kind === 'validate' && given.choice === 'answer') await learnFromAnswer(trx, row, given.values);
  await goOn(trx, task, row, given);
  return 'stored';
}

function isSameAnswer(row: QuestionRow, { person, choice, values }: Given): boolean {
  const stored = row.answer as AnswerBody | null;
  const same: AnswerBody = JSON.parse(toJson({ choice, values: values ?? null }));
  return row.answered_by === person && isDeepStrictEqual(stored, same);
}

/** `again` looks at the world anew, so its answer is used up as it is given. An end closes the task's other questions too. */
async function storeAnswer(trx: Db, row: QuestionRow, { person, choice, values }: Given): Promise<void> {
  await trx
    .updateTable('questions')
    .set({
      open: false,
      answer: toJson({ choice, values: values ?? null } satisfies AnswerBody),
      answered_by: person,
      answered_at: clockNow,
      used: choice === 'again',
    })
    .where('task', '=', row.task)
    .where('open', '=', true)
    .$if(!ends(choice), (query) => query.where('id', '=', row.id))
    .execute();
  const facts = { question: row.id, step: row.step, code: row.code, choice, by: person };
  await tell(trx, { id: row.task, bot: row.bot }, 'answered', facts);
}

async function goOn(trx: Db, task: TaskRow, row: QuestionRow, { person, choice }: Given): Promise<void> {
  if (ends(choice)) await leave(trx, task, choice, person);
  if (choice === 'reject') {
    await overrule(trx, task, { state: 'rejected', reason: row.code, ended_at: clockNow });
    return tell(trx, task, 'rejected', { code: row.code, by: person });
  }
  if (choice === 'by-hand') {
    const output = toJson({ byHand: person });
    await overrule(trx, task, { state: 'done', reason: null, ended_at: clockNow, output });
    return tell(trx, task, 'done', { by: person });
  }
  const startsOver = choice === 'again' || row.kind === 'business' || row.kind === 'technical';
  if (startsOver) {
    await forget(trx, task.id, choice === 'again' ? undefined : row.step);
    return overrule(trx, task, { state: 'ready', reason: null, attempt: 0, available_at: clockNow });
  }
  // Who decides what becomes of an effect starts it afresh, too: what was tried before to find out is no longer held against it.
  if (row.kind === 'in-doubt' || row.kind === 'differs') {
    await trx.updateTable('tasks').set({ attempt: 0 }).where('id', '=', task.id).execute();
  }
  // A run that has asked but not yet finished keeps its lease: its finish finds the answer and opens the task.
  if (task.state === 'waiting') await overrule(trx, task, { state: 'ready', reason: null, available_at: clockNow });
}

function ends(choice: Choice): boolean {
  return choice === 'reject' || choice === 'by-hand';
}

/** What was done and looked up in code runs anew; what was read, checked and keyed stays. */
async function forget(trx: Db, task: string, record: string | undefined): Promise<void> {
  await trx
    .deleteFrom('steps')
    .where('task', '=', task)
    .where((step) =>
      step.or([step('kind', 'in', ['step', 'look']), ...(record === undefined ? [] : [step('name', '=', record)])]),
    )
    .execute();
}

type Change = Pick<TaskRow, 'state' | 'reason'> & {
  ended_at?: typeof clockNow;
  output?: string;
  attempt?: number;
  available_at?: typeof clockNow;
};

/** Changes the task's state; the token moves on, so a run that still goes on there is refused from now on. */
async function overrule(trx: Db, task: TaskRow, change: Change): Promise<void> {
  await trx
    .updateTable('runs')
    .set({ ended_at: clockNow, outcome: 'overruled' })
    .where('id', '=', task.lease_run)
    .where('ended_at', 'is', null)
    .execute();
  await trx
    .updateTable('tasks')
    .set({ ...change, ...UNLEASED, lease_token: sql`lease_token + 1` })
    .where('id', '=', task.id)
    .execute();
}
