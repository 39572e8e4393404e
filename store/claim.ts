import { type Selectable, sql } from 'kysely';
import { type BotCard, type Lease, newId, runQuestion } from '#core';
import { BY_INDEX_ONLY, bestTasks, type Takes } from './bestTasks.ts';
import { tell, telling } from './events.ts';
import { noteMended } from './mended.ts';
import { askPerson } from './questions.ts';
import { taskOf } from './rows.ts';
import type { Db, LaneTable, TaskTable } from './schema.ts';
import { clockIn, clockNow } from './time.ts';
import { codeThatRuns } from './versions.ts';
import { writeTogether } from './writeTogether.ts';

/** A task whose worker died this often in a row is likely the cause: it goes to a person instead of a sixth worker. */
const DEATHS_BEFORE_PERSON = 5;
/** How long the count of a lane's open tasks holds: it says how far to look ahead, not what there is. */
const COUNT_SECONDS = 1;
/** More are not counted: so far ahead the order no longer changes. */
const MOST_COUNTED = 100_000;

type TaskRow = Selectable<TaskTable>;

/** A lane while a claim works on it. */
interface EnteredLane extends Selectable<LaneTable> {
  /** Versions of its bot that are stopped. */
  readonly halted: readonly string[];
}

/** Who claims, and for how long. */
interface Claimant {
  readonly bot: BotCard;
  readonly worker: string;
  readonly leaseSeconds: number;
}

/**
 * Takes the lane's best task now. What one worker claims at the same time for the same lane is claimed together. Claims
 * of one lane take turns on its row; claims of other lanes do not wait.
 */
export function claims(db: Db): (bot: BotCard, worker: string, leaseSeconds: number) => Promise<Lease | undefined> {
  const lines = new Map<string, (by: Claimant) => Promise<Lease | undefined>>();
  return (bot, worker, leaseSeconds) => {
    const { name, version, runs, runBy } = bot;
    const id = JSON.stringify([name, version, runs, runBy, worker, leaseSeconds]);
    const line = lines.get(id) ?? writeTogether((alike: readonly Claimant[]) => claim(db, alike[0]!, alike.length));
    lines.set(id, line);
    return line({ bot, worker, leaseSeconds });
  };
}

/** So many leases, with nothing at the end where fewer tasks are open. */
function claim(db: Db, by: Claimant, wanted: number): Promise<(Lease | undefined)[]> {
  return db.transaction().execute(async (trx) => {
    const leases: (Lease | undefined)[] = [];
    let lane = await enterLane(trx, by.bot);
    const takes = mayTake(by.bot, lane.halted);
    while (takes && leases.length < wanted) {
      const found = await bestTasks(trx, lane, takes, wanted - leases.length);
      if (found.length === 0) break;
      const alive = await leaveToPerson(trx, found);
      leases.push(...(await takeLeases(trx, alive, by)));
      lane = { ...lane, claims: lane.claims + alive.length };
    }
    return [...leases, ...Array<undefined>(wanted - leases.length).fill(undefined)];
  });
}

/** Locks the lane. */
async function enterLane(trx: Db, bot: BotCard): Promise<EnteredLane> {
  const lane = (await lockLane(trx, bot)) ?? (await openLane(trx, bot));
  return lane.counted ? lane : { ...lane, backlog: await countBacklog(trx, bot.name) };
}

/** What no stopped version's code would run; undefined where that is nothing. */
function mayTake(bot: BotCard, halted: readonly string[]): Takes | undefined {
  const begunBy = [bot.version, ...(bot.runs ?? [])].filter((version) => !halted.includes(codeThatRuns(bot, version)));
  return begunBy.length === 0 ? undefined : { begunBy, fresh: !halted.includes(bot.version) };
}

