import type { Fault, Profile } from './fault.ts';
import { randomOf } from './random.ts';

/** A fault in a profile: one row. */
export interface Pair {
  readonly fault: Fault;
  readonly profile: Profile;
}

/**
 * A quick run keeps its word of four minutes on slow machines too. What it began is brought to its end, controls included,
 * and on a machine that takes thrice as long that is minutes: so nothing more is begun once the longest that was seen so far
 * would not end in time, in the worst case 40 seconds before, which any pair may take that was not seen yet.
 */
const ENDS_BY_SECONDS = 230;
const LEAST_LEFT_SECONDS = 40;

export interface Patience {
  /** Whether there is time to begin this; of what has begun, the rest is never left out. */
  begins(pair: Pair): boolean;
  /** One of its runs has ended. */
  ended(pair: Pair): void;
}

/** `now`: milliseconds, of a clock that nobody sets. */
export function quickPatience(now: () => number): Patience {
  const startedAt = now();
  const begun = new Map<string, number>();
  let longest = LEAST_LEFT_SECONDS;
  return {
    begins(pair) {
      if (begun.has(nameOf(pair))) return true;
      if ((now() - startedAt) / 1000 + longest > ENDS_BY_SECONDS) return false;
      begun.set(nameOf(pair), now());
      return true;
    },
    ended(pair) {
      // The long ones began first, when there was time for them.
      if (pair.fault.long) return;
      // A pair's control may have waited for its lane: what counts is when the last of its runs has ended.
      longest = Math.max(longest, (now() - (begun.get(nameOf(pair)) ?? now())) / 1000);
    },
  };
}

/** For whom time does not matter. */
export const endless: Patience = { begins: () => true, ended: () => undefined };

export function nameOf({ fault, profile }: Pair): string {
  return `${fault.name} ${profile}`;
}

/** What a quick run is never without, so that the rest is what a slow machine leaves out. */
export function isNeverLeftOut({ fault }: Pair): boolean {
  return fault.long === true || fault.crashMatrix === true;
}

/** The crash matrix and what waits for long, then the rest in the order that the seed deals. */
export function quickOrder(pairs: readonly Pair[], seed: string): readonly Pair[] {
  const lot = new Map(pairs.map((pair) => [pair, randomOf(seed, 'order', nameOf(pair))()]));
  const rank = ({ fault }: Pair) => (fault.long ? 0 : fault.crashMatrix ? 1 : 2);
  return pairs.toSorted((a, b) => rank(a) - rank(b) || (lot.get(a) ?? 0) - (lot.get(b) ?? 0));
}
