import type { Rectangle } from './geometry.ts';
import type { Grey } from './grey.ts';
import { hasLetterShape, inRows, sides, tallestLetter } from './letterShape.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** A dark part of a picture: its rectangle, and which pixels in it are dark all around. */
export interface DarkPart extends Rectangle {
  /** 1 for each of its own pixels, row by row within the rectangle. */
  readonly own: Uint8Array;
  /** How bright it is. */
  readonly brightness: number;
}

/** What stands on a dark part in light letters. */
export interface LightPrint {
  /** 1 for each pixel of the dark ground and its letters, row by row within the part's rectangle. */
  readonly field: Uint8Array;
  /** How bright the letters are. */
  readonly brightness: number;
  /** How many of them stand in rows, as print does. */
  readonly inRows: number;
  /** Whether the rest beside them is little: on a scanner's bed dust and scratches outnumber what looks like letters. */
  readonly clean: boolean;
}

/** Print is at least so much on the way from its ground to paper. */
const LIGHT = 0.4;
/** A bright box on a dark page has text of its own in it; touching letters leave much of their rectangle dark. */
const BOXED = { wide: 3, filled: 0.75 };
/** Beside smaller letters, what is filled is a box, unless it is as slender as an I. */
const LARGER = 2.2;
const SLENDER = 0.5;
/** A box to be ticked, as large as a letter; smaller ones may be stops. */
const EMPTY = { filled: 0.9, least: 7, ofLetters: 0.8 };
/** What small letters enclose is lower. */
const LEAST_WITHIN = 4;
const SPECK = 3;
const BRIGHT = 0.9;

/** The light print on a dark part of a picture; undefined where nothing on it looks like a letter. */
export function lightPrintOn(part: DarkPart, image: Grey, paper: number): LightPrint | undefined {
  const tallest = tallestLetter(image);
  const field = closed(part, tallest);
  const level = part.brightness + LIGHT * (paper - part.brightness);
  const { labels, pieces } = lightPieces(part, image, level);
  const within = pieces.filter((piece) => isEnclosed(piece, part) && shareIn(piece, part, field) >= BRIGHT);
  const usual = usualHeight(within.filter((piece) => hasLetterShape(piece, tallest)));
  const boxes = new Set(within.filter((piece) => isBox(piece, tallest, usual) || holdsPrint(piece, labels, part)));
  const letters = within.filter((piece) => hasLetterShape(piece, tallest) && !boxes.has(piece));
  if (letters.length === 0) return undefined;
  const specks = within.filter((piece) => !letters.includes(piece) && Math.max(...sides(piece)) >= SPECK);
  const isPrint = new Set(within.filter((piece) => !boxes.has(piece)).map(({ label }) => label));
  for (const box of boxes) clear(field, box, part);
  const bright: number[] = [];
  labels.forEach((label, at) => {
    if (!label) return;
    const [x, y] = [at % width(part), Math.floor(at / width(part))];
    if (isPrint.has(label)) bright.push(image.data[(part.y0 + y) * image.width + part.x0 + x]!);
    else field[at] = 0;
  });
  bright.sort((a, b) => a - b);
  return {
    field,
    brightness: bright[Math.floor(bright.length * BRIGHT)] ?? paper,
    inRows: inRows(letters).length,
    clean: specks.length <= letters.length,
  };
}

/** A dark part with what is light between its own pixels above and below, no further apart than `tallest`. */
function closed(part: DarkPart, tallest: number): Uint8Array {
  const [across, down] = sides(part);
  const field = part.own.slice();
  for (let x = 0; x < across; x++) {
    let last = Number.NEGATIVE_INFINITY;
    for (let y = 0; y < down; y++) {
      if (!part.own[y * across + x]) continue;
      if (y - last > 1 && y - last <= tallest) for (let j = last + 1; j < y; j++) field[j * across + x] = 1;
      last = y;
    }
  }
  return field;
}

function lightPieces(part: DarkPart, image: Grey, level: number) {
  const [across, down] = sides(part);
  const isLight = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    const row = (part.y0 + y) * image.width + part.x0;
    for (let x = 0; x < across; x++) isLight[y * across + x] = image.data[row + x]! >= level ? 1 : 0;
  }
  return piecesOf(isLight, { width: across, height: down });
}

/** What reaches the edge of the part's rectangle may go on beyond it. */
function isEnclosed({ x0, y0, x1, y1 }: Piece, part: DarkPart): boolean {
  const [across, down] = sides(part);
  return x0 > 0 && y0 > 0 && x1 < across && y1 < down;
}

function shareIn({ x0, y0, x1, y1 }: Piece, part: DarkPart, field: Uint8Array): number {
  let inside = 0;
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) inside += field[y * width(part) + x]!;
  return inside / ((x1 - x0) * (y1 - y0));
}

/** The height of small letters, as most have none or little above them. */
function usualHeight(letters: readonly Piece[]): number {
  const heights = letters.map((letter) => sides(letter)[1]).sort((a, b) => a - b);
  return heights[Math.floor(heights.length / 4)] ?? 0;
}

function isBox(piece: Piece, tallest: number, usual: number): boolean {
  const [across, down] = sides(piece);
  if (down > tallest || across > 2 * tallest) return true;
  if (piece.area <= BOXED.filled * across * down || down <= SPECK) return false;
  if (across > BOXED.wide * down) return true;
  const isEmpty = piece.area > EMPTY.filled * across * down && down >= Math.max(EMPTY.least, EMPTY.ofLetters * usual);
  return across >= SLENDER * down && (down > LARGER * usual || (isEmpty && across <= down / SLENDER));
}

/** Whether a piece is a box with letters beside one another in it. */
function holdsPrint({ label, area, ...box }: Piece, labels: Int32Array, part: DarkPart): boolean {
  const [across, down] = sides(box);
  if (area <= BOXED.filled * across * down) return false;
  const isOther = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    const row = (box.y0 + y) * width(part) + box.x0;
    for (let x = 0; x < across; x++) isOther[y * across + x] = labels[row + x] === label ? 0 : 1;
  }
  const { pieces } = piecesOf(isOther, { width: across, height: down });
  const enclosed = pieces.filter(({ x0, y0, x1, y1 }) => x0 > 0 && y0 > 0 && x1 < across && y1 < down);
  return inRows(enclosed.filter(({ y0, y1 }) => y1 - y0 >= LEAST_WITHIN)).length > 1;
}

function clear(field: Uint8Array, { x0, y0, x1, y1 }: Rectangle, part: DarkPart): void {
  for (let y = y0; y < y1; y++) field.fill(0, y * width(part) + x0, y * width(part) + x1);
}

function width({ x0, x1 }: Rectangle): number {
  return x1 - x0;
}