function lockLane(trx: Db, { name }: BotCard) {
  return trx
    .selectFrom('lanes')
    .selectAll()
    .select([
      sql<string[]>`array(select version from halted_bots where halted_bots.bot = lanes.bot)`.as('halted'),
      BY_INDEX_ONLY.as('plans'),
      sql<boolean>`coalesce(counted_at > ${clockIn(-COUNT_SECONDS)}, false)`.as('counted'),
    ])
    .where('bot', '=', name)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

async function openLane(trx: Db, bot: BotCard) {
  await trx
    .insertInto('lanes')
    .values({ bot: bot.name })
    .onConflict((conflict) => conflict.column('bot').doNothing())
    .execute();
  return (await lockLane(trx, bot))!;
}

async function countBacklog(trx: Db, bot: string): Promise<number> {
  const { rows } = await sql<{ backlog: number }>`
    update lanes set counted_at = clock_timestamp(), backlog = (
      select count(*) from (
        (select from tasks where bot = ${bot} and state = 'ready' and available_at <= now() limit ${MOST_COUNTED})
        union all
        (select from tasks where bot = ${bot} and state = 'running' and lease_until < now() limit ${MOST_COUNTED})
      ) open)
    where bot = ${bot}
    returning backlog`.execute(trx);
  return rows[0]!.backlog;
}

/** Those whose workers all died go to a person; the rest, with the runs of dead workers ended, may be worked. */
async function leaveToPerson(trx: Db, tasks: readonly TaskRow[]): Promise<TaskRow[]> {
  const alive: TaskRow[] = [];
  for (const task of tasks) {
    if (task.state === 'running') await endDeadRun(trx, task);
    const deaths = task.state === 'running' ? task.deaths + 1 : task.deaths;
    if (deaths < DEATHS_BEFORE_PERSON) alive.push({ ...task, deaths });
    else await givePerson(trx, task);
  }
  return alive;
}

async function takeLeases(trx: Db, tasks: readonly TaskRow[], by: Claimant): Promise<Lease[]> {
  if (tasks.length === 0) return [];
  const { bot, worker, leaseSeconds } = by;
  const given = JSON.stringify(
    tasks.map(({ id, deaths, bot_version }) => ({
      ...{ id, deaths, run: newId(), code: codeThatRuns(bot, bot_version ?? bot.version) },
    })),
  );
  const facts = sql`json_build_object('run', lease_run, 'worker', ${worker}::text, 'version', code, 'attempt', attempt,
    'token', lease_token)`;
  const { rows } = await sql<TaskRow & { lease_run: string }>`
    with taken as (
      update tasks set
        state = 'running',
        bot_version = coalesce(bot_version, ${bot.version}),
        lease_token = lease_token + 1,
        lease_run = given.run,
        lease_until = ${clockIn(leaseSeconds)},
        deaths = given.deaths
      from json_to_recordset(${given}::json) as given (id text, deaths integer, run text, code text)
      where tasks.id = given.id
      returning tasks.*, given.code
    ), begun as (
      insert into runs (id, task, bot, bot_version, worker)
      select lease_run, id, bot, code, ${worker} from taken
    ), drawn as (
      update lanes set claims = claims + ${tasks.length}, drawn_at = clock_timestamp() where bot = ${bot.name}
    ), ${telling('taken', [['started', facts]])}
    select * from taken`.execute(trx);
  const leases = new Map(
    rows.map((row) => [row.id, { task: taskOf(row), token: row.lease_token, run: row.lease_run }]),
  );
  return tasks.map(({ id }) => leases.get(id)!);
}

/** The worker let its lease run out: it died or hung. Its token is refused from now on. */
async function endDeadRun(trx: Db, task: TaskRow): Promise<void> {
  await trx
    .updateTable('runs')
    .set({ ended_at: clockNow, outcome: 'lost' })
    .where('id', '=', task.lease_run)
    .where('ended_at', 'is', null)
    .execute();
  await noteMended(trx, { kind: 'worker-silent', bot: task.bot, tasks: 1 });
  await tell(trx, task, 'taken-over', { run: task.lease_run, deaths: task.deaths + 1 });
}

async function givePerson(trx: Db, task: TaskRow): Promise<void> {
  const title = `The worker stopped ${DEATHS_BEFORE_PERSON} times in a row at this task`;
  await askPerson(trx, task, runQuestion(taskOf(task), { kind: 'technical', code: 'worker-died', title }));
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
