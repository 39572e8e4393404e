import { type Selectable, sql, type UpdateObject } from 'kysely';
import { type Lease, type Outcome, runQuestion } from '#core';
import { tell } from './events.ts';
import { holdLease } from './lease.ts';
import { stillKeepsOut } from './parked.ts';
import { askPerson } from './questions.ts';
import { taskOf } from './rows.ts';
import type { Db, RunTable, Tables, TaskTable } from './schema.ts';
import { clockIn, clockNow } from './time.ts';

/** A run that says it waits but asked nothing: tried again after this, so that nothing is stuck. */
const NOTHING_ASKED_SECONDS = 60;
/** How long run after run may be put off, at the least, before a person is asked. */
const THROTTLED_SECONDS = 600;
/** Weight of the newest run in a lane's mean handling time. */
export const NEWEST_WEIGHT = 0.1;

type TaskRow = Selectable<TaskTable>;
type RunRow = Selectable<RunTable>;
type Change = UpdateObject<Tables, 'tasks'>;

/** Gives the lease back: what every end of a run has in common. */
export const UNLEASED = {
  ...{ lease_run: null, lease_until: null, deaths: 0 },
  ...{ parked_on: null, throttled_since: null },
} as const;

type NotDone = Exclude<Outcome, { kind: 'done' }>;

/** Ends a run that is not done (see `endDone`): its outcome and the lease's release are one transaction. */
export function finish(db: Db, lease: Lease, outcome: NotDone): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const task = await holdLease(trx, lease);
    const run = await endRun(trx, lease.run, outcome.kind);
    const change = await changeFor(trx, task, run, outcome);
    await trx
      .updateTable('tasks')
      .set({ ...UNLEASED, ...change })
      .where('id', '=', task.id)
      .execute();
    if (outcome.kind === 'waiting') await learnHandlingTime(trx, run);
  });
}

async function changeFor(trx: Db, task: TaskRow, run: RunRow, outcome: NotDone): Promise<Change> {
  switch (outcome.kind) {
    case 'waiting':
      return waitOrGoOn(trx, task, run);

    case 'retry':
      return tryAgain(trx, task, run, outcome);

    case 'stop-bot':
      await haltBot(trx, run, outcome.code, outcome.message);
      await tell(trx, task, 'stopped', { run: run.id, code: outcome.code, version: run.bot_version });
      return { state: 'ready', reason: outcome.code, available_at: clockNow };
  }
}

async function tryAgain(
  trx: Db,
  task: TaskRow,
  run: RunRow,
  { afterSeconds: later, spendsAttempt, reason, throttled }: Extract<Outcome, { kind: 'retry' }>,
): Promise<Change> {
  const application = throttled?.application ?? null;
  const isOver = application !== null && !(await stillKeepsOut(trx, application, reason));
  const afterSeconds = isOver ? 0 : later;
  const endsWithPromise = throttled?.application === null;
  if (endsWithPromise && (await wasPutOffTooLong(trx, task))) {
    await askAboutPuttingOff(trx, task, reason);
    await tell(trx, task, 'waiting', { run: run.id, code: 'put-off-too-long' });
    return { state: 'waiting', reason: 'put-off-too-long' };
  }
  const attempt = task.attempt + (spendsAttempt ? 1 : 0);
  await tell(trx, task, 'retry', { run: run.id, code: reason, afterSeconds, attempt });
  return {
    ...{ state: 'ready', reason, attempt, available_at: clockIn(afterSeconds) },
    parked_on: isOver ? null : application,
    ...(endsWithPromise && { throttled_since: sql<string>`coalesce(throttled_since, clock_timestamp())` }),
  };
}

/** A task that was late already is put off some time all the same: an application's pace is nobody's fault. */
async function wasPutOffTooLong(trx: Db, { id }: TaskRow): Promise<boolean> {
  const grace = sql<string>`throttled_since + make_interval(secs => ${THROTTLED_SECONDS})`;
  const late = await trx
    .selectFrom('tasks')
    .select('id')
    .where('id', '=', id)
    .where(sql<boolean>`clock_timestamp() >= greatest(due_at, ${grace}) and throttled_since is not null`)
    .executeTakeFirst();
  return late !== undefined;
}

async function askAboutPuttingOff(trx: Db, task: TaskRow, reason: string): Promise<void> {
  const question = runQuestion(taskOf(task), {
    ...{ kind: 'technical', code: 'put-off-too-long', title: 'It was put off until its promise had passed' },
    problems: [{ code: reason, fields: [], message: 'Put off again and again for this.' }],
  });
  await askPerson(trx, task, question);
}

/** A person may have answered between the question and this line: then the task is open again at once. */
async function waitOrGoOn(trx: Db, task: TaskRow, run: RunRow): Promise<Change> {
  const questions = await trx
    .selectFrom('questions')
    .select([
      'open',
      'code',
      sql<boolean>`coalesce(answered_at >= (select started_at from runs where id = ${run.id}), false)`.as(
        'just_answered',
      ),
    ])
    .where('task', '=', task.id)
    .orderBy('asked_at', 'desc')
    .execute();
  if (questions.some((question) => question.just_answered)) {
    return { state: 'ready', reason: null, available_at: clockNow };
  }
  const open = questions.find((question) => question.open);
  if (open) {
    await tell(trx, task, 'waiting', { run: run.id, code: open.code });
    return { state: 'waiting', reason: open.code };
  }
  await tell(trx, task, 'retry', { run: run.id, code: 'nothing-asked', afterSeconds: NOTHING_ASKED_SECONDS });
  return { state: 'ready', reason: 'nothing-asked', available_at: clockIn(NOTHING_ASKED_SECONDS) };
}

async function haltBot(trx: Db, run: RunRow, code: string, message: string): Promise<void> {
  await trx
    .insertInto('halted_bots')
    // No text of the database holds a NUL; a message that quotes a broken file may.
    .values({ bot: run.bot, version: run.bot_version, code, message: message.replaceAll('\0', '') })
    .onConflict((conflict) => conflict.columns(['bot', 'version']).doNothing())
    .execute();
}

async function endRun(trx: Db, id: string, outcome: string): Promise<RunRow> {
  return trx
    .updateTable('runs')
    .set({ ended_at: clockNow, outcome })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Who told events holds their lock and must not wait for a row: a lane that a claim works on does not learn from this run. */
async function learnHandlingTime(trx: Db, run: RunRow): Promise<void> {
  if (run.ended_at === null) return;
  const seconds = (run.ended_at.getTime() - run.started_at.getTime()) / 1000;
  await trx
    .updateTable('lanes')
    .set({
      handling_seconds: sql`handling_seconds + ${NEWEST_WEIGHT}::float8 * (${seconds}::float8 - handling_seconds)`,
    })
    .where('bot', 'in', (lanes) =>
      lanes.selectFrom('lanes').select('bot').where('bot', '=', run.bot).forNoKeyUpdate().skipLocked(),
    )
    .execute();
}
