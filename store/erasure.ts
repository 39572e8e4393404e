import { sql } from 'kysely';
import { type ErasureStore, InvalidInput, type Keeping, type Receipt, type TaskErasure } from '#core';
import { tell } from './events.ts';
import { toJson } from './json.ts';
import type { AnswerBody, QuestionBody } from './rows.ts';
import type { Db } from './schema.ts';
import { blobsOf, stillSpokenOf, tasksAbout } from './spokenOf.ts';
import { clockNow } from './time.ts';

/** What a question of an erased task is called. */
const ERASED_TITLE = 'Erased';

export function erasureStore(db: Db): ErasureStore {
  return {
    about: (text) => tasksAbout(db, text),
    keeping: (task) => keeping(db, task),
    hold: (task, why, by) => db.transaction().execute((trx) => hold(trx, task, why, by)),
    release: (task, by) => db.transaction().execute((trx) => release(trx, task, by)),
    erase: (task, by) => db.transaction().execute((trx) => erase(trx, task, by)),
    unfinished: async () => {
      const open = db.selectFrom('erasures').select(['task', 'blobs']).where('finished_at', 'is', null);
      return (await open.orderBy('at').execute()).map(({ task, blobs }) => ({ task, blobs: blobs as string[] }));
    },
    stillSpokenOf: (blobs) => stillSpokenOf(db, blobs),
    finish: async (task) => {
      await db.updateTable('erasures').set({ blobs: '[]', finished_at: clockNow }).where('task', '=', task).execute();
    },
  };
}

async function keeping(db: Db, task: string): Promise<Keeping> {
  const held = await db.selectFrom('legal_holds').selectAll().where('task', '=', task).executeTakeFirst();
  const gone = await erasureOf(db, task);
  return {
    legalHold: held ? { why: held.why, by: held.by_person, at: held.at.toISOString() } : null,
    erased: gone ? { by: gone.by_person, at: gone.at.toISOString() } : null,
  };
}

function erasureOf(db: Db, task: string) {
  return db.selectFrom('erasures').select(['by_person', 'at']).where('task', '=', task).executeTakeFirst();
}

/** Holds and erasures of a task come one after the other, and after whatever else changes the task. */
function taskRow(trx: Db, id: string) {
  const row = trx.selectFrom('tasks').select(['id', 'bot', 'ended_at']).where('id', '=', id);
  return row.forNoKeyUpdate().executeTakeFirst();
}

async function hold(trx: Db, id: string, why: string, by: string): Promise<void> {
  const task = await taskRow(trx, id);
  if (!task) throw new InvalidInput('unknown-task', 'task', `There is no task "${id}".`);
  if (await erasureOf(trx, id)) {
    throw new InvalidInput('already-erased', 'task', 'The task was erased: there is nothing left to hold.');
  }
  await trx
    .insertInto('legal_holds')
    .values({ task: id, why, by_person: by })
    .onConflict((conflict) => conflict.column('task').doUpdateSet({ why, by_person: by, at: clockNow }))
    .execute();
  await tell(trx, task, 'held', { by });
}

async function release(trx: Db, id: string, by: string): Promise<boolean> {
  const task = await taskRow(trx, id);
  const released = await trx.deleteFrom('legal_holds').where('task', '=', id).returning('task').executeTakeFirst();
  if (!task || !released) return false;
  await tell(trx, task, 'hold-released', { by });
  return true;
}

/** What is to go from the archive is noted before anything is forgotten of it: whoever goes on after a death finds it there. */
async function erase(trx: Db, id: string, by: string): Promise<TaskErasure['outcome']> {
  const task = await taskRow(trx, id);
  if (!task) return 'unknown';
  if (await erasureOf(trx, id)) return 'erased';
  if (task.ended_at === null) return 'open';
  if ((await keeping(trx, id)).legalHold) return 'held';
  const blobs = await blobsOf(trx, id);
  await trx
    .insertInto('erasures')
    .values({ task: id, by_person: by, blobs: toJson(blobs) })
    .execute();
  await forgetLayouts(trx, blobs);
  const counts = {
    steps: await eraseSteps(trx, id),
    effects: await eraseEffects(trx, id),
    questions: await eraseQuestions(trx, id),
    pictures: await deletePictures(trx, id),
  };
  await trx.deleteFrom('seen_papers').where('task', '=', id).execute();
  await trx.deleteFrom('key_waits').where('task', '=', id).execute();
  await eraseDefects(trx, id);
  await trx
    .updateTable('tasks')
    .set({ key: erasedKey(id), input: '{}', output: null })
    .where('id', '=', id)
    .execute();
  await tell(trx, task, 'erased', { by, ...counts });
  return 'erased';
}

