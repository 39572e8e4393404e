import { type Pdfium, type Scratch, withScratch } from './pdfium.ts';

/** A document that the library has open. */
interface Opened {
  readonly pdfium: Pdfium;
  readonly scratch: Scratch;
  readonly document: number;
  /** Room for a number the library answers with. */
  readonly cells: number;
  /** How many pages, from the first one on, are searched for files pinned to them. */
  readonly pagesSearched: () => number;
}

/** What a file pinned to a page is among its annotations. */
export const FILE_ATTACHMENT = 17;
/** No more files than these are taken out of a PDF, each and all together no larger than this. */
const MOST_FILES = 50;
const MOST_FILE_BYTES = 20_000_000;
const MOST_BYTES_TOGETHER = 60_000_000;

/** The files attached to a document, then those pinned to its pages; undefined for one too large, too many or without content. */
export function filesWithin(opened: Opened): (Uint8Array | undefined)[] {
  const attached = [...attachments(opened)];
  let room = MOST_BYTES_TOGETHER;
  return attached.slice(0, MOST_FILES + 1).map((attachment, index) => {
    const file = index < MOST_FILES ? contentOf(opened, attachment, Math.min(room, MOST_FILE_BYTES)) : undefined;
    room -= file?.length ?? 0;
    return file;
  });
}

/** Whether there is such a file, without unpacking it. */
export function holdsFiles(opened: Opened): boolean {
  return attachments(opened).next().done !== true;
}

function* attachments(opened: Opened): Generator<number> {
  const { pdfium, document } = opened;
  const count = pdfium.FPDFDoc_GetAttachmentCount(document);
  for (let index = 0; index < count; index++) yield pdfium.FPDFDoc_GetAttachment(document, index);
  yield* pinned(opened);
}

/** 0 for what cannot be had. */
function* pinned({ pdfium, document, pagesSearched }: Opened): Generator<number> {
  const pages = Math.min(pdfium.FPDF_GetPageCount(document), pagesSearched());
  for (let index = 0; index < pages; index++) {
    const page = pdfium.FPDF_LoadPage(document, index);
    if (page === 0) continue;
    const found = pinnedTo(pdfium, page);
    pdfium.FPDF_ClosePage(page);
    yield* found;
  }
}

function pinnedTo(pdfium: Pdfium, page: number): number[] {
  const files: number[] = [];
  const count = pdfium.FPDFPage_GetAnnotCount(page);
  for (let index = 0; index < count; index++) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    const isFile = pdfium.FPDFAnnot_GetSubtype(annotation) === FILE_ATTACHMENT;
    if (isFile) files.push(pdfium.FPDFAnnot_GetFileAttachment(annotation));
    pdfium.FPDFPage_CloseAnnot(annotation);
  }
  return files;
}

function contentOf({ pdfium, cells, scratch }: Opened, attachment: number, most: number): Uint8Array | undefined {
  if (attachment === 0 || pdfium.FPDFAttachment_GetFile(attachment, 0, 0, cells) === 0) return undefined;
  const length = scratch.int(cells);
  if (length <= 0 || length > most) return undefined;
  return withScratch(pdfium, (own) => {
    const at = own.take(length);
    return pdfium.FPDFAttachment_GetFile(attachment, at, length, cells) === 0 ? undefined : own.copy(at, length);
  });
}
