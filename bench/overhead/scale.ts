import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { type BotCard, silentLogger, systemClock } from '#core';
import { openDispatch, startWorker } from '#queues';
import { type OpenStore, openStore } from '#store';
import { inParallel, median } from '../measure.ts';
import { benchBot, CONCURRENCY, rekey } from './contenders.ts';

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
    const took: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const began = performance.now();
      await ours.work(tasks);
      if (round > 0) took.push((performance.now() - began) / 1000);
    }
    grown.push({ finished: step, rate: tasks / median(took) });
  }
  await ours.close();
  return grown;
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
}

/** What a worker process of the bench is told. */
export interface ChildOrders {
  readonly url: string;
  readonly redisUrl: string;
  readonly prefix: string;
  readonly bot: BotCard;
}

/** So many worker processes empty a backlog that was there before; rounds alternate between the numbers. */
export async function workersRate(
  url: string,
  redisUrl: string,
  numbers: readonly number[],
  tasks: number,
  rounds: number,
): Promise<Together[]> {
  const place = await ownDatabase(url);
  const store = await openStore({ kind: 'postgres', url: place }, { log });
  const prefix = `{${randomUUID()}}`;
  const dispatch = await openDispatch({ kind: 'redis', url: redisUrl, prefix }, { log });
  const bot = benchBot();
  const took = new Map(numbers.map((workers) => [workers, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const workers of numbers) {
      await inParallel(Array(tasks).fill(bot), CONCURRENCY, () =>
        store.tasks.submit({ bot, key: randomUUID(), input: {} }),
      );
      const children = await startChildren(workers, { url: place, redisUrl, prefix, bot });
      const began = performance.now();
      await Promise.all(Array.from({ length: workers * CONCURRENCY }, () => dispatch.ticket(bot.name)));
      await ended(children, tasks);
      if (round > 0) took.get(workers)?.push((performance.now() - began) / 1000);
      await Promise.all(children.map(stopChild));
    }
  }
  await dispatch.close();
  await store.close();
  return Array.from(took, ([workers, seconds]) => ({ workers, rate: tasks / median(seconds) }));
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