/** Tells nothing, and stands in nobody's way. */
function erasedKey(of: string): string {
  return `erased-${of}`;
}

/** What a layout knows it has of all its papers together: it is learned anew from the next answers. */
async function forgetLayouts(trx: Db, papers: readonly string[]): Promise<void> {
  if (papers.length === 0) return;
  const taught = await trx
    .selectFrom('kept_papers')
    .select('layout')
    .where('sha256', 'in', papers)
    .union(trx.selectFrom('lessons').select('layout').where('paper', 'in', papers))
    .execute();
  const layouts = taught.map(({ layout }) => layout);
  if (layouts.length === 0) return;
  // As answers do that teach: the layout first.
  await trx.selectFrom('layouts').select('id').where('id', 'in', layouts).orderBy('id').forUpdate().execute();
  await trx.deleteFrom('lessons').where('layout', 'in', layouts).execute();
  await trx.deleteFrom('kept_papers').where('layout', 'in', layouts).execute();
  await trx.deleteFrom('layouts').where('id', 'in', layouts).execute();
}

async function eraseSteps(trx: Db, task: string): Promise<number> {
  const rows = await trx.updateTable('steps').set({ value: null }).where('task', '=', task).returning('name').execute();
  return rows.length;
}

async function eraseEffects(trx: Db, task: string): Promise<number> {
  const effects = await trx.selectFrom('effects').select(['id', 'receipt']).where('task', '=', task).execute();
  for (const { id, receipt } of effects) {
    const kept = receipt === null ? null : toJson(withoutValues(receipt as Receipt));
    const erased = { key: erasedKey(id), record: '{}', receipt: kept };
    await trx.updateTable('effects').set(erased).where('id', '=', id).execute();
  }
  return effects.length;
}

/** That it was proven, when, and what was compared. */
function withoutValues({ application, compared, provenAt }: Receipt): Receipt {
  const fields = compared.map(({ field, same }) => ({ field, same, wanted: null, shown: null }));
  return { application, provenAt, reference: '', compared: fields, evidence: [] };
}

async function eraseQuestions(trx: Db, task: string): Promise<number> {
  const questions = await trx
    .selectFrom('questions')
    .select(['id', 'body', 'answer'])
    .where('task', '=', task)
    .execute();
  for (const { id, body, answer } of questions) {
    const kept = answer === null ? null : toJson({ choice: (answer as AnswerBody).choice, values: null });
    const erased = { body: toJson(withoutWords(body as QuestionBody)), answer: kept };
    await trx.updateTable('questions').set(erased).where('id', '=', id).execute();
  }
  return questions.length;
}

/** What kind of answer was asked for, and the codes of what was the matter. */
function withoutWords({ choices, record, problems, sampled }: QuestionBody): QuestionBody {
  return {
    ...{ title: ERASED_TITLE, choices, record, form: null, draft: {}, compared: [], papers: [], evidence: [] },
    problems: problems.map(({ code, fields }) => ({ code, fields, message: '' })),
    ...(sampled !== undefined && { sampled }),
  };
}

async function deletePictures(trx: Db, task: string): Promise<number> {
  const rows = await trx.deleteFrom('evidence').where('task', '=', task).returning('id').execute();
  return rows.length;
}

/** An error of the language may quote the value it met. */
async function eraseDefects(trx: Db, task: string): Promise<void> {
  await sql`
    update halted_bots set message = '' from events
    where events.task = ${task} and events.kind = 'stopped'
      and halted_bots.bot = events.bot and halted_bots.version = events.facts ->> 'version'`.execute(trx);
}
