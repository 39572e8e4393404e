import { coveringPictures, type IsCovered } from './coveringPictures.ts';
import { drawnPlaces } from './drawnPlaces.ts';
import { drawnSquares } from './drawnSquares.ts';
import { ReadError } from './errors.ts';
import { type Matrix, mapRectangle, quarterTurn, type Rectangle, type Size } from './geometry.ts';
import type { Fragment } from './layout.ts';
import { pageNotes } from './pageNotes.ts';
import { pageObjects } from './pageObjects.ts';
import { loadDocument, openPdfium, openScratch, type Pdfium, type Scratch } from './pdfium.ts';
import { FILE_ATTACHMENT, filesWithin, holdsFiles } from './pdfiumFiles.ts';
import { pagesSearched } from './pinnedFiles.ts';
import { PIXELS_PER_POINT, type PrintedPage } from './printedPage.ts';

/** A text layer read by pdfium: quick, with the glyphs' own boxes; forms and damaged files are left to others. */
export interface PdfiumText {
  readonly pages: number;
  readPage(number: number): PrintedPage;
  /** The files attached to it and pinned to its pages; undefined for one that is too large, or one too many. */
  files(): (Uint8Array | undefined)[];
  holdsFiles(): boolean;
  close(): void;
}

/** Typed notes, stamps and fields, as the library counts annotations. */
const FORMS: readonly number[] = [3, 13, 20];
const INVISIBLE = 3;
const ONLY_CLIPS = 7;
/** Their stroke is seen whatever they are filled with. */
const OUTLINED: readonly number[] = [1, 2, 5, 6];
const PALE = 235;

export async function openPdfiumText(bytes: Uint8Array, password?: string): Promise<PdfiumText> {
  const pdfium = await openPdfium();
  const scratch = openScratch(pdfium);
  try {
    const document = loadDocument(pdfium, scratch, bytes, password);
    const cells = scratch.take(24);
    const opened = { pdfium, scratch, document, cells, pagesSearched: pagesSearched(bytes) };
    let last = 0;
    const turnTo = (page: number) => {
      if (last !== 0) pdfium.FPDF_ClosePage(last);
      last = page;
    };
    return {
      pages: pdfium.FPDF_GetPageCount(document),
      readPage(number) {
        const page = pdfium.FPDF_LoadPage(document, number - 1);
        if (page === 0) throw new ReadError('corrupt');
        // The page before was open until now: fonts that no open page uses are dropped, and loaded anew for the next.
        turnTo(page);
        const read = readPage(pdfium, scratch, document, page, cells);
        return { ...read, keepsFile: read.keepsFile && number > opened.pagesSearched() };
      },
      files: () => filesWithin(opened),
      holdsFiles: () => holdsFiles(opened),
      close() {
        turnTo(0);
        pdfium.FPDF_CloseDocument(document);
        scratch.free();
      },
    };
  } catch (error) {
    scratch.free();
    throw error;
  }
}

function readPage(pdfium: Pdfium, scratch: Scratch, document: number, page: number, cells: number): PrintedPage {
  const text = pdfium.FPDFText_LoadPage(page);
  try {
    const points = { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page) };
    const toPixels = matrixOf(pdfium, scratch, page, points, cells);
    const objects = pageObjects(pdfium, scratch, page, toPixels, cells);
    const isCovered = coveringPictures(pdfium, scratch, { document, page, objects }, cells);
    const found =
      text === 0 ? { fragments: [], unmapped: 0 } : glyphs(pdfium, scratch, text, toPixels, cells, isCovered);
    const drawn = drawnPlaces(pdfium, scratch, objects, cells);
    const squares = drawnSquares(pdfium, scratch, objects, cells);
    const notes = pageNotes(pdfium, page, toPixels);
    const kinds = kindsOfAnnotations(pdfium, page);
    const hasForms = FORMS.some((kind) => kinds.has(kind));
    const keepsFile = kinds.has(FILE_ATTACHMENT);
    return { size: pixels(points), toPixels, ...found, drawn, squares, hasForms, keepsFile, notes };
  } finally {
    if (text !== 0) pdfium.FPDFText_ClosePage(text);
  }
}

function pixels({ width, height }: Size): Size {
  return {
    width: Math.max(1, Math.round(width * PIXELS_PER_POINT)),
    height: Math.max(1, Math.round(height * PIXELS_PER_POINT)),
  };
}

/** How the page's own coordinates lie on its picture: crop, turn and the axis that points up are all in it. */
function matrixOf(pdfium: Pdfium, scratch: Scratch, page: number, { width, height }: Size, cells: number): Matrix {
  // The library answers in whole units: on a picture a thousand times as large, a unit is a thousandth of a pixel.
  const fine = 1_000;
  const most = 2 ** 30;
  const scale = Math.min(fine * PIXELS_PER_POINT, most / Math.max(width, height, 1));
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  const place = (x: number, y: number) => {
    pdfium.FPDF_PageToDevice(page, 0, 0, across, down, 0, x, y, cells, cells + 4);
    return [
      (scratch.int(cells) * PIXELS_PER_POINT) / scale,
      (scratch.int(cells + 4) * PIXELS_PER_POINT) / scale,
    ] as const;
  };
  const [e, f] = place(0, 0);
  const reach = 100;
  const [ax, ay] = place(reach, 0);
  const [cx, cy] = place(0, reach);
  return [(ax - e) / reach, (ay - f) / reach, (cx - e) / reach, (cy - f) / reach, e, f];
}

interface Run {
  text: string;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  angle: number;
  first: number;
}

