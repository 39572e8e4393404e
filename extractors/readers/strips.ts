import type { Rectangle } from './geometry.ts';
import type { Mark } from './marks.ts';
import type { Upright } from './rules.ts';

/** A run of text on one line without a column's gap in it: the piece of paper the engine is shown. */
export interface Strip extends Rectangle {
  /** Height of its capitals, about: what most of its taller letters reach. */
  readonly height: number;
  /** Where its letters stand, at its middle; descenders reach below. */
  readonly foot: number;
  /** How far its feet fall for each pixel to the right. */
  readonly slope: number;
  readonly marks: readonly Mark[];
}

/** Letters further apart than so many heights of the taller one belong to different strips. */
const WIDEST_GAP = 1.9;
/** Neighbours in one font differ less: a parenthesis beside an `a`. */
const MOST_UNLIKE = 2.2;
/** Points, dashes, accents: below this share of the usual letter they may sit anywhere in a line. */
const SMALL = 0.45;
const TALLEST = 9;
const LONG = 3;
const THIN = 0.3;
const SPARSE = 0.12;
/** How far accents and descenders may reach from the foot line, in heights. */
const HIGHEST = 1.8;
const LOWEST = 0.7;
const FEW_MARKS = 6;
const STEEPEST = 0.06;

/** A page as far as its strips go by it. */
export interface Marked {
  readonly marks: readonly Mark[];
  readonly uprights: readonly Upright[];
  readonly letterHeight: number;
}

/** Text in strips, found from the marks of a page whose rules are gone. Specks on their own are left out. */
export function findStrips({ marks, uprights, letterHeight }: Marked): Strip[] {
  const text = marks.filter((mark) => mayBeText(mark, letterHeight));
  const small = SMALL * letterHeight;
  const chains = chained(text, small, wallsOf(uprights));
  const withLetters = chains.filter((chain) => chain.some((mark) => mark.y1 - mark.y0 >= small));
  const strips = withLetters.map(toStrip);
  const loose = chains.filter((chain) => !withLetters.includes(chain)).flat();
  return withLoose(strips, loose).filter((strip) => strip.height >= 0.4 * letterHeight);
}

/** Not a speck, a picture, what is left of a rule, or a frame. */
function mayBeText({ x0, y0, x1, y1, ink }: Mark, letterHeight: number): boolean {
  const width = x1 - x0;
  const height = y1 - y0;
  if (height > TALLEST * letterHeight || (width < 2 && height < 3)) return false;
  const isLong = Math.max(width, height) > LONG * letterHeight;
  return !isLong || (Math.min(width, height) > THIN * letterHeight && ink > SPARSE * width * height);
}

/** Marks that are each other's nearest neighbours to the side, on the same line. */
function chained(marks: readonly Mark[], small: number, walls: Walls): Mark[][] {
  const grid = rowsOf(marks, Math.max(4, 2 * small));
  const parent = marks.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  marks.forEach((mark, index) => {
    for (const least of [0, small]) {
      const next = grid.nearestRight(mark, small, least);
      if (next !== undefined && !walls.stand(mark, marks[next]!)) parent[root(next)] = root(index);
    }
  });
  const groups = new Map<number, Mark[]>();
  marks.forEach((mark, index) => {
    const at = root(index);
    const group = groups.get(at);
    if (group) group.push(mark);
    else groups.set(at, [mark]);
  });
  return [...groups.values()];
}

interface Rows {
  nearestRight(mark: Mark, small: number, leastHeight: number): number | undefined;
}

interface Walls {
  /** Whether an upright rule stands between two marks. */
  stand(left: Mark, right: Mark): boolean;
}

function wallsOf(uprights: readonly Upright[]): Walls {
  const columns = new Map<number, Upright[]>();
  for (const upright of uprights) {
    const column = columns.get(upright.x);
    if (column) column.push(upright);
    else columns.set(upright.x, [upright]);
  }
  return {
    stand(left, right) {
      const middle = (Math.max(left.y0, right.y0) + Math.min(left.y1, right.y1)) / 2;
      for (let x = left.x1 - 2; x <= right.x0 + 2; x++) {
        if (columns.get(x)?.some(({ y0, y1 }) => y0 <= middle && middle < y1)) return true;
      }
      return false;
    },
  };
}

/** Marks by the bands of rows they touch, each band from left to right. */
function rowsOf(marks: readonly Mark[], band: number): Rows {
  const bands = new Map<number, number[]>();
  const order = marks.map((_, index) => index).sort((a, b) => marks[a]!.x0 - marks[b]!.x0);
  for (const index of order) {
    const { y0, y1 } = marks[index]!;
    for (let row = Math.floor(y0 / band); row <= Math.floor((y1 - 1) / band); row++) {
      const list = bands.get(row);
      if (list) list.push(index);
      else bands.set(row, [index]);
    }
  }
  return {
    nearestRight(mark, small, leastHeight) {
      let best: number | undefined;
      let least = Number.POSITIVE_INFINITY;
      const reach = MOST_UNLIKE * WIDEST_GAP * Math.max(mark.y1 - mark.y0, small);
      for (let row = Math.floor(mark.y0 / band); row <= Math.floor((mark.y1 - 1) / band); row++) {
        const list = bands.get(row) ?? [];
        for (let at = firstAfter(list, marks, mark.x0); at < list.length; at++) {
          const index = list[at]!;
          const other = marks[index]!;
          const gap = other.x0 - mark.x1;
          if (gap > Math.min(least, reach)) break;
          if (other === mark || other.y1 - other.y0 < leastHeight || !areNeighbours(mark, other, gap, small)) continue;
          if (gap < least) {
            least = gap;
            best = index;
          }
        }
      }
      return best;
    },
  };
}

