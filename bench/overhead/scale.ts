import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type BotCard, silentLogger, systemClock } from '#core';
import { openDispatch, startWorker } from '#queues';
import { type OpenStore, openStore } from '#store';
import { inParallel, median } from '../measure.ts';
import { benchBot, CONCURRENCY, type Contender, rekey } from './contenders.ts';

const log = silentLogger;

export interface StartTimes {
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** From the call of submit to the bot's first line, one task after the other, as an office does it. */
export async function startTimes(url: string, redisUrl: string, tasks: number): Promise<StartTimes> {
  const store = await openStore({ kind: 'postgres', url }, { log });
  const dispatch = await openDispatch({ kind: 'redis', url: redisUrl, prefix: `{${randomUUID()}}` }, { log });
  const bot = benchBot();
  let started: () => void = () => undefined;
  let finished: () => void = () => undefined;
  const finish: OpenStore['tasks']['finish'] = async (lease, outcome) => {
    await store.tasks.finish(lease, outcome);
    finished();
  };
  const worker = await startWorker({
    store: { ...store, tasks: { ...store.tasks, finish } },
    dispatch,
    bot,
    concurrency: CONCURRENCY,
    perform: async () => {
      started();
      return { kind: 'done', output: null };
    },
    worker: 'bench',
    clock: systemClock,
    log,
  });
  const took: number[] = [];
  for (let n = 0; n < tasks; n++) {
    const start = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    started = start.resolve;
    finished = end.resolve;
    const began = performance.now();
    await store.tasks.submit({ bot, key: randomUUID(), input: {} });
    await dispatch.ticket(bot.name);
    await start.promise;
    took.push(performance.now() - began);
    await end.promise;
  }
  await worker.drain(10);
  await dispatch.close();
  await store.close();
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)]!;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

export interface Grown {
  readonly finished: number;
  /** Tasks a second, median of the rounds. */
  readonly rate: number;
  /** Against the rate beside an empty store on the same server, round by round: the median of the ratios. */
  readonly ratio: number;
}

/** The rate while the store fills with finished tasks, each with the rows that a short run leaves. */
export async function growth(
  url: string,
  redisUrl: string,
  steps: readonly number[],
  tasks: number,
  rounds: number,
): Promise<Grown[]> {
  const place = await ownDatabase(url);
  const ours = await rekey('redis', place, redisUrl);
  const grown: Grown[] = [];
  let finished = 0;
  for (const step of steps) {
    await fill(place, finished, step);
    finished = step;
    // As new as the first one was: what earlier rounds left there would be growth, too.
    const empty = await rekey('redis', await ownDatabase(url), redisUrl);
    const took: { ours: number; empty: number }[] = [];
    for (let round = 0; round <= rounds; round++) {
      const both = { ours: await secondsOf(ours, tasks), empty: await secondsOf(empty, tasks) };
      if (round > 0) took.push(both);
    }
    await empty.close();
    const rate = tasks / median(took.map((round) => round.ours));
    grown.push({ finished: step, rate, ratio: median(took.map((round) => round.empty / round.ours)) });
  }
  await ours.close();
  return grown;
}

/** How long a contender takes until the last of so many tasks has ended; it has come to rest when this resolves. */
export async function secondsOf(contender: Contender, tasks: number): Promise<number> {
  const began = performance.now();
  await contender.work(tasks);
  const seconds = (performance.now() - began) / 1000;
  await contender.rest();
  return seconds;
}

async function ownDatabase(url: string): Promise<string> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await execute(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = name;
  return own.href;
}

