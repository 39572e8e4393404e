import { PDFiumLibrary } from '@hyzyla/pdfium';
import { z } from 'zod';
import { ReadError } from './errors.ts';
import type { Size } from './geometry.ts';

/** A pointer into the library's memory; 0 is none. */
type Pointer = number;

/**
 * The part of pdfium's C interface that reads text and attachments, as its WebAssembly exports it: its package's own
 * functions around these check themselves at each call, a tenth of the time of a page that is asked letter by letter.
 */
export interface Pdfium {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): Pointer;
  free(at: Pointer): void;
  FPDF_LoadMemDocument(bytes: Pointer, length: number, password: Pointer): Pointer;
  FPDF_CloseDocument(document: Pointer): void;
  FPDF_GetLastError(): number;
  FPDF_GetPageCount(document: Pointer): number;
  /** Two floats, without what the page holds being looked at. */
  FPDF_GetPageSizeByIndexF(document: Pointer, index: number, size: Pointer): number;
  FPDF_LoadPage(document: Pointer, index: number): Pointer;
  FPDF_ClosePage(page: Pointer): void;
  FPDF_GetPageWidthF(page: Pointer): number;
  FPDF_GetPageHeightF(page: Pointer): number;
  FPDF_PageToDevice(
    page: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    turns: number,
    x: number,
    y: number,
    toX: Pointer,
    toY: Pointer,
  ): number;
  FPDFText_LoadPage(page: Pointer): Pointer;
  FPDFText_ClosePage(text: Pointer): void;
  FPDFText_CountChars(text: Pointer): number;
  FPDFText_GetUnicode(text: Pointer, index: number): number;
  FPDFText_GetLooseCharBox(text: Pointer, index: number, box: Pointer): number;
  FPDFText_GetCharAngle(text: Pointer, index: number): number;
  FPDFText_HasUnicodeMapError(text: Pointer, index: number): number;
  FPDFText_GetTextObject(text: Pointer, index: number): Pointer;
  FPDFText_GetFillColor(
    text: Pointer,
    index: number,
    red: Pointer,
    green: Pointer,
    blue: Pointer,
    alpha: Pointer,
  ): number;
  FPDFTextObj_GetTextRenderMode(object: Pointer): number;
  FPDFPage_CountObjects(page: Pointer): number;
  FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  FPDFFormObj_CountObjects(form: Pointer): number;
  FPDFFormObj_GetObject(form: Pointer, index: number): Pointer;
  FPDFPageObj_GetType(object: Pointer): number;
  FPDFPageObj_GetBounds(object: Pointer, left: Pointer, bottom: Pointer, right: Pointer, top: Pointer): number;
  /** Six floats. */
  FPDFPageObj_GetMatrix(object: Pointer, matrix: Pointer): number;
  /** Two whole numbers, as the picture's header says them. */
  FPDFImageObj_GetImagePixelSize(image: Pointer, width: Pointer, height: Pointer): number;
  FPDFPath_CountSegments(path: Pointer): number;
  FPDFPath_GetPathSegment(path: Pointer, index: number): Pointer;
  FPDFPathSegment_GetType(segment: Pointer): number;
  /** Two floats, in the path's own coordinates. */
  FPDFPathSegment_GetPoint(segment: Pointer, x: Pointer, y: Pointer): number;
  FPDFPageObj_HasTransparency(object: Pointer): number;
  /** The picture with its masks, a pixel to the point, each of blue, green, red and how solid it is; to be destroyed. */
  FPDFImageObj_GetRenderedBitmap(document: Pointer, page: Pointer, image: Pointer): Pointer;
  FPDFBitmap_GetWidth(bitmap: Pointer): number;
  FPDFBitmap_GetHeight(bitmap: Pointer): number;
  FPDFBitmap_GetStride(bitmap: Pointer): number;
  FPDFBitmap_GetBuffer(bitmap: Pointer): Pointer;
  FPDFBitmap_Destroy(bitmap: Pointer): void;
  FPDFPage_GetAnnotCount(page: Pointer): number;
  FPDFPage_GetAnnot(page: Pointer, index: number): Pointer;
  FPDFPage_CloseAnnot(annotation: Pointer): void;
  FPDFAnnot_GetSubtype(annotation: Pointer): number;
  FPDFAnnot_GetFlags(annotation: Pointer): number;
  /** Four floats: left, top, right, bottom. */
  FPDFAnnot_GetRect(annotation: Pointer, rectangle: Pointer): number;
  /** UTF-16 with a zero at its end; tells how many bytes that takes. `key` ends with a zero too. */
  FPDFAnnot_GetStringValue(annotation: Pointer, key: Pointer, to: Pointer, length: number): number;
  FPDFAnnot_GetObjectCount(annotation: Pointer): number;
  FPDFAnnot_GetObject(annotation: Pointer, index: number): Pointer;
  /** The file that an annotation pins to its page; 0 where there is none. */
  FPDFAnnot_GetFileAttachment(annotation: Pointer): Pointer;
  FPDFDoc_GetAttachmentCount(document: Pointer): number;
  FPDFDoc_GetAttachment(document: Pointer, index: number): Pointer;
  FPDFAttachment_GetFile(attachment: Pointer, to: Pointer, length: number, needs: Pointer): number;
}

