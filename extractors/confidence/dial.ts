import { CERTAINTY, labelsNeeded, upperBound } from './budget.ts';

/** Labels as counts, surest first: of the values at least as sure as `least` and less sure than the row before. */
export interface LabelCount {
  readonly least: number;
  readonly n: number;
  readonly wrong: number;
}
export type LabelCounts = readonly LabelCount[];

/** What an error budget comes to: from where values go through without a person, and what may be said of them. */
export interface Setting {
  readonly wrongPerThousand: number;
  /** Values at least this sure go through; null where the labels bear out no threshold: everything is for people. */
  readonly least: number | null;
  /** The share of wrong ones among the accepted is at most this, at 95 %; null with `least`. */
  readonly atMost: number | null;
  /** Labels at least that sure, and how many of them are wrong. */
  readonly accepted: number;
  readonly wrong: number;
  /** Accepted labels among all, 0 to 1: what would have gone straight through. */
  readonly share: number;
  readonly labels: number;
}

/** Below this no threshold is believed, whatever the budget: 59 labels bear out 5 % at best. */
const ENOUGH_LABELS = 59;
/** A test on very few of the labels would fall with one wrong among them and end the sequence. */
const FIRST_SHARE = 0.1;

/**
 * Learn, then test (Angelopoulos and others 2021): thresholds are tested from the surest down, each at the full 95 %, and
 * the last one before the first failure is taken. So the promise holds for the one that was chosen, as it would not for
 * one picked by looking at all of them. Where the testing begins depends on how many labels there are, never on which are wrong.
 */
export function settingFor(counts: LabelCounts, wrongPerThousand: number, certainty = CERTAINTY): Setting {
  if (!(wrongPerThousand >= 0 && wrongPerThousand <= 1000)) {
    throw new RangeError('An error budget lies between 0 and 1000 wrong fields per thousand.');
  }
  const labels = counts.reduce((sum, { n }) => sum + n, 0);
  const budget = wrongPerThousand / 1000;
  const first = Math.max(ENOUGH_LABELS, labelsNeeded(budget, certainty), FIRST_SHARE * labels);
  let taken: Setting = { wrongPerThousand, least: null, atMost: null, accepted: 0, wrong: 0, share: 0, labels };
  let accepted = 0;
  let wrong = 0;
  for (const { least, n, wrong: more } of counts) {
    accepted += n;
    wrong += more;
    if (accepted < first) continue;
    const atMost = upperBound({ n: accepted, wrong }, certainty);
    if (atMost > budget) break;
    taken = { ...taken, least, atMost, accepted, wrong, share: accepted / labels };
  }
  return taken;
}

/** Single labels as counts; equals stay together, and rows hold about as many labels each. */
export function countLabels(
  labels: readonly { readonly trust: number; readonly right: boolean }[],
  rows = 40,
): LabelCounts {
  const sorted = [...Map.groupBy(labels, ({ trust }) => floored(trust))].sort(([a], [b]) => b - a);
  const counts: LabelCount[] = [];
  let open: LabelCount | undefined;
  for (const [least, group] of sorted) {
    const n = group.length + (open?.n ?? 0);
    const wrong = group.filter(({ right }) => !right).length + (open?.wrong ?? 0);
    open = { least, n, wrong };
    if (n < labels.length / rows) continue;
    counts.push(open);
    open = undefined;
  }
  return open ? [...counts, open] : counts;
}

/** Rounded down, so that a value at the threshold is never below it. */
function floored(trust: number): number {
  return Math.floor(trust * 1e6) / 1e6;
}
