import type { Rectangle } from './geometry.ts';
import { type Grey, LONGEST_SIDE } from './grey.ts';
import type { Strip } from './strips.ts';

/** Strips set one below the other on a picture of their own, levelled, their letters of one size. */
export interface Packed {
  readonly image: Grey;
  /** Those there was room for, from the first on; at least one. */
  readonly strips: readonly Strip[];
  /** Which strip a box of that picture lies in, and the box on the page; undefined between the strips. */
  unpack(box: Rectangle): { index: number; box: Rectangle } | undefined;
}

export interface PackManner {
  /** Height of capitals on the picture, in pixels. */
  readonly capital: number;
  /** How wide letters are drawn, against how wide they are: the engine's time goes with the width. */
  readonly width: number;
}

interface Row {
  readonly strip: Strip;
  /** The page's rectangle that is shown, before it is levelled. */
  readonly from: Rectangle;
  readonly down: number;
  readonly across: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

const AIR = 0.25;
const GAP = 12;
const EDGE = 16;
/** Letters up to so much larger or smaller than usual keep their size beside the others': heights of short strips are a guess. */
const LARGER = 1.4;
const SMALLER = 0.55;

/** @param usual height of the page's usual capitals, in its pixels. */
export function pack(page: Grey, strips: readonly Strip[], usual: number, manner: PackManner): Packed {
  const rows: Row[] = [];
  let top = EDGE;
  for (const strip of strips) {
    const row = rowOf(strip, usual, manner, top);
    // A page full of specks has thousands of strips.
    if (rows.length > 0 && row.bottom + GAP + EDGE > LONGEST_SIDE) break;
    rows.push(row);
    top = row.bottom + GAP;
  }
  const width = rows.reduce((most, row) => Math.max(most, row.width), 1) + 2 * EDGE;
  const height = top + EDGE;
  const data = new Uint8Array(width * height).fill(255);
  for (const row of rows) draw(page, row, data, width);
  return {
    image: { data, width, height },
    strips: strips.slice(0, rows.length),
    unpack(box) {
      const middle = (box.y0 + box.y1) / 2;
      const index = rows.findIndex(({ top, bottom }) => middle >= top - GAP / 2 && middle < bottom + GAP / 2);
      const row = rows[index];
      return row && { index, box: onPage(box, row) };
    },
  };
}

function rowOf(strip: Strip, usual: number, { capital, width }: PackManner, top: number): Row {
  const isUnusual = strip.height > LARGER * usual || strip.height < SMALLER * usual;
  const height = isUnusual ? strip.height : usual;
  const down = capital / height;
  const across = Math.min(down * width, (LONGEST_SIDE - 2 * EDGE) / (strip.x1 - strip.x0 + 2 * AIR * height));
  const air = AIR * height;
  const drop = Math.abs(strip.slope) * (strip.x1 - strip.x0);
  const from = {
    x0: strip.x0 - air,
    y0: strip.y0 + drop / 2 - air,
    x1: strip.x1 + air,
    y1: strip.y1 - drop / 2 + air,
  };
  const rows = Math.max(1, Math.round((from.y1 - from.y0) * down));
  const columns = Math.max(1, Math.round((from.x1 - from.x0) * across));
  return { strip, from, down, across, top, bottom: top + rows, width: columns };
}

function draw(page: Grey, { strip, from, down, across, top, bottom, width }: Row, target: Uint8Array, stride: number) {
  const centre = (strip.x0 + strip.x1) / 2;
  for (let column = 0; column < width; column++) {
    const x = from.x0 + (column + 0.5) / across - 0.5;
    const lower = strip.slope * (x - centre);
    for (let row = top; row < bottom; row++) {
      const y = from.y0 + (row - top + 0.5) / down - 0.5 + lower;
      target[row * stride + EDGE + column] = brightnessAt(page, x, y);
    }
  }
}

/** Between four pixels; white outside the page. */
function brightnessAt({ data, width, height }: Grey, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return 255;
  const right = x - left;
  const low = y - top;
  const at = top * width + left;
  const above = data[at]! * (1 - right) + data[at + 1]! * right;
  const below = data[at + width]! * (1 - right) + data[at + width + 1]! * right;
  return above * (1 - low) + below * low + 0.5;
}

function onPage(box: Rectangle, { strip, from, down, across, top }: Row): Rectangle {
  const x0 = from.x0 + (box.x0 - EDGE) / across;
  const x1 = from.x0 + (box.x1 - EDGE) / across;
  const lower = strip.slope * ((x0 + x1) / 2 - (strip.x0 + strip.x1) / 2);
  return { x0, y0: from.y0 + (box.y0 - top) / down + lower, x1, y1: from.y0 + (box.y1 - top) / down + lower };
}
