import { type Selectable, sql, type UpdateObject } from 'kysely';
import type { Lease, Outcome } from '#core';
import { tell } from './events.ts';
import { holdLease } from './lease.ts';
import type { Db, RunTable, Tables, TaskTable } from './schema.ts';
import { clockIn, clockNow } from './time.ts';

/** A run that says it waits but asked nothing: tried again after this, so that nothing is stuck. */
const NOTHING_ASKED_SECONDS = 60;
/** Weight of the newest run in a lane's mean handling time. */
export const NEWEST_WEIGHT = 0.1;

type TaskRow = Selectable<TaskTable>;
type RunRow = Selectable<RunTable>;
type Change = UpdateObject<Tables, 'tasks'>;

/** Gives the lease back: what every end of a run has in common. */
export const UNLEASED = { lease_run: null, lease_until: null, deaths: 0 } as const;

type NotDone = Exclude<Outcome, { kind: 'done' }>;

/** Ends a run that is not done (see `endDone`): its outcome and the lease's release are one transaction. */
export function finish(db: Db, lease: Lease, outcome: NotDone): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const task = await holdLease(trx, lease);
    const run = await endRun(trx, lease.run, outcome.kind);
    const change = await changeFor(trx, task, run, outcome);
    await trx
      .updateTable('tasks')
      .set({ ...change, ...UNLEASED })
      .where('id', '=', task.id)
      .execute();
    if (outcome.kind === 'waiting') await learnHandlingTime(trx, run);
  });
}

async function changeFor(trx: Db, task: TaskRow, run: RunRow, outcome: NotDone): Promise<Change> {
  switch (outcome.kind) {
    case 'waiting':
      return waitOrGoOn(trx, task, run);

    case 'retry': {
      const { afterSeconds, spendsAttempt, reason } = outcome;
      const attempt = task.attempt + (spendsAttempt ? 1 : 0);
      await tell(trx, task, 'retry', { run: run.id, code: reason, afterSeconds, attempt });
      return { state: 'ready', reason, attempt, available_at: clockIn(afterSeconds) };
    }

    case 'stop-bot':
      await haltBot(trx, run, outcome.code, outcome.message);
      await tell(trx, task, 'stopped', { run: run.id, code: outcome.code, version: run.bot_version });
      return { state: 'ready', reason: outcome.code, available_at: clockNow };
  }
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
    .values({ bot: run.bot, version: run.bot_version, code, message })
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

async function learnHandlingTime(trx: Db, run: RunRow): Promise<void> {
  if (run.ended_at === null) return;
  const seconds = (run.ended_at.getTime() - run.started_at.getTime()) / 1000;
  await trx
    .updateTable('lanes')
    .set({
      handling_seconds: sql`handling_seconds + ${NEWEST_WEIGHT}::float8 * (${seconds}::float8 - handling_seconds)`,
    })
    .where('bot', '=', run.bot)
    .execute();
}
