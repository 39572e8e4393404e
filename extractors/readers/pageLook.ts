import type { Page } from '#core';
import type { Rectangle, Size } from './geometry.ts';
import { type Grey, turn } from './grey.ts';
import type { PageReading } from './layout.ts';
import { findMarks, type Mark } from './marks.ts';
import type { Raster } from './raster.ts';

const LOOK_SCALE = 1.4;
const LOOK_WIDTH = 600;
const MOST_PIXELS = 4_000_000;
const INK = 160;
/** Ink on a scan whose paper is grey. */
const DARK_INK = 100;
const UNEXPLAINED_INK = 0.5;
const SPECKS = 0.0003;
const LEAST_CONTRAST = 40;
const PAPER = 255;
/** How high a letter is, in pixels of a look. */
const LETTER_LEAST = 4;
const LETTER_MOST = 40;

/** A page's picture, small, as upright as its words. */
export async function look(raster: Raster, { number, rotation }: Pick<Page, 'number' | 'rotation'>): Promise<Grey> {
  const { width } = await raster.size(number);
  return turn(await raster.grey(number, Math.max(LOOK_SCALE, LOOK_WIDTH / width), MOST_PIXELS), rotation);
}

export function showsInk({ data }: Grey): boolean {
  let ink = 0;
  for (let index = 0; index < data.length; index++) if (data[index]! < INK) ink++;
  return ink > data.length * SPECKS;
}

/**
 * Whether a page shows more ink than its words explain, and some of it may be text: a scan under a stamp, letters drawn as
 * shapes; no logo, no rules, no frames.
 */
export function hasUnreadInk(image: Grey, { page }: PageReading): boolean {
  const explained = new Uint8Array(image.data.length);
  for (const word of page.words) {
    const box = onPicture(word, page, image);
    for (let y = box.y0; y < box.y1; y++) explained.fill(1, y * image.width + box.x0, y * image.width + box.x1);
  }
  const { data } = image;
  let read = 0;
  let unread = 0;
  for (let index = 0; index < data.length; index++) {
    if (data[index]! >= INK) continue;
    if (explained[index]) read++;
    else unread++;
  }
  if (unread <= data.length * SPECKS || unread <= read * UNEXPLAINED_INK) return false;
  return [INK, DARK_INK].some((threshold) => {
    const marks = findMarks(image, threshold).filter((mark) => explained[centre(mark, image)] === 0);
    return marks.some((mark) => isGround(mark, image)) || marks.reduce((sum, one) => sum + lettersOf(one), 0) >= A_WORD;
  });
}

/** "Paid", "copy". */
const A_WORD = 4;
const GROUND_OF_PAGE = 0.01;
const GROUND_INK = 0.2;
/** A frame around a line has less; what is written by hand has hardly more. */
const LETTER_INK = 0.12;
/** By hand words are larger than in print, and stamps and headings set across a page are as large. */
const HAND_MOST = 160;

function centre({ x0, y0, x1, y1 }: Rectangle, { width }: Grey): number {
  return ((y0 + y1) >> 1) * width + ((x0 + x1) >> 1);
}

/** A photograph, or a coloured field: what is written on it is no ink of its own. */
function isGround({ x0, y0, x1, y1, ink }: Mark, image: Grey): boolean {
  const area = (x1 - x0) * (y1 - y0);
  return area >= GROUND_OF_PAGE * image.data.length && ink >= GROUND_INK * area;
}

/** How many letters a mark may be: those of a coarse picture, and of handwriting, run together. */
function lettersOf({ x0, y0, x1, y1, ink }: Mark): number {
  const [width, height] = [x1 - x0, y1 - y0];
  if (height < LETTER_LEAST || height > HAND_MOST || ink < LETTER_INK * width * height) return 0;
  return Math.ceil(width / (2 * height));
}