const callable = z.custom((value) => typeof value === 'function');
const exportsOfPdfium = z.custom<Pdfium>((value) => {
  const needed = z.looseObject({ malloc: callable, FPDFText_LoadPage: callable, FPDFText_GetLooseCharBox: callable });
  return needed.safeParse(value).success;
});
const openedLibrary = z.object({ module: z.object({ wasmExports: exportsOfPdfium }) });

const PASSWORD_NEEDED = 4;

let library: Promise<Pdfium> | undefined;

/** The library once per process. Its package shows pixels only, so what it wraps is taken out of it. */
export function openPdfium(): Promise<Pdfium> {
  library ??= PDFiumLibrary.init().then(exportsOf);
  return library;
}

export function exportsOf(opened: PDFiumLibrary): Pdfium {
  return openedLibrary.parse(opened).module.wasmExports;
}

/** Memory of the library's own, for what its functions write to; freed in one go. */
export interface Scratch {
  take(bytes: number): Pointer;
  put(bytes: Uint8Array): Pointer;
  /** The number at a place that is a multiple of four. */
  float(at: Pointer): number;
  int(at: Pointer): number;
  copy(at: Pointer, length: number): Uint8Array;
  free(): void;
}

export function openScratch(pdfium: Pdfium): Scratch {
  const { memory } = pdfium;
  const taken: Pointer[] = [];
  let floats = new Float32Array(memory.buffer);
  const take = (bytes: number) => {
    const at = pdfium.malloc(Math.max(1, bytes));
    if (at === 0) throw new ReadError('too-large');
    taken.push(at);
    return at;
  };
  return {
    take,
    put(bytes) {
      const at = take(bytes.length);
      new Uint8Array(memory.buffer).set(bytes, at);
      return at;
    },
    float(at) {
      // The memory moves when it grows.
      if (floats.length === 0) floats = new Float32Array(memory.buffer);
      return floats[at >> 2]!;
    },
    int: (at) => new DataView(memory.buffer).getInt32(at, true),
    copy: (at, length) => new Uint8Array(memory.buffer).slice(at, at + length),
    free() {
      for (const at of taken.splice(0)) pdfium.free(at);
    },
  };
}

/** Freed when `use` is done. */
export function withScratch<T>(pdfium: Pdfium, use: (scratch: Scratch) => T): T {
  const scratch = openScratch(pdfium);
  try {
    return use(scratch);
  } finally {
    scratch.free();
  }
}

/** Opens a document in memory; `password` where it cannot be opened without another one, `corrupt` else. */
export function loadDocument(pdfium: Pdfium, scratch: Scratch, bytes: Uint8Array, password = ''): Pointer {
  const secret = password === '' ? 0 : scratch.put(Buffer.from(`${password}\0`));
  const document = pdfium.FPDF_LoadMemDocument(scratch.put(bytes), bytes.length, secret);
  if (document !== 0) return document;
  throw new ReadError(pdfium.FPDF_GetLastError() === PASSWORD_NEEDED ? 'password' : 'corrupt');
}

/** In points, as the page turns itself; 0 by 0 where the document has no such page. Pages count from 1. */
export function pageSize(pdfium: Pdfium, document: Pointer, number: number): Size {
  return withScratch(pdfium, (scratch) => {
    const at = scratch.take(8);
    if (pdfium.FPDF_GetPageSizeByIndexF(document, number - 1, at) === 0) return { width: 0, height: 0 };
    return { width: scratch.float(at), height: scratch.float(at + 4) };
  });
}
