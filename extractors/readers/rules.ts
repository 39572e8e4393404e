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
  const uprights = uprightRuns(page, threshold, least);
  const flats = flatRuns(page, threshold, least);
  if (uprights.length + flats.length === 0) return { image: page, uprights };
  const image = { ...page, data: page.data.slice() };
  const erase = (x: number, y: number, across: number, before: number, behind: number) =>
    eraseThin({ page, image, threshold, thickest }, y * width + x, across, before, behind);
  for (const { y, x0, x1 } of flats) {
    for (let x = x0; x < x1; x++) erase(x, y, width, y, height - 1 - y);
  }
  for (const { x, y0, y1 } of uprights) {
    for (let y = y0; y < y1; y++) erase(x, y, 1, x, width - 1 - x);
  }
  return { image, uprights };
}

function flatRuns({ data, width, height }: Grey, threshold: number, least: number) {
  const found: { y: number; x0: number; x1: number }[] = [];
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

/** Whitens the ink at a place, all across its rule, where that is thin; where it is thick a stroke crosses. */
function eraseThin(
  { page: { data }, image, threshold, thickest }: Erasing,
  at: number,
  across: number,
  before: number,
  behind: number,
): void {
  let back = 1;
  let on = 1;
  while (back <= thickest && back <= before && data[at - back * across]! < threshold) back++;
  while (on <= thickest && on <= behind && data[at + on * across]! < threshold) on++;
  if (back + on - 1 > thickest) return;
  for (let step = 1 - back; step < on; step++) image.data[at + step * across] = 255;
  for (const edge of [back <= before ? at - back * across : at, on <= behind ? at + on * across : at]) {
    image.data[edge] = Math.max(image.data[edge]!, NO_INK);
  }
}
