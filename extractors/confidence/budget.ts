/** How many wrong fields among a thousand posted one is ready to bear, where nothing else is said. */
export const DEFAULT_WRONG_PER_THOUSAND = 5;

/** How sure one may be of a bound, where nothing else is said. */
export const CERTAINTY = 0.95;

export interface Tally {
  readonly n: number;
  readonly wrong: number;
}

/**
 * The largest share of wrong values that the labels leave possible (Clopper and Pearson 1934, one-sided).
 * 0 wrong of 299 gives 1 %; without labels everything is possible.
 */
export function upperBound({ n, wrong }: Tally, certainty = CERTAINTY): number {
  if (wrong >= n) return 1;
  if (wrong === 0) return 1 - (1 - certainty) ** (1 / n);
  let low = wrong / n;
  let high = 1;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(wrong, n, middle) > 1 - certainty) low = middle;
    else high = middle;
  }
  return high;
}

/** How many labels without a single wrong one it takes to promise a share: 59 for 5 %, 299 for 1 %. */
export function labelsNeeded(share: number, certainty = CERTAINTY): number {
  return Math.ceil(Math.log(1 - certainty) / Math.log1p(-share));
}

/** Probability of at most `k` hits in `n` trials of chance `p`, 0 < p < 1. */
function chanceOfAtMost(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 0; i < k; i++) {
    logTerm += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