/** Of a page a large part of which is drawn: whether there is text among it, and not a photograph or a logo. */
export function showsUnreadText(image: Grey, wordless: Wordless, page: Size): boolean {
  const scale = page.width / image.width;
  return [INK, DARK_INK].some((threshold) => {
    const letters = findMarks(image, threshold).filter((mark) => {
      const x = ((mark.x0 + mark.x1) / 2) * scale;
      const y = ((mark.y0 + mark.y1) / 2) * scale;
      return looksLikeALetter(mark) && wordless.has(x, y);
    });
    return letters.length >= FEW_LETTERS;
  });
}

/** A logo has fewer; the shortest receipt has more. */
const FEW_LETTERS = 60;

function looksLikeALetter({ x0, y0, x1, y1 }: Rectangle): boolean {
  const [width, height] = [x1 - x0, y1 - y0];
  return height >= LETTER_LEAST && height <= LETTER_MOST && width < height * 3 && height < width * 6;
}

/** A part of a page without words of its text layer. */
export interface Wordless {
  /** 0 to 1. */
  readonly share: number;
  has(x: number, y: number): boolean;
}

/** Five millimetres: what lies between lines of text is not without words. */
const CELL = 30;
/** Of a page that says it is miles long the cells are larger. */
const MOST_CELLS = 1_000_000;

/** What of the drawn places holds no word, in cells of the page. */
export function wordlessPart(drawn: readonly Rectangle[], { words, width, height }: Page): Wordless {
  const cell = Math.max(CELL, Math.sqrt((width * height) / MOST_CELLS));
  const [columns, rows] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const cells = new Uint8Array(columns * rows);
  const mark = ({ x0, y0, x1, y1 }: Rectangle, value: number) => {
    const from = Math.min(columns, Math.max(0, Math.floor(x0 / cell)));
    const to = Math.min(columns, Math.max(from, Math.ceil(x1 / cell)));
    const last = Math.min(rows, Math.ceil(y1 / cell));
    for (let row = Math.max(0, Math.floor(y0 / cell)); row < last; row++) {
      cells.fill(value, row * columns + from, row * columns + to);
    }
  };
  for (const place of drawn) mark(place, 1);
  for (const word of words) mark(word, 0);
  return {
    share: cells.reduce((sum, marked) => sum + marked, 0) / cells.length,
    has: (x, y) => cells[Math.floor(y / cell) * columns + Math.floor(x / cell)] === 1,
  };
}

/** Whether the picture shows anything where a word is said to stand. */
export function isSeen(word: Rectangle, page: Size, image: Grey): boolean {
  const values = pixelsUnder(word, page, image);
  return (values.at(-1) ?? 255) - (values[0] ?? 255) > LEAST_CONTRAST;
}

/** Whether a word as pale as paper can be seen: its ground is darker. */
export function hasDarkGround(word: Rectangle, page: Size, image: Grey): boolean {
  const values = pixelsUnder(word, page, image);
  return (values[values.length >> 1] ?? 255) < PAPER - LEAST_CONTRAST;
}

/** From the darkest to the lightest. */
function pixelsUnder(word: Rectangle, page: Size, image: Grey): Uint8Array {
  const { x0, y0, x1, y1 } = onPicture(word, page, image);
  const wide = Math.max(0, x1 - x0);
  const values = new Uint8Array(wide * Math.max(0, y1 - y0));
  for (let y = y0; y < y1; y++)
    values.set(image.data.subarray(y * image.width + x0, y * image.width + x1), (y - y0) * wide);
  return values.sort();
}

/** A box of a page in whole pixels of its picture, a pixel wider than it is. */
function onPicture(box: Rectangle, page: Size, image: Grey): Rectangle {
  const scale = image.width / page.width;
  return {
    x0: Math.max(0, Math.floor(box.x0 * scale) - 1),
    y0: Math.max(0, Math.floor(box.y0 * scale) - 1),
    x1: Math.min(image.width, Math.ceil(box.x1 * scale) + 1),
    y1: Math.min(image.height, Math.ceil(box.y1 * scale) + 1),
  };
}