async function fill(url: string, from: number, to: number): Promise<void> {
  await execute(
    url,
    `with done as (
      insert into rekey.tasks (id, bot, key, input, state, skill, value, received_at, due_at, ended_at, output, bot_version)
      select 'filled-' || lpad(n::text, 9, '0'), 'filled-' || n % 5, md5(n::text), '{}', 'done', 'bench', 1,
        clock_timestamp() - make_interval(secs => 9000000 - n), clock_timestamp(), clock_timestamp(), 'null', '1'
      from generate_series(${from + 1}, ${to}) n
      returning id, bot
    ), ran as (
      insert into rekey.runs (id, task, bot, bot_version, worker, ended_at, outcome)
      select 'run-' || id, id, bot, '1', 'filler', clock_timestamp(), 'done' from done
    ), stepped as (
      insert into rekey.steps (task, name, kind, value) select id, 'nothing', 'step', '1' from done
    )
    insert into rekey.events (task, bot, kind, facts)
    select id, bot, kind, '{}' from done, unnest(array['submitted', 'started', 'step', 'done']) kind`,
  );
  await execute(url, 'vacuum analyze');
  // What a reconciler has done by then.
  const store = await openStore({ kind: 'postgres', url }, { log });
  await store.sumUp();
  await store.close();
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export interface Together {
  readonly workers: number;
  /** Tasks a second of all together, median of the rounds. */
  readonly rate: number;
  /** The same of bare BullMQ on Redis, with as many processes, in the same rounds. */
  readonly bullmq: number;
}

/** What a worker process of the bench is told. */
export type ChildOrders =
  | {
      readonly kind: 'rekey';
      readonly url: string;
      readonly redisUrl: string;
      readonly prefix: string;
      readonly bot: BotCard;
    }
  | { readonly kind: 'bullmq'; readonly redisUrl: string; readonly lane: string };

/** A backlog that worker processes empty. */
interface Backlog {
  fill(tasks: number): Promise<void>;
  /** Lets the workers begin. */
  begin(workers: number): Promise<unknown>;
  readonly orders: ChildOrders;
  close(): Promise<void>;
}

/** So many worker processes empty a backlog that was there before; rounds alternate between the numbers and the two. */
export async function workersRate(
  url: string,
  redisUrl: string,
  numbers: readonly number[],
  tasks: number,
  rounds: number,
): Promise<Together[]> {
  const [ours, bare] = [await rekeyBacklog(await ownDatabase(url), redisUrl), bareBacklog(redisUrl)];
  const took = numbers.map((workers) => ({ workers, ours: [] as number[], bare: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { workers, ours: ourTimes, bare: bareTimes } of took) {
      const both = [await emptied(ours, workers, tasks), await emptied(bare, workers, tasks)] as const;
      if (round === 0) continue;
      ourTimes.push(both[0]);
      bareTimes.push(both[1]);
    }
  }
  await ours.close();
  await bare.close();
  return took.map((each) => ({
    workers: each.workers,
    rate: tasks / median(each.ours),
    bullmq: tasks / median(each.bare),
  }));
}

async function rekeyBacklog(url: string, redisUrl: string): Promise<Backlog> {
  const store = await openStore({ kind: 'postgres', url }, { log });
  const prefix = `{${randomUUID()}}`;
  const dispatch = await openDispatch({ kind: 'redis', url: redisUrl, prefix }, { log });
  const bot = benchBot();
  return {
    orders: { kind: 'rekey', url, redisUrl, prefix, bot },
    fill: (tasks) =>
      inParallel(Array(tasks).fill(bot), CONCURRENCY, () => store.tasks.submit({ bot, key: randomUUID(), input: {} })),
    begin: (workers) => Promise.all(Array.from({ length: workers * CONCURRENCY }, () => dispatch.ticket(bot.name))),
    close: async () => {
      await dispatch.close();
      await store.close();
    },
  };
}

function bareBacklog(redisUrl: string): Backlog {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const lane = randomUUID();
  const queue = new Queue(lane, { connection });
  return {
    orders: { kind: 'bullmq', redisUrl, lane },
    fill: async (tasks) => {
      await queue.pause();
      const jobs = Array.from({ length: tasks }, () => ({
        name: 'nothing',
        data: {},
        opts: { removeOnComplete: true },
      }));
      await queue.addBulk(jobs);
    },
    begin: () => queue.resume(),
    close: async () => {
      await queue.close();
      connection.disconnect();
    },
  };
}

/** Seconds from the beginning to the last task's end. */
async function emptied(backlog: Backlog, workers: number, tasks: number): Promise<number> {
  await backlog.fill(tasks);
  const children = await startChildren(workers, backlog.orders);
  const began = performance.now();
  const all = ended(children, tasks);
  await backlog.begin(workers);
  await all;
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(children.map(stopChild));
  return seconds;
}

async function startChildren(workers: number, orders: ChildOrders): Promise<ChildProcess[]> {
  const children = Array.from({ length: workers }, () =>
    fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify(orders)]),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  return children;
}

/** Each child says how many tasks it ended since it last said so. */
function ended(children: readonly ChildProcess[], tasks: number): Promise<void> {
  let left = tasks;
  return new Promise((resolve) => {
    for (const child of children) {
      child.on('message', (count) => {
        left -= Number(count);
        if (left <= 0) resolve();
      });
    }
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  child.disconnect();
  await once(child, 'exit');
}
