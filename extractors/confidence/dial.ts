import type { BudgetSetting } from '#core';
import { CERTAINTY, labelsNeeded, type Tally, upperBound } from './budget.ts';
import type { LabelCounts } from './labelCounts.ts';

/** Below this no threshold is believed, whatever the budget: 59 labels bear out 5 % at best. */
const ENOUGH_LABELS = 59;
/** More starts forgive more early wrong labels, and each of them needs more labels. */
const MOST_STARTS = 8;
/** The first start lies above this share of the labels, or there are fewer starts. */
const FIRST_WITHIN = 1 / 3;

/**
 * Learn, then test (Angelopoulos and others 2021) by the fallback procedure (Wiens 2003): thresholds are tested from the
 * surest down. The chance of a broken promise is divided among a few starts; a passed test hands on what it was given, a
 * failed one loses it, and testing resumes at the next start. The last threshold that passes is taken, and the promise
 * holds for it, as it would not for one picked by looking. Where testing starts depends on how many independent labels
 * these are worth. That is estimated on the labels themselves, by how far the wrong ones gather on few papers: the proof
 * knows nothing of it, the simulation does.
 */
export function settingFor(counts: LabelCounts, wrongPerThousand: number, certainty = CERTAINTY): BudgetSetting {
  if (!(wrongPerThousand >= 0 && wrongPerThousand <= 1000)) {
    throw new RangeError('An error budget lies between 0 and 1000 wrong fields per thousand.');
  }
  const { rows, designEffect } = counts;
  const labels = rows.reduce((sum, { n }) => sum + n, 0);
  const budget = wrongPerThousand / 1000;
  const { from, risk } = startsFor(Math.floor(labels / designEffect), budget, 1 - certainty);
  let taken: BudgetSetting = { wrongPerThousand, least: null, atMost: null, accepted: 0, wrong: 0, share: 0, labels };
  let accepted = 0;
  let wrong = 0;
  let started = 0;
  let inHand = 0;
  for (const { least, n, wrong: more } of rows) {
    accepted += n;
    wrong += more;
    const heard = effective({ n: accepted, wrong }, designEffect);
    const due = from.filter((start) => start <= heard.n).length;
    inHand += (due - started) * risk;
    started = due;
    if (inHand === 0) continue;
    const atMost = upperBound(heard, 1 - inHand);
    if (atMost <= budget) taken = { ...taken, least, atMost, accepted, wrong, share: accepted / labels };
    else inHand = 0;
  }
  return taken;
}

/** From how many labels on tests start, evenly on the scale of logarithms, and the chance of error each start is given. */
function startsFor(labels: number, budget: number, chance: number): { from: readonly number[]; risk: number } {
  const first = (starts: number) => Math.max(ENOUGH_LABELS, labelsNeeded(budget, 1 - chance / starts));
  let starts = MOST_STARTS;
  while (starts > 1 && first(starts) > labels * FIRST_WITHIN) starts--;
  const nearest = first(starts);
  const from = Array.from({ length: starts }, (_, i) => nearest * Math.max(1, labels / nearest) ** (i / starts));
  return { from, risk: chance / starts };
}

/** As many independent labels as these are worth (Kish 1965), rounded against the promise. */
function effective({ n, wrong }: Tally, designEffect: number): Tally {
  return { n: Math.floor(n / designEffect), wrong: Math.ceil(wrong / designEffect) };
}
