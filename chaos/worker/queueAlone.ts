import { setTimeout as pass } from 'node:timers/promises';
import { openQueueAlone } from '../queueAlone.ts';
import { blows, say } from './blows.ts';
import { mailTo } from './bot.ts';
import { fated, fateOf } from './fate.ts';
import type { Orders } from './orders.ts';

/*
 * A worker as it is written without Rekey: a BullMQ job is the work, its end is the job's completion. Started by
 * `startWorkerProcess` for controls that show what the record prevents.
 */

/** Between the letter and its job's end: what else a job does. */
const REST_MS = 200;

const orders: Orders = JSON.parse(process.argv[2] ?? '');
process.on('disconnect', () => process.exit(0));

const queue = await openQueueAlone(orders.places);
const mail = fated(mailTo(orders.postOffice, undefined), 'mail', ['post'], fateOf(blows(orders, {})));
let runs = 0;
const worker = await queue.work(orders, async (letter) => {
  runs++;
  try {
    await mail.post(letter, AbortSignal.timeout(orders.leaseSeconds * 1000));
    await pass(REST_MS);
  } finally {
    runs--;
  }
});
say({ say: 'drawing' });
setInterval(async () => {
  const tasks = await queue.open().catch(() => undefined);
  if (tasks !== undefined) say({ say: 'open', tasks, runs });
}, 500);
process.once('SIGTERM', async () => {
  await worker.close();
  process.exit(0);
});
