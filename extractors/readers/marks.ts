import type { Rectangle } from './geometry.ts';
import type { Grey } from './grey.ts';

/** Pieces of connected ink: letters, mostly, and some rules and stains. */
export function findMarks(image: Grey, threshold: number): Mark[] {
  const { data, width, height } = image;
  const runs: Run[] = [];
  let above: Run[] = [];
  for (let y = 0; y < height; y++) {
    const row = inkRuns(data, y, width, threshold);
    connect(above, row);
    for (const run of row) runs.push(run);
    above = row;
  }
  return runs.filter((run) => run.parent === undefined);
}

/** Connected ink. */
export interface Mark extends Rectangle {
  /** How many of its rectangle's pixels are ink. */
  readonly ink: number;
}

interface Run extends Mark {
  readonly from: number;
  readonly to: number;
  parent: Run | undefined;
  ink: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

function inkRuns(data: Uint8Array, y: number, width: number, threshold: number): Run[] {
  const runs: Run[] = [];
  const end = (y + 1) * width;
  const start = end - width;
  for (let at = start; at < end; at++) {
    if (data[at]! >= threshold) continue;
    const from = at - start;
    while (at < end && data[at]! < threshold) at++;
    const to = at - start;
    runs.push({ from, to, parent: undefined, ink: to - from, x0: from, x1: to, y0: y, y1: y + 1 });
  }
  return runs;
}

/** Runs of neighbouring rows that touch, also over a corner, belong to one mark. */
function connect(above: readonly Run[], row: readonly Run[]): void {
  let index = 0;
  for (const run of row) {
    while (index < above.length && above[index]!.to < run.from) index++;
    for (let i = index; i < above.length && above[i]!.from <= run.to; i++) unite(run, above[i]!);
  }
}

function unite(a: Run, b: Run): void {
  const one = rootOf(a);
  const other = rootOf(b);
  if (one === other) return;
  one.parent = other;
  other.ink += one.ink;
  other.x0 = Math.min(one.x0, other.x0);
  other.y0 = Math.min(one.y0, other.y0);
  other.x1 = Math.max(one.x1, other.x1);
  other.y1 = Math.max(one.y1, other.y1);
}

function rootOf(run: Run): Run {
  let root = run;
  while (root.parent) root = root.parent;
  for (let step: Run | undefined = run; step?.parent; ) {
    const next: Run | undefined = step.parent;
    if (next !== root) step.parent = root;
    step = next === root ? undefined : next;
  }
  return root;
}

/** The brightness that parts ink from paper best (Otsu). */
export function inkThreshold({ data }: Grey): number {
  const counts = new Float64Array(256);
  for (let index = 0; index < data.length; index += 3) counts[data[index]!]!++;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weighted = counts.reduce((sum, count, value) => sum + count * value, 0);
  let first = 128;
  let last = 128;
  let most = -1;
  let dark = 0;
  let darkSum = 0;
  for (let value = 0; value < 255; value++) {
    dark += counts[value]!;
    darkSum += counts[value]! * value;
    if (dark === 0 || dark === total) continue;
    const gap = darkSum / dark - (weighted - darkSum) / (total - dark);
    const between = dark * (total - dark) * gap * gap;
    if (between > most) {
      most = between;
      first = value + 1;
    }
    if (between === most) last = value + 1;
  }
  // Of pictures in black and white any value parts the two; the middle one also does when they are turned or resized.
  return Math.round((first + last) / 2);
}
