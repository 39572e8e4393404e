import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { createPostgresBackend, type PgPool, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { type BotCard, silentLogger, systemClock } from '#core';
import { type DispatchPlace, openDispatch, startWorker } from '#queues';
import { type DatabasePool, type OpenStore, openStore } from '#store';
import { inParallel } from '../measure.ts';

/** Tasks under way at a time, and submissions too. */
export const CONCURRENCY = 50;
const LOOK_EVERY_MS = 20;
const log = silentLogger;

/** Something that takes tasks in and works them, doing nothing in them. */
export interface Contender {
  readonly name: string;
  /** Hands so many in, `CONCURRENCY` at a time, and resolves when the last one has ended. */
  work(tasks: number): Promise<void>;
  /** Resolves when nothing of it is left that would take time from who comes next. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/** Rekey's durable path: submit, ticket, claim, one remembered step, finish. */
export async function rekey(name: string, url: string, redisUrl?: string): Promise<Contender> {
  const store = await openStore({ kind: 'postgres', url }, { log });
  const place: DispatchPlace = redisUrl
    ? { kind: 'redis', url: redisUrl, prefix: `{${randomUUID()}}` }
    : { kind: 'postgres', pool: store.pool };
  const dispatch = await openDispatch(place, { log });
  const bot = benchBot();
  const ended = counter();
  const worker = await startWorker({ ...noOp(store, ended.count), dispatch, bot, concurrency: CONCURRENCY });
  return {
    name,
    work: async (tasks) => {
      const all = ended.until(tasks);
      await inParallel(Array(tasks).fill(bot), CONCURRENCY, async () => {
        await store.tasks.submit({ bot, key: randomUUID(), input: {} });
        await dispatch.ticket(bot.name);
      });
      await all;
    },
    rest: async () => {
      while ((await dispatch.tickets(bot.name)) > 0) await pass(LOOK_EVERY_MS);
    },
    close: async () => {
      await worker.drain(10);
      await dispatch.close();
      await store.close();
    },
  };
}

/** What a run does here: it remembers one step and is done. `onEnd` is called when its end is written down. */
export function noOp(store: OpenStore, onEnd: () => void) {
  const finish: OpenStore['tasks']['finish'] = async (lease, outcome) => {
    await store.tasks.finish(lease, outcome);
    onEnd();
  };
  const perform: Parameters<typeof startWorker>[0]['perform'] = async (_lease, journal) => {
    await journal.remember('nothing', 'step', 1);
    return { kind: 'done', output: null };
  };
  const watched = { ...store, tasks: { ...store.tasks, finish } };
  return { store: watched, perform, worker: `bench-${process.pid}`, clock: systemClock, log };
}

export function benchBot(name = `bench-${randomUUID()}`): BotCard {
  return { name, version: '1', promiseSeconds: 3600, skill: 'bench' };
}

/** BullMQ as its guide shows it, on Redis. */
export function bareOnRedis(name: string, redisUrl: string): Contender {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const drawing = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const lane = randomUUID();
  const ended = counter();
  const worker = new Worker(lane, async () => ended.count(), { connection: drawing, concurrency: CONCURRENCY });
  const queue = new Queue(lane, { connection });
  const bare = bareContender(name, queue, worker, ended);
  return {
    ...bare,
    close: async () => {
      await bare.close();
      connection.disconnect();
      drawing.disconnect();
    },
  };
}

/** BullMQ on its PostgreSQL backend, whose tables `openDispatch` has made there. */
export function bareOnPostgres(name: string, pool: DatabasePool): Contender {
  const connection = pool as PgPool;
  const bull = withBackend(createPostgresBackend);
  const lane = randomUUID();
  const ended = counter();
  const worker = new bull.Worker(lane, async () => ended.count(), { connection, concurrency: CONCURRENCY });
  return bareContender(name, new bull.Queue(lane, { connection }), worker, ended);
}

interface Bare {
  close(): Promise<void>;
}

function bareContender(
  name: string,
  queue: Bare & { add(name: string, data: object, options: object): Promise<unknown> },
  worker: Bare,
  ended: Counter,
): Contender {
  return {
    name,
    work: async (tasks) => {
      const all = ended.until(tasks);
      const keepNothing = { removeOnComplete: true };
      await inParallel(Array(tasks).fill(name), CONCURRENCY, () => queue.add('nothing', {}, keepNothing));
      await all;
    },
    rest: async () => undefined,
    close: async () => {
      await worker.close();
      await queue.close();
    },
  };
}

interface Counter {
  count(): void;
  /** Resolves when so many more were counted. */
  until(more: number): Promise<void>;
}

export function counter(): Counter {
  let left = 0;
  let done: () => void = () => undefined;
  return {
    count: () => {
      left--;
      if (left === 0) done();
    },
    until: (more) => {
      left = more;
      return new Promise((resolve) => {
        done = resolve;
      });
    },
  };
}
