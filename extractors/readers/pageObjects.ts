import type { Matrix } from './geometry.ts';
import { type Pdfium, type Scratch, withScratch } from './pdfium.ts';

export const PATH = 2;
export const IMAGE = 3;
const FORM = 5;
/** Kinds of a path's segments. */
export const LINE_TO = 0;
export const MOVE_TO = 2;
const MOST_OBJECTS = 20_000;
const MOST_DEPTH = 4;

/** Something a page draws, with the way from its own coordinates to the page's pixels. */
export interface PageObject {
  readonly object: number;
  readonly kind: number;
  readonly matrix: Matrix;
}

/** What a page draws, in the order it is painted; forms give what they hold. */
export function pageObjects(
  pdfium: Pdfium,
  scratch: Scratch,
  page: number,
  toPixels: Matrix,
  cells: number,
): PageObject[] {
  const found: PageObject[] = [];
  let left = MOST_OBJECTS;
  const visit = (object: number, matrix: Matrix, depth: number): void => {
    const kind = pdfium.FPDFPageObj_GetType(object);
    if (kind !== FORM) {
      found.push({ object, kind, matrix });
      return;
    }
    const inner = depth < MOST_DEPTH ? combined(matrixOf(pdfium, scratch, object, cells), matrix) : undefined;
    const count = inner ? pdfium.FPDFFormObj_CountObjects(object) : 0;
    for (let index = 0; inner && index < count && left-- > 0; index++) {
      visit(pdfium.FPDFFormObj_GetObject(object, index), inner, depth + 1);
    }
  };
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let index = 0; index < count && left-- > 0; index++) {
    visit(pdfium.FPDFPage_GetObject(page, index), toPixels, 0);
  }
  return found;
}

/**
 * Pixels of the largest picture on a page, its stamps and notes included, as the headers say them: nothing is decoded.
 * Everything is looked at, however much or deep it lies: the library holds it by then.
 */
export function mostPixelsOnPage(pdfium: Pdfium, page: number): number {
  return withScratch(pdfium, (scratch) => mostPixels(pdfium, scratch, page));
}

function mostPixels(pdfium: Pdfium, scratch: Scratch, page: number): number {
  const cells = scratch.take(8);
  let most = 0;
  const visit = (object: number): void => {
    const kind = pdfium.FPDFPageObj_GetType(object);
    if (kind === IMAGE && pdfium.FPDFImageObj_GetImagePixelSize(object, cells, cells + 4) !== 0) {
      most = Math.max(most, scratch.int(cells) * scratch.int(cells + 4));
    }
    const count = kind === FORM ? pdfium.FPDFFormObj_CountObjects(object) : 0;
    for (let index = 0; index < count; index++) visit(pdfium.FPDFFormObj_GetObject(object, index));
  };
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index++) visit(pdfium.FPDFPage_GetObject(page, index));
  const annotations = pdfium.FPDFPage_GetAnnotCount(page);
  for (let at = 0; at < annotations; at++) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, at);
    const objects = annotation === 0 ? 0 : pdfium.FPDFAnnot_GetObjectCount(annotation);
    for (let index = 0; index < objects; index++) visit(pdfium.FPDFAnnot_GetObject(annotation, index));
    if (annotation !== 0) pdfium.FPDFPage_CloseAnnot(annotation);
  }
  return most;
}

/** The way from an object's own coordinates, as its path's points have them, to the page's pixels. */
export function ownMatrix(pdfium: Pdfium, scratch: Scratch, { object, matrix }: PageObject, cells: number): Matrix {
  return combined(matrixOf(pdfium, scratch, object, cells), matrix);
}

function matrixOf(pdfium: Pdfium, scratch: Scratch, object: number, cells: number): Matrix {
  if (pdfium.FPDFPageObj_GetMatrix(object, cells) === 0) return [1, 0, 0, 1, 0, 0];
  return [0, 4, 8, 12, 16, 20].map((offset) => scratch.float(cells + offset));
}

/** First `inner`, then `outer`. */
function combined(inner: Matrix, outer: Matrix): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = inner;
  const [A = 1, B = 0, C = 0, D = 1, E = 0, F = 0] = outer;
  return [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
}
