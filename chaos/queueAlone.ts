import { setTimeout as pass } from 'node:timers/promises';
import { createPostgresBackend, type PgPool, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import { type DatabasePool, openStore } from '#store';
import type { Places } from './fault.ts';
import type { Written } from './history.ts';

const NAME = 'letters';
/** A job's tries, as a careful user of a queue sets them. */
const CAREFUL = { removeOnComplete: true, attempts: 5, backoff: { type: 'fixed', delay: 1000 } };

/** Who hands work in waits so long: a queue that is away would keep them for ever. */
const ADD_MS = 3000;

/** BullMQ by itself, where the product has a record beside it: its jobs are the letters. */
export interface QueueAlone {
  add(letters: readonly Written[]): Promise<void>;
  /** Jobs that are not over. */
  open(): Promise<number>;
  work(
    how: { readonly concurrency: number; readonly leaseSeconds: number },
    onLetter: (letter: Written) => Promise<void>,
  ): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

/** `pool`: that of a record which this process has open already. */
export async function openQueueAlone({ store, dispatch }: Places, pool?: DatabasePool): Promise<QueueAlone> {
  if (dispatch !== 'with-store') return onRedis(dispatch.url);
  if (pool) return onPool(pool, async () => undefined);
  const opened = await openStore(store, { log: silentLogger });
  return onPool(opened.pool, () => opened.close());
}

function onRedis(url: string): QueueAlone {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', () => undefined);
  const queue = new Queue<Written>(NAME, { connection });
  queue.on('error', () => undefined);
  return {
    ...common(queue),
    async work({ concurrency, leaseSeconds }, onLetter) {
      const options = { connection, concurrency, ...patienceOf(leaseSeconds) };
      const worker = new Worker<Written>(NAME, ({ data }) => onLetter(data), options);
      worker.on('error', () => undefined);
      await worker.waitUntilReady();
      return worker;
    },
    close: async () => connection.disconnect(),
  };
}

async function onPool(pool: DatabasePool, close: () => Promise<void>): Promise<QueueAlone> {
  // Makes BullMQ's tables.
  await (await openDispatch({ kind: 'postgres', pool }, { log: silentLogger })).close();
  const bull = withBackend(createPostgresBackend);
  const connection = pool as PgPool;
  const queue = new bull.Queue<Written>(NAME, { connection });
  queue.on('error', () => undefined);
  return {
    ...common(queue),
    async work({ concurrency, leaseSeconds }, onLetter) {
      const options = { connection, concurrency, ...patienceOf(leaseSeconds) };
      const worker = new bull.Worker<Written>(NAME, ({ data }) => onLetter(data), options);
      worker.on('error', () => undefined);
      await worker.waitUntilReady();
      return worker;
    },
    close: async () => {
      await queue.close();
      await close();
    },
  };
}

function common(queue: Pick<Queue<Written>, 'addBulk' | 'getJobCounts'>): Pick<QueueAlone, 'add' | 'open'> {
  return {
    async add(letters) {
      const jobs = letters.map((data) => ({ name: 'letter', data, opts: CAREFUL }));
      const late = pass(ADD_MS).then(() => Promise.reject(new Error('The queue does not answer.')));
      await Promise.race([queue.addBulk(jobs), late]);
    },
    async open() {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
  };
}

/** The lease of the product's workers, as a queue has it. */
function patienceOf(leaseSeconds: number) {
  return { lockDuration: leaseSeconds * 1000, stalledInterval: (leaseSeconds * 1000) / 2, maxStalledCount: 100 };
}
