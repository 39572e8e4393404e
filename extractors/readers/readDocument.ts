import { allowedPages, type Desk, ocrPixels, type Paper } from './desk.ts';
import { detectType, type ReadableType } from './detect.ts';
import { ReadError } from './errors.ts';
import type { PageReading, PaperReading } from './layout.ts';
import type { Limits } from './limits.ts';
import { readByOcr } from './ocrPage.ts';
import { openTextPdf } from './pdfText.ts';
import { readPlainText } from './plainText.ts';
import { openImageRaster, openPdfRaster, type Raster } from './raster.ts';
import { readPdf } from './readPdf.ts';

export interface Probe {
  readonly mime: ReadableType;
  readonly pages: number;
}

export async function readDocument(paper: Paper, desk: Desk): Promise<PaperReading> {
  const mime = await typeOf(paper, desk.limits);
  if (mime === 'text/plain') return { pages: readPlainText(paper.bytes), statements: [], doubts: [] };
  return mime === 'application/pdf' ? readPdf(paper, desk) : readImage(paper, desk);
}

/** What a paper is, without reading it. An image is decoded small, so that one cut short is found out. */
export async function probeDocument(paper: Paper, limits: Limits): Promise<Probe> {
  const mime = await typeOf(paper, limits);
  if (mime === 'text/plain') return { mime, pages: readPlainText(paper.bytes).length };
  if (mime === 'application/pdf') {
    return { mime, pages: await pagesOfPdf(paper, limits) };
  }
  const raster = await openImageRaster(paper.bytes, limits.pixels);
  const pages = allowedPages(raster.pages, limits);
  await raster.grey(1, 0.1, 1_000_000);
  return { mime, pages };
}

/** A file cut short is read as far as it goes, but not let in: who sent it has the rest. */
async function pagesOfPdf({ bytes, password }: Paper, limits: Limits): Promise<number> {
  const pdf = await openTextPdf(bytes, password);
  try {
    if (pdf.doubts.includes('cut-short')) throw new ReadError('corrupt');
    return allowedPages(pdf.pages, limits);
  } finally {
    await pdf.close();
  }
}

/** The pixels of a paper's pages, for pictures and second readings; undefined for plain text, which has none. */
export async function openRaster(paper: Paper, limits: Limits): Promise<Raster | undefined> {
  const mime = await typeOf(paper, limits);
  if (mime === 'text/plain') return undefined;
  return mime === 'application/pdf'
    ? openPdfRaster(paper.bytes, paper.password)
    : openImageRaster(paper.bytes, limits.pixels);
}

async function typeOf({ bytes }: Paper, limits: Limits): Promise<ReadableType> {
  if (bytes.length > limits.bytes) throw new ReadError('too-large');
  const mime = await detectType(bytes);
  if (!mime) throw new ReadError('unsupported');
  return mime;
}

async function readImage(paper: Paper, desk: Desk): Promise<PaperReading> {
  desk.step('image');
  const raster = await openImageRaster(paper.bytes, desk.limits.pixels);
  const pages: PageReading[] = [];
  for (let number = 1; number <= allowedPages(raster.pages, desk.limits); number++) {
    desk.step('image');
    const image = await ocrPixels(raster, number);
    pages.push(await readByOcr(desk.engine, image, await raster.size(number), number));
  }
  return { pages, statements: [], doubts: [] };
}
