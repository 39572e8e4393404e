/** One worker process of the bench: says that it is ready, then how many tasks it ended, until it is let go. */
import { once } from 'node:events';
import { silentLogger } from '#core';
import { openDispatch, startWorker } from '#queues';
import { openStore } from '#store';
import { CONCURRENCY, noOp } from './contenders.ts';
import type { ChildOrders } from './scale.ts';

const SAY_EVERY_MS = 5;

const { url, redisUrl, prefix, bot } = JSON.parse(process.argv[2] ?? '{}') as ChildOrders;
const log = silentLogger;
const store = await openStore({ kind: 'postgres', url }, { log });
const dispatch = await openDispatch({ kind: 'redis', url: redisUrl, prefix }, { log });
let unsaid = 0;
const worker = await startWorker({ ...noOp(store, () => unsaid++), dispatch, bot, concurrency: CONCURRENCY });
const saying = setInterval(() => {
  if (unsaid > 0) process.send?.(unsaid);
  unsaid = 0;
}, SAY_EVERY_MS);
process.send?.(0);
await once(process, 'disconnect');
clearInterval(saying);
await worker.drain(10);
await dispatch.close();
await store.close();
