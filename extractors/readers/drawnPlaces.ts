import { type Matrix, mapRectangle, type Rectangle } from './geometry.ts';
import type { Pdfium, Scratch } from './pdfium.ts';

const PATH = 2;
const IMAGE = 3;
const FORM = 5;
/** A rule, a frame or a cell's ground takes fewer strokes; a letter drawn as a shape takes more. */
const SHAPE_STROKES = 8;
const MOST_OBJECTS = 20_000;
const MOST_DEPTH = 4;

/** Where a page shows pictures, or shapes as rich as letters: what stands there, no text layer says. */
export function drawnPlaces(pdfium: Pdfium, scratch: Scratch, page: number, toPixels: Matrix, cells: number) {
  const places: Rectangle[] = [];
  let left = MOST_OBJECTS;
  const visit = (object: number, matrix: Matrix, depth: number): void => {
    const kind = pdfium.FPDFPageObj_GetType(object);
    if (kind === FORM) {
      const inner = depth < MOST_DEPTH ? combined(matrixOf(pdfium, scratch, object, cells), matrix) : undefined;
      const count = inner ? pdfium.FPDFFormObj_CountObjects(object) : 0;
      for (let index = 0; inner && index < count && left-- > 0; index++) {
        visit(pdfium.FPDFFormObj_GetObject(object, index), inner, depth + 1);
      }
    } else if (kind === IMAGE || (kind === PATH && pdfium.FPDFPath_CountSegments(object) >= SHAPE_STROKES)) {
      const box = boundsOf(pdfium, scratch, object, cells);
      if (box) places.push(mapRectangle(box, matrix));
    }
  };
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let index = 0; index < count && left-- > 0; index++) {
    visit(pdfium.FPDFPage_GetObject(page, index), toPixels, 0);
  }
  return places;
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

function boundsOf(pdfium: Pdfium, scratch: Scratch, object: number, cells: number): Rectangle | undefined {
  if (pdfium.FPDFPageObj_GetBounds(object, cells, cells + 4, cells + 8, cells + 12) === 0) return undefined;
  const [x0, y0, x1, y1] = [0, 4, 8, 12].map((offset) => scratch.float(cells + offset)) as [
    number,
    number,
    number,
    number,
  ];
  return { x0, y0, x1, y1 };
}
