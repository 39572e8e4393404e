import { mapRectangle, type Rectangle } from './geometry.ts';
import { IMAGE, MOVE_TO, PATH, type PageObject } from './pageObjects.ts';
import type { Pdfium, Scratch } from './pdfium.ts';

/** A rule, a frame or a cell's ground takes fewer strokes; a letter drawn as a shape takes more. */
const SHAPE_STROKES = 8;
/** In pixels: 20 points, the largest type that a text is set in. */
const LETTER_HEIGHT = 40;
/** In heights: an M, and what parts it from the next letter. A box with round corners is one outline as well, but wider. */
const LETTER_WIDTH = 1.5;
/** A path of so many strokes may be a page of letters, however far it reaches. */
const MANY_STROKES = 500;

/** Where a page shows pictures, or shapes as rich as letters: what stands there, no text layer says. */
export function drawnPlaces(
  pdfium: Pdfium,
  scratch: Scratch,
  objects: readonly PageObject[],
  cells: number,
): Rectangle[] {
  return objects.flatMap((one) => {
    const strokes = one.kind === PATH ? pdfium.FPDFPath_CountSegments(one.object) : 0;
    if (one.kind !== IMAGE && strokes < SHAPE_STROKES) return [];
    const place = placeOf(pdfium, scratch, one, cells);
    if (!place) return [];
    return one.kind === IMAGE || holdsLetters(place, strokes, () => outlines(pdfium, one.object, strokes)) ? place : [];
  });
}

/** Whether a path's outlines, one or more to a letter, are as close together as letters are. */
function holdsLetters({ x0, y0, x1, y1 }: Rectangle, strokes: number, outlines: () => number): boolean {
  if (strokes >= MANY_STROKES) return true;
  const height = Math.min(y1 - y0, LETTER_HEIGHT);
  return (x1 - x0) * (y1 - y0) <= outlines() * LETTER_WIDTH * height * height;
}

function outlines(pdfium: Pdfium, path: number, strokes: number): number {
  let begun = 0;
  for (let index = 0; index < strokes; index++) {
    if (pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(path, index)) === MOVE_TO) begun++;
  }
  return begun;
}

/** Where an object lies on the page, in its pixels; undefined where the library does not say. */
export function placeOf(
  pdfium: Pdfium,
  scratch: Scratch,
  { object, matrix }: PageObject,
  cells: number,
): Rectangle | undefined {
  if (pdfium.FPDFPageObj_GetBounds(object, cells, cells + 4, cells + 8, cells + 12) === 0) return undefined;
  const [x0, y0, x1, y1] = [0, 4, 8, 12].map((offset) => scratch.float(cells + offset)) as [
    number,
    number,
    number,
    number,
  ];
  return mapRectangle({ x0, y0, x1, y1 }, matrix);
}
