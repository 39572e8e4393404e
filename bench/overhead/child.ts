/** One worker process of the bench: says that it is ready, then how many tasks it ended, until it is let go. */
import { once } from 'node:events';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { silentLogger } from '#core';
import { openDispatch, startWorker } from '#queues';
import { openStore } from '#store';
import { CONCURRENCY, noOp } from './contenders.ts';
import type { ChildOrders } from './scale.ts';

const SAY_EVERY_MS = 5;
const log = silentLogger;

type Orders<Kind> = Extract<ChildOrders, { kind: Kind }>;

/** Answers with how it is ended. */
async function workAsRekey(orders: Orders<'rekey'>, onEnd: () => void): Promise<() => Promise<void>> {
  const { url, redisUrl, prefix, bot } = orders;
  const store = await openStore({ kind: 'postgres', url }, { log });
  const dispatch = await openDispatch({ kind: 'redis', url: redisUrl, prefix }, { log });
  const worker = await startWorker({ ...noOp(store, onEnd), dispatch, bot, concurrency: CONCURRENCY });
  return async () => {
    await worker.drain(10);
    await dispatch.close();
    await store.close();
  };
}

async function workAsBullMq({ redisUrl, lane }: Orders<'bullmq'>, onEnd: () => void): Promise<() => Promise<void>> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const worker = new Worker(lane, async () => onEnd(), { connection, concurrency: CONCURRENCY });
  await worker.waitUntilReady();
  return async () => {
    await worker.close();
    connection.disconnect();
  };
}

const orders = JSON.parse(process.argv[2] ?? '{}') as ChildOrders;
let unsaid = 0;
const onEnd = () => void unsaid++;
const end = orders.kind === 'rekey' ? await workAsRekey(orders, onEnd) : await workAsBullMq(orders, onEnd);
const saying = setInterval(() => {
  if (unsaid > 0) process.send?.(unsaid);
  unsaid = 0;
}, SAY_EVERY_MS);
process.send?.(0);
await once(process, 'disconnect');
clearInterval(saying);
await end();
