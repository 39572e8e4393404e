import { sql } from 'kysely';
import { Defect, type Lease, LeaseLost, type Task, type TaskFilter, type TaskStore, type TaskStory } from '#core';
import { claims } from './claim.ts';
import { isDataFault, sqlState } from './dataFault.ts';
import { endDone } from './endDone.ts';
import { counts, countsByBot, figures } from './figures.ts';
import { finish } from './finish.ts';
import { openJournal } from './journal.ts';
import { isClaimed } from './questions.ts';
import { rememberTogether } from './rememberMany.ts';
import { effectOf, eventOf, questionOf, taskOf } from './rows.ts';
import type { Db } from './schema.ts';
import { standings } from './standing.ts';
import { stepColumns, stepOf } from './steps.ts';
import { submits } from './submit.ts';
import { ageSeconds, clockIn } from './time.ts';

export function taskStore(db: Db): TaskStore {
  const done = endDone(db);
  const remember = rememberTogether(db);
  return {
    submit: submits(db),
    get: (id) => get(db, id),
    list: (filter) => list(db, filter),
    story: (id) => story(db, id),
    standings: (ids) => standings(db, ids),
    counts: (bot) => counts(db, bot),
    countsByBot: () => countsByBot(db),
    figures: () => figures(db),
    claim: claims(db),
    renew: (lease, leaseSeconds) => renew(db, lease, leaseSeconds),
    finish: (lease, outcome) =>
      (outcome.kind === 'done' ? done(lease, outcome.output) : finish(db, lease, outcome)).catch(refuseForGood),
    journal: (lease) => openJournal(db, lease, remember),
  };
}

/** An outcome that cannot be written is no better at the next try. */
function refuseForGood(error: unknown): never {
  if (!isDataFault(error)) throw error;
  // Without its cause: the database's words may quote the values.
  throw new Defect('outcome-refused', `The database refuses what the run ended with (SQLSTATE ${sqlState(error)}).`);
}

async function get(db: Db, id: string): Promise<Task | undefined> {
  const row = await db.selectFrom('tasks').selectAll().where('id', '=', id).executeTakeFirst();
  return row && taskOf(row);
}

async function list(db: Db, { state, bot, after, limit = 100 }: TaskFilter): Promise<readonly Task[]> {
  let query = db
    .selectFrom('tasks')
    .selectAll()
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.min(Math.max(limit, 1), 500));
  if (state !== undefined) query = query.where('state', '=', state);
  if (bot !== undefined) query = query.where('bot', '=', bot);
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(received_at, id) < (select before.received_at, before.id from tasks before where before.id = ${after})`,
    );
  }
  return (await query.execute()).map(taskOf);
}

async function renew(db: Db, lease: Lease, leaseSeconds: number): Promise<void> {
  const row = await db
    .updateTable('tasks')
    .set({ lease_until: clockIn(leaseSeconds) })
    .where('id', '=', lease.task.id)
    .where('state', '=', 'running')
    .where('lease_token', '=', lease.token)
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new LeaseLost(lease.task.id);
}

/** Read in one transaction that sees one moment, so that the parts of a story belong together. */
function story(db: Db, id: string): Promise<TaskStory | undefined> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const task = await get(trx, id);
      if (!task) return undefined;
      const steps = await trx.selectFrom('steps').select(stepColumns).where('task', '=', id).orderBy('at').execute();
      const effects = await trx
        .selectFrom('effects')
        .selectAll()
        .select(ageSeconds('intended_at'))
        .where('task', '=', id)
        .orderBy('id')
        .execute();
      const questions = await trx
        .selectFrom('questions')
        .selectAll()
        .select(isClaimed.as('claimed'))
        .where('task', '=', id)
        .orderBy('asked_at')
        .execute();
      const evidence = await trx
        .selectFrom('evidence')
        .select(['step', 'label', 'sha256', 'at'])
        .where('task', '=', id)
        .orderBy('id')
        .execute();
      const events = await trx.selectFrom('events').selectAll().where('task', '=', id).orderBy('seq').execute();
      return {
        task,
        steps: steps.map(stepOf),
        effects: effects.map(effectOf),
        questions: questions.map(questionOf),
        evidence: evidence.map((row) => ({ ...row, at: row.at.toISOString() })),
        events: events.map(eventOf),
      };
    });
}
