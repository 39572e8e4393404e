import { setTimeout as pass } from 'node:timers/promises';
import { beside } from './beside.ts';
import type { Fault, Profile } from './fault.ts';
import { randomOf } from './random.ts';
import { isKept, type Ran, type Strike } from './run.ts';

/** A fault in a profile: one row. */
export interface Pair {
  readonly fault: Fault;
  readonly profile: Profile;
}

/** A pair's runs, and how one is made. */
export interface Hands {
  /** Controls included. */
  plan(pair: Pair): Promise<readonly Strike[]>;
  make(strike: Strike): Promise<Ran>;
}

export interface Outcome {
  readonly ran: readonly Ran[];
  /** Pairs for which there was no time. */
  readonly left: readonly Pair[];
}

/**
 * A quick run is over in less than four minutes, on slow machines too, counted from the process's start. Nothing is begun
 * that would not end in time if it took as long as the longest of its like so far, and no less than such pairs take on two
 * processors. What has not ended all the same is given up; what remains is for ending its processes and tidying.
 */
const ENDS_BY_SECONDS = 210;
const GIVEN_UP_AT_SECONDS = 222;
const TIDY_SECONDS = 5;
const OVER_AT_SECONDS = 235;
const LEAST_LEFT_SECONDS = { withBrowser: 75, withoutBrowser: 40 };

export interface Patience {
  /** Whether there is time to begin this. */
  begins(pair: Pair): boolean;
  /** The last of its runs has ended. */
  ended(pair: Pair): void;
}

/** `now`: milliseconds since the process's start. */
export function quickPatience(now: () => number): Patience {
  const begun = new Map<string, number>();
  const longest = { ...LEAST_LEFT_SECONDS };
  return {
    begins(pair) {
      if (now() / 1000 + longest[kindOf(pair)] > ENDS_BY_SECONDS) return false;
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

/** Aborted when what has not ended is given up. */
export function quickStop(now: () => number): AbortSignal {
  return AbortSignal.timeout(msUntil(GIVEN_UP_AT_SECONDS, now));
}

/** Calls `end` when a quick run must be over, unless the process has ended before. */
export function endInTime(now: () => number, end: () => void): void {
  setTimeout(end, msUntil(OVER_AT_SECONDS, now)).unref();
}

/** Whole milliseconds, as timers take them; `performance.now()` has parts of them. */
function msUntil(seconds: number, now: () => number): number {
  return Math.max(0, Math.round(seconds * 1000 - now()));
}

export interface InTime {
  readonly lanes: number;
  readonly patience: Patience;
  /** What is under way when it is aborted counts as never tried, unless it broke a promise before. */
  readonly stop: AbortSignal;
  /** Seconds that those who are stopped may take to tidy up. */
  readonly tidySeconds?: number;
}

/** A pair with its controls after the other, in each lane, for as long as there is time. */
export async function strikeInTime(pairs: readonly Pair[], { plan, make }: Hands, inTime: InTime): Promise<Outcome> {
  const { lanes, patience, stop, tidySeconds = TIDY_SECONDS } = inTime;
  const whole = new Set<Pair>();
  const ran = new Map<Pair, Ran[]>();
  // Found out beside what waits for long: the others would wait for it.
  const plans = new Map(pairs.filter(isNeverLeftOut).map((pair) => [pair, inBackground(plan(pair))]));

  async function strikeAll(pair: Pair): Promise<void> {
    if (stop.aborted || !patience.begins(pair)) return;
    const own: Ran[] = [];
    ran.set(pair, own);
    for (const strike of await (plans.get(pair) ?? plan(pair))) {
      if (stop.aborted) return;
      const one = await make(strike);
      if (stop.aborted && !one.judged) return;
      own.push(one);
    }
    whole.add(pair);
    patience.ended(pair);
  }

  await Promise.race([beside(lanes, pairs, strikeAll), stopped(stop).then(() => pass(1000 * tidySeconds))]);
  const counts = (pair: Pair) => whole.has(pair) || ran.get(pair)?.every(isKept) === false;
  return {
    ran: pairs.filter(counts).flatMap((pair) => ran.get(pair) ?? []),
    left: pairs.filter((pair) => !counts(pair)),
  };
}

function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
}

/** Whoever waits for it later hears of its error; it is no error of nobody's until then. */
function inBackground<R>(work: Promise<R>): Promise<R> {
  work.catch(() => undefined);
  return work;
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