function firstAfter(list: readonly number[], marks: readonly Mark[], x: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[list[middle]!]!.x0 < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function areNeighbours(a: Mark, b: Mark, gap: number, small: number): boolean {
  const heightA = a.y1 - a.y0;
  const heightB = b.y1 - b.y0;
  const less = Math.min(heightA, heightB);
  const more = Math.max(heightA, heightB);
  if (gap > WIDEST_GAP * Math.max(more, 2 * small)) return false;
  if (less >= small && more > MOST_UNLIKE * less) return false;
  const shared = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return shared >= 0.5 * less;
}

function toStrip(marks: readonly Mark[]): Strip {
  const heights = marks.map((mark) => mark.y1 - mark.y0).sort((a, b) => a - b);
  const height = heights[Math.floor(heights.length * 0.8)]!;
  const tall = marks.filter((mark) => mark.y1 - mark.y0 >= 0.5 * height);
  const slope = slopeOf(tall);
  const box = around(marks);
  const centre = (box.x0 + box.x1) / 2;
  const foot = median(tall.map((mark) => mark.y1 - slope * (middleOf(mark) - centre)));
  return { ...withinLine(box, height, foot, slope), height, foot, slope, marks };
}

/** An icon or a bracket beside its text may reach over other lines: the strip keeps to its own. */
function withinLine(box: Rectangle, height: number, foot: number, slope: number): Rectangle {
  const drop = (Math.abs(slope) * (box.x1 - box.x0)) / 2;
  return {
    ...box,
    y0: Math.max(box.y0, Math.floor(foot - drop - HIGHEST * height)),
    y1: Math.min(box.y1, Math.ceil(foot + drop + LOWEST * height)),
  };
}

/** Feet of letters by least squares, twice: descenders and commas are left out the second time. */
function slopeOf(marks: readonly Mark[]): number {
  if (marks.length < FEW_MARKS) return 0;
  const first = fitted(marks);
  const off = marks.map((mark) => mark.y1 - first.at(middleOf(mark)));
  const usual = median(off);
  const spread = median(off.map((value) => Math.abs(value - usual))) + 1;
  const second = fitted(marks.filter((_, index) => Math.abs(off[index]! - usual) <= 1.5 * spread));
  return Math.abs(second.slope) > STEEPEST ? 0 : second.slope;
}

function fitted(marks: readonly Mark[]) {
  const n = marks.length;
  const meanX = marks.reduce((sum, mark) => sum + middleOf(mark), 0) / n;
  const meanY = marks.reduce((sum, mark) => sum + mark.y1, 0) / n;
  let xy = 0;
  let xx = 0;
  for (const mark of marks) {
    const dx = middleOf(mark) - meanX;
    xy += dx * (mark.y1 - meanY);
    xx += dx * dx;
  }
  const slope = xx === 0 ? 0 : xy / xx;
  return { slope, at: (x: number) => meanY + slope * (x - meanX) };
}

function middleOf({ x0, x1 }: Rectangle): number {
  return (x0 + x1) / 2;
}

/** Points and accents join the strip they stand beside or over; what stands alone is a speck. */
function withLoose(strips: readonly Strip[], loose: readonly Mark[]): Strip[] {
  const joined = strips.map((strip) => [...strip.marks]);
  const byTop = strips.map((strip, index) => ({ strip, index })).sort((a, b) => a.strip.y0 - b.strip.y0);
  for (const mark of loose) {
    const middle = (mark.y0 + mark.y1) / 2;
    const home = byTop.find(
      ({ strip }) =>
        middle > strip.y0 - 0.5 * strip.height &&
        middle < strip.y1 + 0.3 * strip.height &&
        mark.x1 > strip.x0 - 0.6 * strip.height &&
        mark.x0 < strip.x1 + 0.6 * strip.height,
    );
    if (home) joined[home.index]!.push(mark);
  }
  return joined.map((marks, index) => {
    const strip = strips[index]!;
    return { ...strip, ...withinLine(around(marks), strip.height, strip.foot, strip.slope), marks };
  });
}

function around(parts: readonly Rectangle[]): Rectangle {
  let [x0, y0, x1, y1] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const part of parts) {
    x0 = Math.min(x0, part.x0);
    y0 = Math.min(y0, part.y0);
    x1 = Math.max(x1, part.x1);
    y1 = Math.max(y1, part.y1);
  }
  return { x0, y0, x1, y1 };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
