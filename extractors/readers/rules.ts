import type { Grey } from './grey.ts';

/** A stroke from top to bottom, one pixel wide: what parts the cells of a table. */
export interface Upright {
  readonly x: number;
  readonly y0: number;
  readonly y1: number;
}

/** Ink that runs on for so many letter heights is a rule, not a letter. */
const LONGEST_STROKE = 6;
const SHORTEST_RULE = 30;
const THICKEST_RULE = 0.5;
/** The sides of a box one row high are shorter than other rules; they run from one rule to the next. */
const SHORTEST_SIDE = 2;
/** How far a side may miss the end of a rule. */
const CORNER = 2;
/** Of an upright rule's length; more is a black block. */
const MOST_CROSSED = 0.5;
/** The soft edge a rule leaves behind is brightened to this, so that it is no ink. */
const NO_INK = 200;

/** The page without its rules, and where the upright ones stood; strokes that cross a rule stay whole. */
export function withoutRules(
  page: Grey,
  threshold: number,
  letterHeight: number,
): { image: Grey; uprights: readonly Upright[] } {
  const { width, height } = page;
  const least = Math.max(SHORTEST_RULE, LONGEST_STROKE * letterHeight);
  const thickest = Math.max(3, THICKEST_RULE * letterHeight);
  const flats = flatRuns(page, threshold, least);
  const runs = uprightRuns(page, threshold, SHORTEST_SIDE * letterHeight);
  const uprights = runs.filter(({ y0, y1 }) => y1 - y0 >= least);
  const sides = sidesOfBoxes(runs, flats, { least, deep: thickest });
  if (uprights.length + flats.length === 0) return { image: page, uprights };
  const image = { ...page, data: page.data.slice() };
  const erase = (x: number, y: number, across: number, before: number, behind: number) =>
    eraseThin({ page, image, threshold, thickest }, y * width + x, across, before, behind);
  const isFlat = new Uint8Array(page.data.length);
  for (const { y, x0, x1 } of flats) {
    isFlat.fill(1, y * width + x0, y * width + x1);
    for (let x = x0; x < x1; x++) erase(x, y, width, y, height - 1 - y);
  }
  for (const { x, y0, y1 } of [...uprights, ...sides]) {
    const left = range(y0, y1).filter((y) => !erase(x, y, 1, x, width - 1 - x));
    // Where two rules cross, neither is thin.
    if (left.length > MOST_CROSSED * (y1 - y0)) continue;
    for (const y of left) if (isFlat[y * width + x]) image.data[y * width + x] = 255;
  }
  return { image, uprights };
}

/** A stroke from left to right, one pixel high. */
interface Flat {
  readonly y: number;
  readonly x0: number;
  readonly x1: number;
}

/** Runs shorter than `least` that begin and end in a rule; walls they are none, for a number may have a cell for each digit. */
function sidesOfBoxes(
  runs: readonly Upright[],
  flats: readonly Flat[],
  { least, deep }: { least: number; deep: number },
): Upright[] {
  const rows = Map.groupBy(flats, ({ y }) => y);
  const crosses = (x: number, from: number, to: number) => {
    for (let y = Math.floor(from); y <= to; y++) {
      if (rows.get(y)?.some(({ x0, x1 }) => x >= x0 - CORNER && x < x1 + CORNER)) return true;
    }
    return false;
  };
  const short = flats.length === 0 ? [] : runs.filter(({ y0, y1 }) => y1 - y0 < least);
  return short.filter(({ x, y0, y1 }) => crosses(x, y0 - CORNER, y0 + deep) && crosses(x, y1 - deep, y1 + CORNER));
}

function flatRuns({ data, width, height }: Grey, threshold: number, least: number): Flat[] {
  const found: Flat[] = [];
  for (let y = 0; y < height; y++) {
    let from = -1;
    for (let x = 0; x <= width; x++) {
      const isInk = x < width && data[y * width + x]! < threshold;
      if (isInk && from < 0) from = x;
      if (isInk || from < 0) continue;
      if (x - from >= least) found.push({ y, x0: from, x1: x });
      from = -1;
    }
  }
  return found;
}

function uprightRuns({ data, width, height }: Grey, threshold: number, least: number): Upright[] {
  const found: Upright[] = [];
  const lengths = new Int32Array(width);
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      if (y < height && data[y * width + x]! < threshold) {
        lengths[x]!++;
        continue;
      }
      if (lengths[x]! >= least) found.push({ x, y0: y - lengths[x]!, y1: y });
      lengths[x] = 0;
    }
  }
  return found;
}

interface Erasing {
  readonly page: Grey;
  readonly image: Grey;
  readonly threshold: number;
  readonly thickest: number;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Whitens the ink at a place, all across its rule, where that is thin; where it is thick a stroke crosses. Says whether it did. */
function eraseThin(
  { page: { data }, image, threshold, thickest }: Erasing,
  at: number,
  across: number,
  before: number,
  behind: number,
): boolean {
  let back = 1;
  let on = 1;
  while (back <= thickest && back <= before && data[at - back * across]! < threshold) back++;
  while (on <= thickest && on <= behind && data[at + on * across]! < threshold) on++;
  if (back + on - 1 > thickest) return false;
  for (let step = 1 - back; step < on; step++) image.data[at + step * across] = 255;
  for (const edge of [back <= before ? at - back * across : at, on <= behind ? at + on * across : at]) {
    image.data[edge] = Math.max(image.data[edge]!, NO_INK);
  }
  return true;
}
