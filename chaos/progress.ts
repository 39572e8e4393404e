import type { Said } from './worker/orders.ts';

export interface Progress {
  hear(said: Said): void;
  /** Until patience is at its end. */
  secondsLeft(): number;
}

/** Patience that begins anew whenever fewer tasks are open than ever: a slow machine goes on, and what is stuck does not. */
export function progressWithin(seconds: number, now: () => number): Progress {
  let fewest = Number.POSITIVE_INFINITY;
  let until = now() + seconds * 1000;
  return {
    hear(said) {
      if (said.say !== 'open' || said.tasks >= fewest) return;
      fewest = said.tasks;
      until = now() + seconds * 1000;
    },
    secondsLeft: () => Math.max(0, until - now()) / 1000,
  };
}
