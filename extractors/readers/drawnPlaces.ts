import { mapRectangle, type Rectangle } from './geometry.ts';
import { IMAGE, PATH, type PageObject } from './pageObjects.ts';
import type { Pdfium, Scratch } from './pdfium.ts';

/** A rule, a frame or a cell's ground takes fewer strokes; a letter drawn as a shape takes more. */
const SHAPE_STROKES = 8;

/** Where a page shows pictures, or shapes as rich as letters: what stands there, no text layer says. */
export function drawnPlaces(
  pdfium: Pdfium,
  scratch: Scratch,
  objects: readonly PageObject[],
  cells: number,
): Rectangle[] {
  return objects.flatMap((one) => {
    const { kind, object } = one;
    const isDrawn = kind === IMAGE || (kind === PATH && pdfium.FPDFPath_CountSegments(object) >= SHAPE_STROKES);
    return (isDrawn && placeOf(pdfium, scratch, one, cells)) || [];
  });
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
