import { PDFiumLibrary } from '@hyzyla/pdfium';
import { z } from 'zod';
import { ReadError } from './errors.ts';

/** A pointer into the library's memory; 0 is none. */
type Pointer = number;

/** The part of pdfium's C interface that reads text and attachments, as its WebAssembly exports it. */
export interface Pdfium {
  readonly wasmExports: { malloc(bytes: number): Pointer; free(at: Pointer): void };
  readonly HEAPU8: Uint8Array;
  _FPDF_LoadMemDocument(bytes: Pointer, length: number, password: Pointer): Pointer;
  _FPDF_CloseDocument(document: Pointer): void;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: Pointer): number;
  _FPDF_LoadPage(document: Pointer, index: number): Pointer;
  _FPDF_ClosePage(page: Pointer): void;
  _FPDF_GetPageWidthF(page: Pointer): number;
  _FPDF_GetPageHeightF(page: Pointer): number;
  _FPDF_PageToDevice(
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
  _FPDFText_LoadPage(page: Pointer): Pointer;
  _FPDFText_ClosePage(text: Pointer): void;
  _FPDFText_CountChars(text: Pointer): number;
  _FPDFText_GetUnicode(text: Pointer, index: number): number;
  _FPDFText_GetLooseCharBox(text: Pointer, index: number, box: Pointer): number;
  _FPDFText_GetCharAngle(text: Pointer, index: number): number;
  _FPDFText_HasUnicodeMapError(text: Pointer, index: number): number;
  _FPDFText_GetTextObject(text: Pointer, index: number): Pointer;
  _FPDFText_GetFillColor(
    text: Pointer,
    index: number,
    red: Pointer,
    green: Pointer,
    blue: Pointer,
    alpha: Pointer,
  ): number;
  _FPDFTextObj_GetTextRenderMode(object: Pointer): number;
  _FPDFPage_GetAnnotCount(page: Pointer): number;
  _FPDFPage_GetAnnot(page: Pointer, index: number): Pointer;
  _FPDFPage_CloseAnnot(annotation: Pointer): void;
  _FPDFAnnot_GetSubtype(annotation: Pointer): number;
  _FPDFDoc_GetAttachmentCount(document: Pointer): number;
  _FPDFDoc_GetAttachment(document: Pointer, index: number): Pointer;
  _FPDFAttachment_GetFile(attachment: Pointer, to: Pointer, length: number, needs: Pointer): number;
}

const callable = z.custom((value) => typeof value === 'function');
const exportsOfPdfium = z.custom<Pdfium>((value) => {
  const needed = z.looseObject({ _FPDFText_LoadPage: callable, _FPDFText_GetLooseCharBox: callable });
  return needed.safeParse(value).success;
});

const PASSWORD_NEEDED = 4;

let library: Promise<Pdfium> | undefined;

/** The library once per process. Its package shows pixels only, so what it wraps is taken out of it. */
export function openPdfium(): Promise<Pdfium> {
  library ??= PDFiumLibrary.init().then((opened) => exportsOfPdfium.parse(Reflect.get(opened, 'module')));
  return library;
}

/** Memory of the library's own, for what its functions write to; freed in one go. */
export interface Scratch {
  take(bytes: number): Pointer;
  put(bytes: Uint8Array): Pointer;
  float(at: Pointer): number;
  int(at: Pointer): number;
  copy(at: Pointer, length: number): Uint8Array;
  free(): void;
}

export function openScratch(pdfium: Pdfium): Scratch {
  const taken: Pointer[] = [];
  // The memory moves when it grows.
  let view = new DataView(pdfium.HEAPU8.buffer);
  const current = () => {
    if (view.buffer !== pdfium.HEAPU8.buffer) view = new DataView(pdfium.HEAPU8.buffer);
    return view;
  };
  const take = (bytes: number) => {
    const at = pdfium.wasmExports.malloc(Math.max(1, bytes));
    if (at === 0) throw new ReadError('too-large');
    taken.push(at);
    return at;
  };
  return {
    take,
    put(bytes) {
      const at = take(bytes.length);
      pdfium.HEAPU8.set(bytes, at);
      return at;
    },
    float: (at) => current().getFloat32(at, true),
    int: (at) => current().getInt32(at, true),
    copy: (at, length) => pdfium.HEAPU8.slice(at, at + length),
    free() {
      for (const at of taken.splice(0)) pdfium.wasmExports.free(at);
    },
  };
}

/** Opens a document in memory; `password` where it cannot be opened without another one, `corrupt` else. */
export function loadDocument(pdfium: Pdfium, scratch: Scratch, bytes: Uint8Array, password = ''): Pointer {
  const secret = password === '' ? 0 : scratch.put(Buffer.from(`${password}\0`));
  const document = pdfium._FPDF_LoadMemDocument(scratch.put(bytes), bytes.length, secret);
  if (document !== 0) return document;
  throw new ReadError(pdfium._FPDF_GetLastError() === PASSWORD_NEEDED ? 'password' : 'corrupt');
}
