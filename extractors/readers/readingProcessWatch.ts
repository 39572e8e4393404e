import { workerData } from 'node:worker_threads';
import { MEGABYTES, PROCESSOR_MS, processorMs, TOO_MUCH_MEMORY, TOO_MUCH_TIME } from './bounds.ts';

/**
 * Beside a reading process, on a thread of its own because the main one may be stuck in a hostile paper: ends the
 * process when it takes more memory or time than its order allows, or when its parent has died.
 */
const LOOK_EVERY_MS = 50;
const bounds: Int32Array = workerData;
const parent = process.ppid;

setInterval(() => {
  if (exceeds(process.memoryUsage.rss() / 1e6, MEGABYTES) || process.ppid !== parent) end(TOO_MUCH_MEMORY);
  if (exceeds(processorMs(), PROCESSOR_MS)) end(TOO_MUCH_TIME);
}, LOOK_EVERY_MS);

function exceeds(value: number, bound: number): boolean {
  const most = Atomics.load(bounds, bound);
  return most > 0 && value > most;
}

function end(signal: NodeJS.Signals): void {
  process.kill(process.pid, signal);
}
