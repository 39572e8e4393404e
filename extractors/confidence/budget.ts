import type { Tally } from './calibration.ts';

/** How many wrong fields among a thousand posted one is ready to bear, where nothing else is said. */
export const DEFAULT_WRONG_PER_THOUSAND = 5;

/** The least probability a field may have to go through without a person, so that the budget is kept. */
export function errorBudget(wrongPerThousand: number = DEFAULT_WRONG_PER_THOUSAND): number {
  if (!(wrongPerThousand >= 0 && wrongPerThousand <= 1000)) {
    throw new RangeError('An error budget lies between 0 and 1000 wrong fields per thousand.');
  }
  return 1 - wrongPerThousand / 1000;
}

/**
 * The least share of right values that the labels bear out, at 95 % certainty (Clopper-Pearson, one-sided).
 * 0 wrong of 299 gives 99 %.
 */
export function lowerBound({ n, right }: Tally, certainty = 0.95): number {
  if (n === 0 || right === 0) return 0;
  let low = 0;
  let high = right / n;
  if (right === n) return (1 - certainty) ** (1 / n);
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (tailAtLeast(n, right, middle) > 1 - certainty) high = middle;
    else low = middle;
  }
  return low;
}

/** Probability of at least `k` successes in `n` trials. */
function tailAtLeast(n: number, k: number, p: number): number {
  let logTerm = k * Math.log(p) + (n - k) * Math.log1p(-p);
  for (let i = 1; i <= n - k; i++) logTerm += Math.log(k + i) - Math.log(i);
  let term = Math.exp(logTerm);
  let sum = term;
  for (let i = k; i < n; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return Math.min(1, sum);
}
