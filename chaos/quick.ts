import type { Fault, Profile } from './fault.ts';
import { randomOf } from './random.ts';

/** A fault in a profile: one row. */
export interface Pair {
  readonly fault: Fault;
  readonly profile: Profile;
}

/**
 * A quick run is to end in about four minutes on slow machines too. What it began is brought to its end, controls included:
 * so nothing more is begun that would not end by then if it took as long as the longest of its like so far, and no less
 * than such pairs take on two processors. Starting the servers and the one rehearsal come on top.
 */
const ENDS_BY_SECONDS = 195;
const LEAST_LEFT_SECONDS = { withBrowser: 75, withoutBrowser: 40 };

export interface Patience {
  /** Whether there is time to begin this. */
  begins(pair: Pair): boolean;
  /** The last of its runs has ended. */
  ended(pair: Pair): void;
}

/** `now`: milliseconds, of a clock that nobody sets. */
export function quickPatience(now: () => number): Patience {
  const startedAt = now();
  const begun = new Map<string, number>();
  const longest = { ...LEAST_LEFT_SECONDS };
  return {
    begins(pair) {
      if ((now() - startedAt) / 1000 + longest[kindOf(pair)] > ENDS_BY_SECONDS) return false;
      begun.set(nameOf(pair), now());
      return true;
    },
    ended(pair) {
      // The long ones began first, when there was time for them.
      if (pair.fault.long) return;
      const took = (now() - (begun.get(nameOf(pair)) ?? now())) / 1000;
      longest[kindOf(pair)] = Math.max(longest[kindOf(pair)], took);
    },
  };
}

function kindOf({ fault: { needs = [] } }: Pair): keyof typeof LEAST_LEFT_SECONDS {
  return needs.includes('browser') ? 'withBrowser' : 'withoutBrowser';
}

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
