import type { Rectangle, Size } from './geometry.ts';

const LEAST_HEIGHT = 4;
/** Letters that touch, at most. */
const LONGEST = 8;
const HIGHEST_SHARE = 0.12;

/** No letter of a picture is taller, in its pixels. */
export function tallestLetter({ width, height }: Size): number {
  return Math.max(LEAST_HEIGHT, Math.round(HIGHEST_SHARE * Math.min(width, height)));
}

/** Whether this has the size and shape of a letter, or of a few that touch. */
export function hasLetterShape(piece: Rectangle, tallest: number): boolean {
  const [across, down] = sides(piece);
  return down >= LEAST_HEIGHT && down <= tallest && across <= LONGEST * down && down <= LONGEST * across;
}

/** Those that stand beside another of them, as letters of one line do. */
export function inRows<T extends Rectangle>(letters: readonly T[]): T[] {
  const downward = letters.toSorted((a, b) => a.y0 - b.y0);
  const found = new Set<T>();
  for (const [i, letter] of downward.entries()) {
    // What begins below it is of another row. Grain has thousands of pieces: each is compared with few.
    for (let j = i + 1; j < downward.length && downward[j]!.y0 < letter.y1; j++) {
      if (isNextInRow(letter, downward[j]!)) found.add(letter).add(downward[j]!);
    }
  }
  return [...found];
}

/** Letters of one line: about as high, on about the same foot, not far apart. */
function isNextInRow(a: Rectangle, b: Rectangle): boolean {
  const [less, more] = [a.y1 - a.y0, b.y1 - b.y0].sort((x, y) => x - y) as [number, number];
  const gap = Math.max(a.x0, b.x0) - Math.min(a.x1, b.x1);
  return more <= 2.2 * less && Math.abs(a.y1 - b.y1) <= 0.35 * more && gap > -0.5 * more && gap <= 2 * more;
}

export function sides({ x0, y0, x1, y1 }: Rectangle): [across: number, down: number] {
  return [x1 - x0, y1 - y0];
}
