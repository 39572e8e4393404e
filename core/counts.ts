import type { Counts } from './store.ts';

export const NO_TASKS: Counts = { ready: 0, running: 0, waiting: 0, done: 0, rejected: 0 };

/** State by state. */
export function sumOfCounts(all: Iterable<Counts>): Counts {
  let sum = NO_TASKS;
  for (const { ready, running, waiting, done, rejected } of all) {
    sum = {
      ready: sum.ready + ready,
      running: sum.running + running,
      waiting: sum.waiting + waiting,
      done: sum.done + done,
      rejected: sum.rejected + rejected,
    };
  }
  return sum;
}
