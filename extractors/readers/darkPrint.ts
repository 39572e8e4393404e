import type { Rectangle } from './geometry.ts';
import type { Grey } from './grey.ts';
import { quantile } from './illumination.ts';
import { hasLetterShape, inRows, sides, tallestLetter } from './letterShape.ts';
import type { DarkPart } from './lightPrint.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** What stands on a dark part in letters that are darker still. */
export interface DarkPrint {
  /** 1 for each pixel of its marks' rectangles, row by row within the part's rectangle. */
  readonly field: Uint8Array;
  /** How many of its letters stand in rows, as print does. */
  readonly inRows: number;
  /** Whether all the rest is less: grain of wood or cloth makes few rows and many specks. */
  readonly clean: boolean;
}

/** Print is darker than this share of the ground around it, and by so much of the paper's brightness. */
const DARKER = 0.6;
const LEAST_STEP = 0.1;
/** Marks of print stand within their ground; what a sharp scan shows around light letters does not. */
const WITHIN = 0.9;
const SPECK = 3;
/** The soft edge of a letter. */
const EDGE = 2;

/** The print on a dark part of a picture that is darker than the ground around it. */
export function darkPrintOn(part: DarkPart, image: Grey, paper: number): DarkPrint {
  const tallest = tallestLetter(image);
  const [across, down] = sides(part);
  const { pieces } = piecesOf(darkerThanGround(part, image, paper, tallest), { width: across, height: down });
  const marks = pieces.filter((piece) => piece.y1 - piece.y0 <= tallest && isWithin(piece, part));
  const rows = inRows(marks.filter((mark) => hasLetterShape(mark, tallest)));
  const rest = pieces.filter((piece) => Math.max(...sides(piece)) >= SPECK).length - rows.length;
  const field = new Uint8Array(across * down);
  for (const { x0, y0, x1, y1 } of marks) {
    for (let y = Math.max(0, y0 - EDGE); y < Math.min(down, y1 + EDGE); y++) {
      field.fill(1, y * across + Math.max(0, x0 - EDGE), y * across + Math.min(across, x1 + EDGE));
    }
  }
  return { field, inRows: rows.length, clean: rest <= rows.length };
}

/** 1 for each of the part's own pixels that is clearly darker than most of those in the same square. */
function darkerThanGround(part: DarkPart, image: Grey, paper: number, side: number): Uint8Array {
  const [across, down] = sides(part);
  const isDarker = new Uint8Array(across * down);
  const counts = new Uint32Array(256);
  for (let top = 0; top < down; top += side) {
    for (let left = 0; left < across; left += side) {
      counts.fill(0);
      const square = { x0: left, y0: top, x1: Math.min(across, left + side), y1: Math.min(down, top + side) };
      eachOwn(part, image, square, (value) => counts[value]!++);
      const ground = quantile(counts, 0.5);
      const darkest = Math.min(DARKER * ground, ground - LEAST_STEP * paper);
      eachOwn(part, image, square, (value, at) => {
        isDarker[at] = value < darkest ? 1 : 0;
      });
    }
  }
  return isDarker;
}

/** Visits the part's own pixels in a rectangle of it. */
function eachOwn(part: DarkPart, image: Grey, area: Rectangle, visit: (value: number, at: number) => void): void {
  const [across] = sides(part);
  for (let y = area.y0; y < area.y1; y++) {
    for (let x = area.x0; x < area.x1; x++) {
      if (part.own[y * across + x]) visit(image.data[(part.y0 + y) * image.width + part.x0 + x]!, y * across + x);
    }
  }
}

function isWithin({ x0, y0, x1, y1 }: Piece, { own, ...part }: DarkPart): boolean {
  const [across] = sides(part);
  let inside = 0;
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) inside += own[y * across + x]!;
  return inside >= WITHIN * (x1 - x0) * (y1 - y0);
}
