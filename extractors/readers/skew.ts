import type { Rectangle } from './geometry.ts';

const MOST_DEGREES = 12;
const COARSE = 0.5;
const FINE = 0.05;
const FEW = 40;

/**
 * Degrees clockwise by which the lines of text slope, from the feet of the letters: at the right angle they fall
 * onto few rows. 0 where there are too few letters to tell.
 */
export function skewOf(letters: readonly Rectangle[], letterHeight: number): number {
  if (letters.length < FEW) return 0;
  const row = Math.max(1, letterHeight / 5);
  const score = (degrees: number) => gatheredness(letters, degrees, row);
  const coarse = best(range(-MOST_DEGREES, MOST_DEGREES, COARSE), score);
  return best(range(coarse - COARSE, coarse + COARSE, FINE), score);
}

/** Sum of squares of how many feet share a row. */
function gatheredness(letters: readonly Rectangle[], degrees: number, row: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const rows = new Map<number, number>();
  for (const letter of letters) {
    const at = Math.round((letter.y1 - ((letter.x0 + letter.x1) / 2) * slope) / row);
    rows.set(at, (rows.get(at) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of rows.values()) sum += count * count;
  return sum;
}

function best(candidates: readonly number[], score: (candidate: number) => number): number {
  let found = 0;
  let most = -1;
  for (const candidate of candidates) {
    const value = score(candidate);
    if (value > most || (value === most && Math.abs(candidate) < Math.abs(found))) {
      most = value;
      found = candidate;
    }
  }
  return found;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
}
