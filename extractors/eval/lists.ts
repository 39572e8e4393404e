import { similarity } from './distance.ts';
import { capitals, normaliseAmount } from './normalise.ts';
import { f1, inCommon, sizeOf, tallyOf } from './tally.ts';
import type { Judged, Truth } from './truth.ts';

/** Descriptions at least this alike are of the same line. */
const SAME_DESCRIPTION = 0.7;

/** Line items that have a total in the truth: right where total and description agree. Undefined where there are none. */
export function itemF1(judged: readonly Judged[]): number | undefined {
  const sums = { right: 0, given: 0, wanted: 0 };
  for (const { truth, prediction } of judged) {
    const wanted = truth.items.filter((item) => item.line_total);
    if (wanted.length === 0) continue;
    const given = [...(prediction?.items ?? [])];
    sums.wanted += wanted.length;
    sums.given += given.length;
    for (const item of wanted) {
      const at = given.findIndex((other) => isSameItem(item, other));
      if (at < 0) continue;
      sums.right++;
      given.splice(at, 1);
    }
  }
  return sums.wanted === 0 ? undefined : f1(sums);
}

type Item = Truth['items'][number];

function isSameItem(wanted: Item, given: Item): boolean {
  if (given.line_total === null || given.line_total === undefined) return false;
  if (normaliseAmount(given.line_total) !== normaliseAmount(wanted.line_total)) return false;
  const [a, b] = [capitals(wanted.description ?? ''), capitals(given.description ?? '')];
  return similarity(a, b) >= SAME_DESCRIPTION;
}

/** Questions with their answers on forms; a pair is right where both sides are. Undefined where no form has a truth. */
export function pairF1(judged: readonly Judged[]): number | undefined {
  const sums = { right: 0, given: 0, wanted: 0 };
  for (const { truth, prediction } of judged) {
    if (!truth.kv) continue;
    const [wanted, given] = [pairTally(truth.kv), pairTally(prediction?.kv ?? [])];
    sums.wanted += sizeOf(wanted);
    sums.given += sizeOf(given);
    sums.right += inCommon(wanted, given);
  }
  return sums.wanted === 0 ? undefined : f1(sums);
}

function pairTally(pairs: readonly (readonly [string, string])[]) {
  return tallyOf(pairs.map(([question, answer]) => `${capitals(question)} ${capitals(answer)}`));
}
