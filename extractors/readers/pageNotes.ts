import type { Note } from '#core';
import { type Matrix, mapRectangle, type Rectangle } from './geometry.ts';
import { type Pdfium, type Scratch, withScratch } from './pdfium.ts';

/** Text, lines, shapes, highlights and other marks, carets and ink: what people put on a page to speak about it. */
const MARKUP: readonly number[] = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15];
const HIDDEN = 2;
const MOST_NOTES = 1_000;
const MOST_BYTES = 100_000;

/** The comments on a page, and the notes to its marked passages, on the page's pixels. */
export function pageNotes(pdfium: Pdfium, page: number, toPixels: Matrix): Note[] {
  const count = pdfium.FPDFPage_GetAnnotCount(page);
  if (count === 0) return [];
  return withScratch(pdfium, (scratch) => {
    const notes: Note[] = [];
    const room: Room = { scratch, key: scratch.put(Buffer.from('Contents\0')), place: scratch.take(16) };
    for (let index = 0; index < count && notes.length < MOST_NOTES; index++) {
      const annotation = pdfium.FPDFPage_GetAnnot(page, index);
      if (annotation === 0) continue;
      notes.push(...noteOf(pdfium, annotation, room, toPixels));
      pdfium.FPDFPage_CloseAnnot(annotation);
    }
    return notes;
  });
}

interface Room {
  readonly scratch: Scratch;
  readonly key: number;
  readonly place: number;
}

function noteOf(pdfium: Pdfium, annotation: number, { scratch, key, place }: Room, toPixels: Matrix): Note[] {
  const isShown = (pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN) === 0;
  if (!isShown || !MARKUP.includes(pdfium.FPDFAnnot_GetSubtype(annotation))) return [];
  const text = textOf(pdfium, annotation, scratch, key);
  return text === '' ? [] : [{ text: text ?? '', ...boxOf(pdfium, annotation, scratch, place, toPixels) }];
}

/** Undefined where it is too long to be shown: a person hears of it all the same. */
function textOf(pdfium: Pdfium, annotation: number, scratch: Scratch, key: number): string | undefined {
  const length = pdfium.FPDFAnnot_GetStringValue(annotation, key, 0, 0);
  if (length > MOST_BYTES) return undefined;
  const at = scratch.take(length);
  pdfium.FPDFAnnot_GetStringValue(annotation, key, at, length);
  return new TextDecoder('utf-16le').decode(scratch.copy(at, length)).replaceAll('\0', '').trim();
}

/** The page's corner where its place cannot be told. */
function boxOf(pdfium: Pdfium, annotation: number, scratch: Scratch, place: number, toPixels: Matrix): Rectangle {
  if (pdfium.FPDFAnnot_GetRect(annotation, place) === 0) return { x0: 0, y0: 0, x1: 0, y1: 0 };
  const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => scratch.float(place + offset));
  return mapRectangle({ x0: left!, y0: bottom!, x1: right!, y1: top! }, toPixels);
}
