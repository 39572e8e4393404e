import { openBoundedRaster } from './boundedRaster.ts';
import { allowedPages, type Desk, ocrPixels, type Paper } from './desk.ts';
import { detectType, type ReadableType } from './detect.ts';
import { limitPassed, ReadError } from './errors.ts';
import type { Doubt, PageReading, PaperReading } from './layout.ts';
import type { Limits } from './limits.ts';
import { type CountPages, partsOfMail } from './mailParts.ts';
import { readByOcr } from './ocrPage.ts';
import { look, showsInk } from './pageLook.ts';
import { openImageRaster, openPdfRaster, type Raster } from './raster.ts';
import { openMailRaster, readMail } from './readMail.ts';
import { probePdf, readPdf } from './readPdf.ts';
import { rebuildPdf } from './rebuildPdf.ts';
import { isTyped, readTyped } from './typedPaper.ts';
import { typeset } from './typeset.ts';

export interface Probe {
  readonly mime: ReadableType;
  readonly pages: number;
}

export function readDocument(paper: Paper, desk: Desk): Promise<PaperReading> {
  return readPart(paper, desk, 0);
}

/** A paper, or one of a mail's; `depth` counts the mails around it. */
async function readPart(paper: Paper, desk: Desk, depth: number): Promise<PaperReading> {
  const mime = await typeOf(paper, desk.limits);
  if (mime === 'message/rfc822') return readMail(paper, desk, depth, counting(desk.limits), readPart);
  if (isTyped(mime)) return typedWithin(readTyped(mime, paper.bytes), desk.limits);
  return mime === 'application/pdf' ? readPdf(paper, desk) : readImage(paper, desk);
}

function typedWithin(reading: PaperReading, limits: Limits): PaperReading {
  allowedPages(reading.pages.length, limits);
  return reading;
}

/** What a paper is, without reading it. An image is decoded small, so that one cut short is found out. */
export function probeDocument(paper: Paper, limits: Limits): Promise<Probe> {
  return probePart(paper, limits, 0);
}

async function probePart(paper: Paper, limits: Limits, depth: number): Promise<Probe> {
  const mime = await typeOf(paper, limits);
  if (isTyped(mime)) return { mime, pages: typedWithin(readTyped(mime, paper.bytes), limits).pages.length };
  if (mime === 'application/pdf') return { mime, pages: await probePdf(paper, limits) };
  if (mime !== 'message/rfc822') return { mime, pages: await probeImage(paper, limits) };
  const { pages } = await partsOfMail(paper, depth, counting(limits));
  return { mime, pages: allowedPages(pages, limits) };
}

function counting(limits: Limits): CountPages {
  return async (paper, depth) => (await probePart(paper, limits, depth)).pages;
}

async function probeImage(paper: Paper, limits: Limits): Promise<number> {
  const raster = await openImageRaster(paper.bytes, limits.pixels);
  try {
    const pages = allowedPages(raster.pages, limits);
    await raster.grey(1, 0.1, 1_000_000);
    return pages;
  } finally {
    await raster.close();
  }
}

/** The pixels of a paper's pages, for pictures and second readings. */
export function openRaster(paper: Paper, desk: Desk): Promise<Raster> {
  return openPart(paper, desk, 0);
}

async function openPart(paper: Paper, desk: Desk, depth: number): Promise<Raster> {
  const { limits } = desk;
  const mime = await typeOf(paper, limits);
  if (mime === 'message/rfc822')
    return openMailRaster(paper, depth, counting(limits), (part, below) => openPart(part, desk, below));
  if (isTyped(mime)) return openPdfRaster(typeset(readTyped(mime, paper.bytes).pages));
  if (mime !== 'application/pdf') return openImageRaster(paper.bytes, limits.pixels);
  return openBoundedRaster(paper, desk).catch((error: unknown) => {
    const rebuilt = rebuildPdf(paper.bytes);
    if (!rebuilt) throw error;
    return openBoundedRaster({ ...paper, bytes: rebuilt }, desk);
  });
}

async function typeOf({ bytes }: Paper, limits: Limits): Promise<ReadableType> {
  if (bytes.length > limits.bytes) throw limitPassed({ of: 'bytes', most: limits.bytes, has: bytes.length });
  const mime = await detectType(bytes);
  if (!mime) throw new ReadError('unsupported');
  return mime;
}

async function readImage(paper: Paper, desk: Desk): Promise<PaperReading> {
  desk.step('image');
  const raster = await openImageRaster(paper.bytes, desk.limits.pixels);
  const pages: PageReading[] = [];
  const doubts = new Set<Doubt>();
  try {
    for (let number = 1; number <= allowedPages(raster.pages, desk.limits); number++) {
      desk.step('image');
      const image = await ocrPixels(raster, number);
      const reading = await readByOcr(desk.engine, image, await raster.size(number), number);
      const isEmpty = reading.page.words.length === 0;
      if (isEmpty && showsInk(await look(raster, reading.page))) doubts.add('ink-without-words');
      pages.push(reading);
    }
    return { pages, statements: [], doubts: [...doubts] };
  } finally {
    await raster.close();
  }
}
