import type { Rectangle } from './geometry.ts';
import type { Grey } from './grey.ts';
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
const LEAST_HEIGHT = 4;
const HIGHEST_SHARE = 0.12;
/** Letters that touch, at most. */
const LONGEST = 8;
/** A bright box on a dark page has text of its own in it; touching letters leave much of their rectangle dark. */
const BOXED = { width: 3, filled: 0.75 };
const SPECK = 3;
const BRIGHT = 0.9;

/** The light print on a dark part of a picture; undefined where nothing on it looks like a letter. */
export function lightPrintOn(part: DarkPart, image: Grey, paper: number): LightPrint | undefined {
  const tallest = Math.max(LEAST_HEIGHT, Math.round(HIGHEST_SHARE * Math.min(image.width, image.height)));
  const field = closed(part, tallest);
  const level = part.brightness + LIGHT * (paper - part.brightness);
  const { labels, pieces } = lightPieces(part, image, level);
  const within = pieces.filter((piece) => isEnclosed(piece, part) && shareIn(piece, part, field) >= BRIGHT);
  const letters = within.filter((piece) => isLetter(piece, tallest));
  if (letters.length === 0) return undefined;
  const rows = letters.filter((letter) => letters.some((other) => isNextInRow(letter, other)));
  const specks = within.filter((piece) => !letters.includes(piece) && Math.max(...sides(piece)) >= SPECK);
  const isPrint = new Set(within.filter((piece) => !isBox(piece, tallest)).map(({ label }) => label));
  for (const box of within.filter((piece) => isBox(piece, tallest))) clear(field, box, part);
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
    inRows: rows.length,
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

function isLetter(piece: Piece, tallest: number): boolean {
  const [across, down] = sides(piece);
  const hasShape = down >= LEAST_HEIGHT && down <= tallest && across <= LONGEST * down && down <= LONGEST * across;
  return hasShape && !isBox(piece, tallest);
}

function isBox(piece: Piece, tallest: number): boolean {
  const [across, down] = sides(piece);
  const isFull = piece.area > BOXED.filled * across * down;
  return down > tallest || across > 2 * tallest || (isFull && down > SPECK && across > BOXED.width * down);
}

/** Letters of one line: about as high, on about the same foot, not far apart. */
function isNextInRow(a: Piece, b: Piece): boolean {
  if (a === b) return false;
  const [less, more] = [a.y1 - a.y0, b.y1 - b.y0].sort((x, y) => x - y) as [number, number];
  const gap = Math.max(a.x0, b.x0) - Math.min(a.x1, b.x1);
  return more <= 2.2 * less && Math.abs(a.y1 - b.y1) <= 0.35 * more && gap > -0.5 * more && gap <= 2 * more;
}

function clear(field: Uint8Array, { x0, y0, x1, y1 }: Rectangle, part: DarkPart): void {
  for (let y = y0; y < y1; y++) field.fill(0, y * width(part) + x0, y * width(part) + x1);
}

function sides({ x0, y0, x1, y1 }: Rectangle): [across: number, down: number] {
  return [x1 - x0, y1 - y0];
}

function width({ x0, x1 }: Rectangle): number {
  return x1 - x0;
}
