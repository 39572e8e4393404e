import { type Selectable, sql } from 'kysely';
import { type BotCard, type Lease, newId } from '#core';
import { tell } from './events.ts';
import { askPerson } from './questions.ts';
import { taskOf } from './rows.ts';
import type { Db, LaneTable, TaskTable } from './schema.ts';
import { clockIn, clockNow } from './time.ts';

/** How far ahead of its promise a task begins to press: in handling times of the present backlog. */
const LOOK_AHEAD = 2;
/** Every so many claims the oldest late task goes first, whatever it is worth, so that none grows old unseen. */
const AGE_GUARD = 10;
/** A task whose worker died this often in a row is likely the cause: it goes to a person instead of a sixth worker. */
const DEATHS_BEFORE_PERSON = 5;

/** An open task: nobody's and due, or of a worker that let its lease run out. */
const CLAIMABLE = sql<boolean>`(
  (state = 'ready' and available_at <= clock_timestamp()) or (state = 'running' and lease_until < clock_timestamp()))`;

/** Not begun yet, or begun by a version whose tasks this code goes on with. */
function begunBy({ version, runs = [] }: BotCard) {
  return sql<boolean>`(bot_version is null or bot_version in (${sql.join([version, ...runs])}))`;
}

type TaskRow = Selectable<TaskTable>;

/** Takes the lane's best task now. Claims of one lane take turns on its row; claims of other lanes do not wait. */
export function claim(db: Db, bot: BotCard, worker: string, leaseSeconds: number): Promise<Lease | undefined> {
  return db.transaction().execute(async (trx) => {
    if (await isHalted(trx, bot)) return undefined;
    const lane = await enterLane(trx, bot.name);
    for (;;) {
      const task = await bestTask(trx, lane, bot);
      if (!task) return undefined;
      if (task.state === 'ready') return takeLease(trx, task, lane, { bot, worker, leaseSeconds });
      await endDeadRun(trx, task);
      const deaths = task.deaths + 1;
      if (deaths < DEATHS_BEFORE_PERSON)
        return takeLease(trx, { ...task, deaths }, lane, { bot, worker, leaseSeconds });
      await givePerson(trx, task);
    }
  });
}

async function isHalted(trx: Db, bot: BotCard): Promise<boolean> {
  const halted = trx.selectFrom('halted_bots').select('bot').where('bot', '=', bot.name);
  return (await halted.where('version', '=', bot.version).executeTakeFirst()) !== undefined;
}

async function enterLane(trx: Db, bot: string): Promise<Selectable<LaneTable>> {
  await trx
    .insertInto('lanes')
    .values({ bot })
    .onConflict((conflict) => conflict.column('bot').doNothing())
    .execute();
  return trx.selectFrom('lanes').selectAll().where('bot', '=', bot).forUpdate().executeTakeFirstOrThrow();
}

/**
 * Apparent tardiness cost: value per minute of expected handling, decaying with the slack left over the work in front.
 * Compared by its logarithm, which orders alike and never underflows; the expected minutes, the same for all tasks of
 * a lane, fall out of it.
 */
async function bestTask(trx: Db, lane: Selectable<LaneTable>, bot: BotCard): Promise<TaskRow | undefined> {
  const handling = Math.max(lane.handling_seconds, 1);
  const backlog = await countClaimable(trx, bot);
  if (backlog === 0) return undefined;
  const slack = sql`greatest(extract(epoch from due_at - clock_timestamp())::float8 - ${handling}::float8, 0)`;
  const urgency = sql`ln(value) - ${slack} / ${LOOK_AHEAD * handling * backlog}::float8`;
  const oldestLate = sql`case when due_at < clock_timestamp() then received_at end`;
  const agesFirst = (lane.claims + 1) % AGE_GUARD === 0;
  return trx
    .selectFrom('tasks')
    .selectAll()
    .where('bot', '=', lane.bot)
    .where(CLAIMABLE)
    .where(begunBy(bot))
    .$if(agesFirst, (query) => query.orderBy(oldestLate, (order) => order.asc().nullsLast()))
    .orderBy(urgency, 'desc')
    .orderBy('due_at')
    .orderBy('received_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

async function countClaimable(trx: Db, bot: BotCard): Promise<number> {
  const { open } = await trx
    .selectFrom('tasks')
    .select(sql<number>`count(*)::integer`.as('open'))
    .where('bot', '=', bot.name)
    .where(CLAIMABLE)
    .where(begunBy(bot))
    .executeTakeFirstOrThrow();
  return open;
}

async function takeLease(
  trx: Db,
  task: TaskRow,
  lane: Selectable<LaneTable>,
  by: { bot: BotCard; worker: string; leaseSeconds: number },
): Promise<Lease> {
  const run = newId();
  const row = await trx
    .updateTable('tasks')
    .set({
      state: 'running',
      bot_version: task.bot_version ?? by.bot.version,
      lease_token: task.lease_token + 1,
      lease_run: run,
      lease_until: clockIn(by.leaseSeconds),
      deaths: task.deaths,
    })
    .where('id', '=', task.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('runs')
    .values({ id: run, task: row.id, bot: row.bot, bot_version: by.bot.version, worker: by.worker })
    .execute();
  await trx
    .updateTable('lanes')
    .set({ claims: lane.claims + 1, drawn_at: clockNow })
    .where('bot', '=', lane.bot)
    .execute();
  const facts = { run, worker: by.worker, version: by.bot.version, attempt: row.attempt, token: row.lease_token };
  await tell(trx, row, 'started', facts);
  return { task: taskOf(row), token: row.lease_token, run };
}

/** The worker let its lease run out: it died or hung. Its token is refused from now on. */
async function endDeadRun(trx: Db, task: TaskRow): Promise<void> {
  await trx
    .updateTable('runs')
    .set({ ended_at: clockNow, outcome: 'lost' })
    .where('id', '=', task.lease_run)
    .where('ended_at', 'is', null)
    .execute();
  await tell(trx, task, 'taken-over', { run: task.lease_run, deaths: task.deaths + 1 });
}

async function givePerson(trx: Db, task: TaskRow): Promise<void> {
  const paper = taskOf(task).input.document;
  await askPerson(trx, task, {
    step: 'run',
    kind: 'technical',
    code: 'worker-died',
    title: `The worker stopped ${DEATHS_BEFORE_PERSON} times in a row at this task`,
    choices: ['again', 'by-hand', 'reject'],
    record: null,
    form: null,
    draft: {},
    problems: [],
    compared: [],
    papers: paper ? [paper] : [],
    evidence: [],
  });
  await trx
    .updateTable('tasks')
    .set({
      state: 'waiting',
      reason: 'worker-died',
      lease_until: null,
      lease_run: null,
      lease_token: task.lease_token + 1,
      deaths: 0,
    })
    .where('id', '=', task.id)
    .execute();
}
