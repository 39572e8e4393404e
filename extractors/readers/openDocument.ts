import { type Statement, sha256 } from '#core';
import { openBoundedRaster } from './boundedRaster.ts';
import { allowedPages, type Desk, type Paper } from './desk.ts';
import { detectType, type ReadableType } from './detect.ts';
import { readEInvoice } from './eInvoice/index.ts';
import { limitPassed, ReadError } from './errors.ts';
import type { PaperReading } from './layout.ts';
import type { Limits } from './limits.ts';
import { countMailPages, mailPages, parseMail } from './mail.ts';
import { openTextPdf, type TextPdf } from './pdfText.ts';
import { countPages, setPages } from './plainText.ts';
import { openImageRaster, openPdfRaster, type Raster } from './raster.ts';
import { readImage } from './readImage.ts';
import { readPdf, showsAnything } from './readPdf.ts';
import { rebuildPdf } from './rebuildPdf.ts';
import { isTyped, openTypedPaper, type TypedType } from './typedPaper.ts';
import { typeset } from './typeset.ts';

/** A paper, or a file within one, as it was opened: pages of its own, and the files it holds. */
export interface OpenDocument {
  readonly mime: ReadableType;
  /** What else a person would find in it. */
  files(): Promise<readonly HeldFile[]>;
  /** How many pages are its own, where these files in it are not read: a mail says so on its page. */
  pages(unread: readonly string[]): number;
  /** Rejects with a `ReadError` where nothing of it can be shown. */
  check(): Promise<void>;
  /** Its own pages. */
  read(unread: readonly string[]): Promise<PaperReading>;
  close(): Promise<void>;
}

/** A file in a paper as it was taken out of it. */
export interface HeldFile {
  /** How it is called where it cannot be read. */
  readonly name: string;
  /** Undefined where it is too large to be taken out, or one too many. */
  readonly bytes: Uint8Array | undefined;
}

/** Opens a paper by what it is; rejects with a `ReadError` where it cannot be opened. */
export async function openDocument(paper: Paper, desk: Desk): Promise<OpenDocument> {
  const mime = await typeOf(paper, desk.limits);
  if (mime === 'message/rfc822') return openMail(paper);
  if (mime === 'application/pdf') return openPdf(paper, desk);
  return isTyped(mime) ? openTyped(mime, paper) : openImage(mime, paper, desk);
}

export async function typeOf({ bytes }: Paper, limits: Limits): Promise<ReadableType> {
  if (bytes.length > limits.bytes) throw limitPassed({ of: 'bytes', most: limits.bytes, has: bytes.length });
  const mime = await detectType(bytes);
  if (!mime) throw new ReadError('unsupported');
  return mime;
}

/** The pixels of a paper's own pages, without those of the files in it. */
export async function openOwnRaster(paper: Paper, unread: readonly string[], desk: Desk): Promise<Raster> {
  const mime = await typeOf(paper, desk.limits);
  if (mime === 'message/rfc822') return openPdfRaster(typeset(mailPages(await parseMail(paper.bytes), unread)));
  if (isTyped(mime)) return openPdfRaster(typesetPaper(mime, paper, desk));
  if (mime !== 'application/pdf') return openImageRaster(paper.bytes, desk.limits.pixels);
  return openBoundedRaster(paper, desk).catch((error: unknown) => {
    const rebuilt = rebuildPdf(paper.bytes);
    if (!rebuilt) throw error;
    return openBoundedRaster({ ...paper, bytes: rebuilt }, desk);
  });
}

const asItIs = { files: async () => [], check: async () => {}, close: async () => {} };

async function openMail({ bytes }: Paper): Promise<OpenDocument> {
  const mail = await parseMail(bytes);
  const files = mail.attachments.map((one, index) => ({ name: `Attachment ${index + 1} (${one.mime})`, ...one }));
  return {
    ...asItIs,
    mime: 'message/rfc822',
    files: async () => files,
    pages: (unread) => countMailPages(mail, unread),
    read: async (unread) => ({ pages: mailPages(mail, unread), statements: [], doubts: mail.doubts }),
  };
}

function openTyped(mime: TypedType, { bytes }: Paper): OpenDocument {
  const { text, by, statements, doubts } = openTypedPaper(mime, bytes);
  const pages = countPages(text);
  return { ...asItIs, mime, pages: () => pages, read: async () => ({ pages: setPages(text, by), statements, doubts }) };
}

function typesetPaper(mime: TypedType, { bytes }: Paper, { limits }: Desk): Uint8Array {
  const { text, by } = openTypedPaper(mime, bytes);
  allowedPages(countPages(text), limits);
  return typeset(setPages(text, by));
}

/** An image is decoded small before it is let in, so that one cut short is found out. */
async function openImage(mime: ReadableType, { bytes }: Paper, desk: Desk): Promise<OpenDocument> {
  const raster = await openImageRaster(bytes, desk.limits.pixels);
  return {
    ...asItIs,
    mime,
    pages: () => raster.pages,
    check: async () => void (await raster.grey(1, 0.1, 1_000_000)),
    read: () => readImage(raster, desk),
    close: () => raster.close(),
  };
}

/**
 * A PDF, and what is attached to it. An e-invoice rides in its own picture (ZUGFeRD, Factur-X): such data are a source
 * of the PDF's, and no file to be looked at.
 */
async function openPdf(paper: Paper, desk: Desk): Promise<OpenDocument> {
  const pdf = await openTextPdf(paper.bytes, paper.password);
  let found: Promise<Attached> | undefined;
  const attached = () => {
    found ??= attachedTo(pdf);
    return found;
  };
  return {
    mime: 'application/pdf',
    files: async () => (await attached()).files,
    pages: () => allowedPages(pdf.pages, desk.limits),
    // One cut short is let in where any of its pages still shows something: its doubt brings it before a person.
    async check() {
      if (!pdf.doubts.includes('cut-short')) return;
      if (!(await showsAnything(pdf, paper.password, desk.limits))) throw new ReadError('corrupt');
    },
    read: async () => ({ ...(await readPdf(paper, pdf, desk)), statements: (await attached()).statements }),
    close: () => pdf.close(),
  };
}

interface Attached {
  readonly files: readonly HeldFile[];
  readonly statements: readonly Statement[];
}

async function attachedTo(pdf: TextPdf): Promise<Attached> {
  const attached = distinct(await pdf.files().catch(() => [undefined]));
  const data = attached.map((bytes) => bytes && readEInvoice(bytes, 'pdf'));
  return {
    files: attached.flatMap((bytes, index) => (data[index] ? [] : [{ name: `Attachment ${index + 1}`, bytes }])),
    statements: data.flatMap((statement) => statement ?? []),
  };
}

/** A file attached to the document and pinned to a page as well is one file. */
function distinct(files: readonly (Uint8Array | undefined)[]): (Uint8Array | undefined)[] {
  return [...new Map(files.map((bytes, index) => [bytes ? sha256(bytes) : index, bytes])).values()];
}
