import { workerData } from 'node:worker_threads';
import { OUT_OF_MEMORY_SIGNAL } from './messages.ts';

/**
 * Beside a reading process, on a thread of its own because the main one may be stuck in a hostile paper:
 * ends the process when it holds more memory than allowed (0: no limit now), or when its parent has died.
 */
const LOOK_EVERY_MS = 50;
const allowed: Int32Array = workerData;
const parent = process.ppid;

setInterval(() => {
  const megabytes = Atomics.load(allowed, 0);
  const isTooMuch = megabytes > 0 && process.memoryUsage.rss() / 1e6 > megabytes;
  if (isTooMuch || process.ppid !== parent) process.kill(process.pid, OUT_OF_MEMORY_SIGNAL);
}, LOOK_EVERY_MS);
