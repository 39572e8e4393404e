import { darkPrintOn } from './darkPrint.ts';
import type { Rectangle, Size } from './geometry.ts';
import { type Grey, resize } from './grey.ts';
import { DARKEST_SHADOW, quantile, usualPaper } from './illumination.ts';
import { type DarkPart, type LightPrint, lightPrintOn } from './lightPrint.ts';
import { type Piece, type Pieces, piecesOf } from './pieces.ts';

/** What a picture shows beside dark print on light paper: light print on dark ground, and what lies around the paper. */
export interface Ground extends Size {
  /** For each pixel of a smaller picture, row by row: 0 where all is paper and its print, or its number in `shades`, from 1. */
  readonly places: Uint16Array;
  readonly shades: readonly Shade[];
}

/** What each of the 256 brightnesses of a part becomes; a `surround` becomes white once light is even. */
type Shade = Uint8Array | 'surround';

/** On a page of this size letters are 8 to 13 pixels high and their strokes 1 to 3 wide. */
const MOST_PIXELS = 1_200_000;
/** Paper in the deepest shadow is darker than this share of the rest too, but then no light print stands on it. */
const DARK = 0.62;
/** A dark ground has unprinted squares of this side, as a share of the picture's shorter one; a stroke has none. */
const SQUARE = 1 / 200;
const LEAST_SQUARE = 3;
const MOST_PARTS = 200;
/** What lies around the paper runs along the picture's edge at least so far, as a share of its shorter side. */
const LEAST_RUN = 0.08;
/** Counters of bold letters, two in a row, look like letters too. At the picture's edge no bold letters stand. */
const LEAST_IN_ROWS = { atEdge: 2, within: 3 };
/** Cells of one table's head differ less in brightness. */
const ALIKE = 25;
/** How far the soft edge of a part reaches. */
const RIM = 2;
/** What is left of the paper's brightness where a light letter was. */
const INK = 0.1;
/** Print darker than its ground is all ink where it is darker by this share of the ground. */
const DARK_INK = 0.6;
/** Grain and scratches stand in a row too, but not so many. */
const LEAST_OF_LINES = 12;
const WHITE = 255;

/** Undefined where a picture shows nothing but dark print on light paper. */
export async function groundOf(original: Grey): Promise<Ground | undefined> {
  const image = await shrunk(original);
  const paper = usualPaper(image);
  const places = new Uint16Array(image.data.length);
  const shades: Shade[] = [];
  for (const { part, print } of printedParts(image, paper)) {
    const shade = inverted(part.brightness, print.brightness);
    shades.push(shade, darkOnly(shade));
    const [all, rim] = [shades.length - 1, shades.length];
    const dark = darkPrintOn(part, image, paper);
    if (dark.inRows >= LEAST_IN_ROWS.within) {
      shades.push(withDark(shade, part.brightness));
      const field = dark.field.map((is, at) => is & print.field[at]!);
      lay({ places, image }, part, field, shades.length, rim);
    }
    lay({ places, image }, part, print.field, all, rim);
  }
  for (const part of darkParts(image, DARKEST_SHADOW * paper)) {
    if (!liesAround(part, image) || isPrinted(part, places, image) || isShadedPaper(part, image, paper)) continue;
    shades.push('surround');
    lay({ places, image }, part, withSpecks(part), shades.length, shades.length);
  }
  return shades.length === 0 ? undefined : { places, shades, width: image.width, height: image.height };
}

/** The dark parts with light print on them. */
function printedParts(image: Grey, paper: number): { part: DarkPart; print: LightPrint }[] {
  const seen = darkParts(image, DARK * paper).flatMap((part) => {
    const print = lightPrintOn(part, image, paper);
    return print ? [{ part, print }] : [];
  });
  const sure = seen.filter(({ part, print: { clean, inRows } }) => {
    return clean && inRows >= LEAST_IN_ROWS[touchesEdge(part, image) ? 'atEdge' : 'within'];
  });
  return seen.filter(({ part }) => sure.some((other) => isCellBeside(part, other.part)));
}

/** The picture with its light print as dark print on light ground. */
export function lightPrintDarkened(original: Grey, ground: Ground): Grey {
  return mapped(original, ground, (shade, value) => (shade === 'surround' ? value : shade[value]!));
}

/** The picture, its light even, with nothing but white around its paper. */
export function withoutSurround(lit: Grey, ground: Ground): Grey {
  return mapped(lit, ground, (shade, value) => (shade === 'surround' ? WHITE : value));
}

function mapped(image: Grey, ground: Ground, become: (shade: Shade, value: number) => number): Grey {
  const { width, height } = image;
  const data = image.data.slice();
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * ground.height) / height) * ground.width;
    for (let x = 0; x < width; x++) {
      const place = ground.places[row + Math.floor((x * ground.width) / width)];
      if (place) data[y * width + x] = become(ground.shades[place - 1]!, data[y * width + x]!);
    }
  }
  return { data, width, height };
}

async function shrunk(image: Grey): Promise<Grey> {
  const scale = Math.sqrt(MOST_PIXELS / (image.width * image.height));
  if (scale >= 1) return image;
  return resize(image, Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)));
}

/** The largest parts that are darker than `level` in squares wider than strokes. */
function darkParts(image: Grey, level: number): DarkPart[] {
  const side = Math.max(LEAST_SQUARE, Math.round(SQUARE * Math.min(image.width, image.height)));
  const pieces = piecesOf(darkSquares(image, level, side), image);
  const large = pieces.pieces.filter((piece) => touchesEdge(piece, image) || shorterSide(piece) > 2 * side);
  const largest = large.sort((a, b) => b.area - a.area).slice(0, MOST_PARTS);
  return largest.map((piece) => darkPart(piece, pieces, image));
}