/** Letters joined to words at the spaces the library sees or adds; a word also ends where its line turns. */
function glyphs(
  pdfium: Pdfium,
  scratch: Scratch,
  text: number,
  toPixels: Matrix,
  cells: number,
  isCovered: IsCovered,
): { fragments: Fragment[]; unmapped: number } {
  const fragments: Fragment[] = [];
  const count = pdfium.FPDFText_CountChars(text);
  let run: Run | undefined;
  let unmapped = 0;
  const finish = () => {
    if (run) fragments.push(fragmentOf(pdfium, scratch, text, run, toPixels, cells, isCovered));
    run = undefined;
  };
  for (let index = 0; index < count; index++) {
    const letter = letterOf(pdfium.FPDFText_GetUnicode(text, index));
    if (letter === undefined) {
      finish();
      continue;
    }
    if (letter === '' || pdfium.FPDFText_GetLooseCharBox(text, index, cells) === 0) continue;
    if (pdfium.FPDFText_HasUnicodeMapError(text, index) === 1) unmapped++;
    const x0 = scratch.float(cells);
    const y1 = scratch.float(cells + 4);
    const x1 = scratch.float(cells + 8);
    const y0 = scratch.float(cells + 12);
    const angle = pdfium.FPDFText_GetCharAngle(text, index);
    const next = { x0, y0, x1, y1 };
    if (
      run &&
      (Math.abs(run.angle - angle) > 0.1 || isApart(run, next) || isOverprinted(pdfium, text, run, next, index))
    )
      finish();
    if (run) {
      run.text += letter;
      run.x0 = Math.min(run.x0, x0);
      run.y0 = Math.min(run.y0, y0);
      run.x1 = Math.max(run.x1, x1);
      run.y1 = Math.max(run.y1, y1);
    } else {
      run = { text: letter, x0, y0, x1, y1, angle, first: index };
    }
  }
  finish();
  return { fragments, unmapped };
}

/** Broken words and crowded columns follow each other without a space. */
function isApart(run: Rectangle, next: Rectangle): boolean {
  const size = Math.max(1, Math.min(next.y1 - next.y0, next.x1 - next.x0 > 0 ? run.y1 - run.y0 : 1));
  const across = Math.max(next.x0 - run.x1, run.x0 - next.x1);
  const down = Math.max(next.y0 - run.y1, run.y0 - next.y1);
  return across > size || down > size * 0.2;
}

/** A cell too narrow for its words: the next cell's, drawn apart, begins on top of them. */
function isOverprinted(pdfium: Pdfium, text: number, run: Run, next: Rectangle, index: number): boolean {
  const goesBack = run.x1 - next.x0 > 0.08 * (run.y1 - run.y0) && next.x1 > run.x1;
  return goesBack && pdfium.FPDFText_GetTextObject(text, index) !== pdfium.FPDFText_GetTextObject(text, index - 1);
}

/** A letter as it is read; undefined where a word ends; nothing for what takes no ink. A hyphen at a line's end is 2. */
function letterOf(code: number): string | undefined {
  if (code > 0x20 && code < 0x7f) return String.fromCharCode(code);
  if (code === 0x20) return undefined;
  if (code === 0x02 || code === 0xad) return '-';
  const letter = code > 0x10ffff ? '' : String.fromCodePoint(code);
  if (/^\s$/u.test(letter)) return undefined;
  if (/^[\u200b-\u200f\u2060\ufeff\ufffe\uffff\p{Cc}]$/u.test(letter)) return '';
  // Ligatures and half-width letters as they are typed.
  return /^[\ufb00-\ufb06]$/u.test(letter) ? letter.normalize('NFKC') : letter;
}

function fragmentOf(
  pdfium: Pdfium,
  scratch: Scratch,
  text: number,
  run: Run,
  toPixels: Matrix,
  cells: number,
  isCovered: IsCovered,
): Fragment {
  const [a = 1, b = 0] = toPixels;
  // The library counts clockwise on a page that points up; what the page's turn adds is in the matrix.
  const turn = (Math.atan2(b, a) * 180) / Math.PI;
  const place = mapRectangle(run, toPixels);
  const object = pdfium.FPDFText_GetTextObject(text, run.first);
  const ink = isCovered(object, place) ? 'none' : inkOf(pdfium, scratch, text, { object, index: run.first }, cells);
  return {
    text: run.text,
    ...place,
    confidence: 1,
    angle: quarterTurn((run.angle * 180) / Math.PI + turn),
    continues: false,
    ...(ink && { ink }),
  };
}

/** What a letter is drawn with that cannot be seen; undefined where it can. */
function inkOf(
  pdfium: Pdfium,
  scratch: Scratch,
  text: number,
  { object, index }: { object: number; index: number },
  cells: number,
): Fragment['ink'] {
  const mode = object === 0 ? 0 : pdfium.FPDFTextObj_GetTextRenderMode(object);
  if (mode === INVISIBLE || mode === ONLY_CLIPS) return 'none';
  const [red, green, blue, alpha] = [cells, cells + 4, cells + 8, cells + 12];
  if (OUTLINED.includes(mode) || pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha) === 0) return;
  if ((scratch.int(alpha) & 0xff) <= 255 - PALE) return 'none';
  return [red, green, blue].every((at) => (scratch.int(at) & 0xff) >= PALE) ? 'pale' : undefined;
}

function kindsOfAnnotations(pdfium: Pdfium, page: number): ReadonlySet<number> {
  const kinds = new Set<number>();
  const count = pdfium.FPDFPage_GetAnnotCount(page);
  for (let index = 0; index < count; index++) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    kinds.add(pdfium.FPDFAnnot_GetSubtype(annotation));
    pdfium.FPDFPage_CloseAnnot(annotation);
  }
  return kinds;
}
