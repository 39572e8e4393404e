/** How often each thing occurs. */
export type Tally = ReadonlyMap<string, number>;

export function tallyOf(things: Iterable<string>): Map<string, number> {
  const tally = new Map<string, number>();
  for (const thing of things) tally.set(thing, (tally.get(thing) ?? 0) + 1);
  return tally;
}

/** How many things the two have in common, each as often as both have it. */
export function inCommon(a: Tally, b: Tally): number {
  let common = 0;
  for (const [thing, count] of a) common += Math.min(count, b.get(thing) ?? 0);
  return common;
}

export function sizeOf(tally: Tally): number {
  let size = 0;
  for (const count of tally.values()) size += count;
  return size;
}

/** Harmonic mean of precision and recall: `right` of `given` answers, where `wanted` exist. */
export function f1({ right, given, wanted }: { right: number; given: number; wanted: number }): number {
  const precision = given === 0 ? 0 : right / given;
  const recall = wanted === 0 ? 0 : right / wanted;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