/** 1 for each pixel of a square of that side that is darker than `level` all over. */
function darkSquares({ data, width, height }: Grey, level: number, side: number): Uint8Array {
  const squares = new Uint8Array(data.length);
  const above = new Uint16Array(width);
  for (let y = 0; y < height; y++) {
    let run = 0;
    for (let x = 0; x < width; x++) {
      above[x] = data[y * width + x]! < level ? Math.min(side, above[x]! + 1) : 0;
      run = above[x] === side ? run + 1 : 0;
      if (run < side) continue;
      for (let j = y - side + 1; j <= y; j++) squares.fill(1, j * width + x - side + 1, j * width + x + 1);
    }
  }
  return squares;
}

function darkPart({ label, x0, y0, x1, y1 }: Piece, { labels }: Pieces, image: Grey): DarkPart {
  const own = new Uint8Array((x1 - x0) * (y1 - y0));
  const counts = new Uint32Array(256);
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      if (labels[y * image.width + x] !== label) continue;
      own[(y - y0) * (x1 - x0) + x - x0] = 1;
      counts[image.data[y * image.width + x]!]!++;
    }
  }
  return { x0, y0, x1, y1, own, brightness: quantile(counts, 0.5) };
}

function shorterSide({ x0, y0, x1, y1 }: Rectangle): number {
  return Math.min(x1 - x0, y1 - y0);
}

function touchesEdge({ x0, y0, x1, y1 }: Rectangle, { width, height }: Size): boolean {
  return x0 <= 1 || y0 <= 1 || x1 >= width - 1 || y1 >= height - 1;
}

/** The part itself, or the next cell of a table's head, with a word too short to tell. */
function isCellBeside(part: DarkPart, other: DarkPart): boolean {
  const isLevel = Math.abs(part.y0 - other.y0) <= RIM && Math.abs(part.y1 - other.y1) <= RIM;
  return part === other || (isLevel && Math.abs(part.brightness - other.brightness) < ALIKE);
}

function liesAround(part: DarkPart, image: Size): boolean {
  const run = Math.max(part.x1 - part.x0, part.y1 - part.y0);
  return run >= LEAST_RUN * Math.min(image.width, image.height) && touchesEdge(part, image);
}

/** Whether most of a part belongs to light print already. */
function isPrinted({ own, x0, y0, x1 }: DarkPart, places: Uint16Array, { width }: Size): boolean {
  const across = x1 - x0;
  const isPlaced = (at: number) => places[(y0 + Math.floor(at / across)) * width + x0 + (at % across)] !== 0;
  const area = own.reduce((sum, is) => sum + is, 0);
  return 2 * own.reduce((sum, is, at) => sum + (is && isPlaced(at) ? 1 : 0), 0) > area;
}

/** Paper in a shade, darker than any shadow beside a window or a lamp: lines of print stand on it. */
function isShadedPaper(part: DarkPart, image: Grey, paper: number): boolean {
  const { inRows, clean } = darkPrintOn(part, image, paper);
  return inRows >= LEAST_OF_LINES && clean;
}

/** A part with what it encloses that is too small to be paper. */
function withSpecks({ own, x0, y0, x1, y1 }: DarkPart): Uint8Array {
  const [width, height] = [x1 - x0, y1 - y0];
  const { labels, pieces } = piecesOf(
    own.map((is) => 1 - is),
    { width, height },
  );
  const isSpeck = new Set(
    pieces
      .filter((piece) => piece.x0 > 0 && piece.y0 > 0 && piece.x1 < width && piece.y1 < height)
      .filter((piece) => piece.area < MOST_PIXELS / 3000)
      .map(({ label }) => label),
  );
  return own.map((is, at) => (is || isSpeck.has(labels[at]!) ? 1 : 0));
}

/** Ground as bright as its letters were, and they nearly black. */
function inverted(ground: number, letters: number): Uint8Array {
  const range = Math.max(1, letters - ground);
  return Uint8Array.from({ length: 256 }, (_, value) => {
    const way = Math.min(1, Math.max(0, (value - ground) / range));
    return Math.round(letters * (1 - (1 - INK) * way));
  });
}

/** The same with what is darker than the ground nearly black too. */
function withDark(shade: Uint8Array, ground: number): Uint8Array {
  return shade.map((becomes, value) => {
    const way = Math.min(1, Math.max(0, (ground - value) / (DARK_INK * ground)));
    return Math.round(becomes * (1 - (1 - INK) * way));
  });
}

/** The same for what is dark there, and the paper beside it as it is. */
function darkOnly(shade: Uint8Array): Uint8Array {
  return shade.map((becomes, value) => Math.max(becomes, value));
}

/** Marks a part's field and the rim around it, where no other part has a field. */
function lay(
  { places, image }: { places: Uint16Array; image: Size },
  part: DarkPart,
  field: Uint8Array,
  shade: number,
  rim: number,
): void {
  const across = part.x1 - part.x0;
  const { width, height } = image;
  for (let y = part.y0; y < part.y1; y++) {
    for (let x = part.x0; x < part.x1; x++) {
      if (!field[(y - part.y0) * across + x - part.x0]) continue;
      const at = y * width + x;
      if (!places[at] || places[at] === rim) places[at] = shade;
      for (let j = Math.max(0, y - RIM); j <= Math.min(height - 1, y + RIM); j++) {
        for (let i = Math.max(0, x - RIM); i <= Math.min(width - 1, x + RIM); i++) places[j * width + i] ||= rim;
      }
    }
  }
}
