import { misreading } from './spelling.ts';

/** Words of two readings of one line that are the same word on paper; one side is empty where a reading missed it. */
export interface WordPair {
  /** Indices into the first and the second reading, ascending and without gaps. */
  readonly first: readonly number[];
  readonly second: readonly number[];
}

const MISSED = 0.55;
/** Two words that differ more than this, as a share of their signs, are two words. */
const SAME_WORD = 0.7;
/** Words set together or apart must be nearly the same signs. */
const SAME_SIGNS = 0.3;
/** How many words of either side may make a pair: engines set and lose spaces. */
const GROUPS: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 2],
  [2, 1],
];

interface Step {
  readonly cost: number;
  readonly first: number;
  readonly second: number;
}

/** Lines up two readings of the same line word by word, so that together they differ as little as can be. */
export function alignWords(first: readonly string[], second: readonly string[]): WordPair[] {
  const best: Step[][] = [];
  for (let i = 0; i <= first.length; i++) {
    const row: Step[] = [];
    best.push(row);
    for (let j = 0; j <= second.length; j++) row.push(cheapest(best, first, second, i, j));
  }
  const pairs: WordPair[] = [];
  let [i, j] = [first.length, second.length];
  while (i > 0 || j > 0) {
    const step = best[i]![j]!;
    pairs.unshift({ first: range(i - step.first, i), second: range(j - step.second, j) });
    i -= step.first;
    j -= step.second;
  }
  return pairs;
}

function cheapest(best: Step[][], first: readonly string[], second: readonly string[], i: number, j: number): Step {
  if (i === 0 && j === 0) return { cost: 0, first: 0, second: 0 };
  const steps: Step[] = [];
  const from = (a: number, b: number, cost: number) =>
    steps.push({ cost: best[i - a]![j - b]!.cost + cost, first: a, second: b });
  if (i > 0) from(1, 0, MISSED);
  if (j > 0) from(0, 1, MISSED);
  for (const [a, b] of GROUPS) {
    if (i < a || j < b) continue;
    const cost = difference(first.slice(i - a, i).join(''), second.slice(j - b, j).join(''));
    if (cost <= (a + b > 2 ? SAME_SIGNS : SAME_WORD)) from(a, b, cost + 0.01 * (a + b - 2));
  }
  return steps.reduce((least, step) => (step.cost < least.cost ? step : least));
}

function difference(a: string, b: string): number {
  return misreading(a, b) / Math.max(1, a.length, b.length);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}
