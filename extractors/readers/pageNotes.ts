import type { Note } from '#core';
import { type Matrix, mapRectangle } from './geometry.ts';
import { openScratch, type Pdfium, type Scratch } from './pdfium.ts';

/** Text, lines, shapes, highlights and other marks, carets and ink: what people put on a page to speak about it. */
const MARKUP: readonly number[] = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15];
const HIDDEN = 2;
const MOST_NOTES = 1_000;
const MOST_BYTES = 100_000;

/** The comments on a page, and the notes to its marked passages, on the page's pixels. */
export function pageNotes(pdfium: Pdfium, page: number, toPixels: Matrix): Note[] {
  const notes: Note[] = [];
  const count = pdfium.FPDFPage_GetAnnotCount(page);
  if (count === 0) return notes;
  const scratch = openScratch(pdfium);
  try {
    const room: Room = { scratch, key: scratch.put(Buffer.from('Contents\0')), place: scratch.take(16) };
    for (let index = 0; index < count && notes.length < MOST_NOTES; index++) {
      const annotation = pdfium.FPDFPage_GetAnnot(page, index);
      if (annotation === 0) continue;
      notes.push(...noteOf(pdfium, annotation, room, toPixels));
      pdfium.FPDFPage_CloseAnnot(annotation);
    }
    return notes;
  } finally {
    scratch.free();
  }
}

interface Room {
  readonly scratch: Scratch;
  readonly key: number;
  readonly place: number;
}

function noteOf(pdfium: Pdfium, annotation: number, { scratch, key, place }: Room, toPixels: Matrix): Note[] {
  const isShown = (pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN) === 0;
  if (!isShown || !MARKUP.includes(pdfium.FPDFAnnot_GetSubtype(annotation))) return [];
  const length = pdfium.FPDFAnnot_GetStringValue(annotation, key, 0, 0);
  if (length > MOST_BYTES || pdfium.FPDFAnnot_GetRect(annotation, place) === 0) return [];
  const at = scratch.take(length);
  pdfium.FPDFAnnot_GetStringValue(annotation, key, at, length);
  const text = new TextDecoder('utf-16le').decode(scratch.copy(at, length)).replaceAll('\0', '').trim();
  const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => scratch.float(place + offset));
  const box = mapRectangle({ x0: left!, y0: bottom!, x1: right!, y1: top! }, toPixels);
  return text === '' ? [] : [{ text, ...box }];
}
