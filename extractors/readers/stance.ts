import { type Rectangle, type Rotation, type Size, turnRectangle } from './geometry.ts';

const MOST_DEGREES = 12;
const COARSE = 0.5;
const FINE = 0.05;
const FEW = 40;
const CLEARLY = 1.2;

/**
 * Degrees clockwise by which the lines of text slope: there the feet of the letters fall onto the fewest rows.
 * 0 where there are too few letters to tell.
 */
export function skewOf(letters: readonly Rectangle[], letterHeight: number): number {
  if (letters.length < FEW) return 0;
  const coarse = mostGathered(letters, letterHeight, range(0, MOST_DEGREES, COARSE)).degrees;
  return mostGathered(letters, letterHeight, range(coarse, COARSE, FINE)).degrees;
}

/**
 * The turn after which the letters would stand upright. Feet of upright letters share a row; heads, some with
 * ascenders and some without, share less, and sides nothing: so a page on its head or side gives itself away.
 */
export function turnNeeded(letters: readonly Rectangle[], letterHeight: number, page: Size): Rotation {
  if (letters.length < FEW) return 0;
  const scores = ([0, 90, 180, 270] as const).map((rotation) => {
    const turned = letters.map((letter) => turnRectangle(letter, page, rotation));
    return { rotation, score: mostGathered(turned, letterHeight, range(0, MOST_DEGREES, COARSE)).score };
  });
  const asItIs = scores[0]!;
  const winner = scores.reduce((best, one) => (one.score > best.score ? one : best));
  return winner.score > CLEARLY * asItIs.score ? winner.rotation : 0;
}

function mostGathered(letters: readonly Rectangle[], letterHeight: number, slopes: readonly number[]) {
  const row = Math.max(1, letterHeight / 5);
  let best = { degrees: 0, score: -1 };
  for (const degrees of slopes) {
    const score = gatheredness(letters, degrees, row);
    const isNearer = Math.abs(degrees) < Math.abs(best.degrees);
    if (score > best.score || (score === best.score && isNearer)) best = { degrees, score };
  }
  return best;
}

/** Sum of squares of how many feet share a row. */
function gatheredness(letters: readonly Rectangle[], degrees: number, row: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const rows = letters.map((letter) => Math.round((letter.y1 - ((letter.x0 + letter.x1) / 2) * slope) / row));
  const first = rows.reduce((least, at) => Math.min(least, at));
  const last = rows.reduce((most, at) => Math.max(most, at));
  const counts = new Uint32Array(last - first + 1);
  for (const at of rows) counts[at - first]!++;
  return counts.reduce((sum, count) => sum + count * count, 0);
}

function range(middle: number, reach: number, step: number): number[] {
  const steps = Math.round(reach / step);
  return Array.from({ length: 2 * steps + 1 }, (_, index) => middle + (index - steps) * step);
}
