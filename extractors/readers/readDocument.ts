import { detectType, type ReadableType } from './detect.ts';
import { ReadError } from './errors.ts';
import type { Size } from './geometry.ts';
import type { Grey } from './grey.ts';
import type { PageReading } from './layout.ts';
import type { Limits } from './limits.ts';
import type { OcrEngine } from './ocr.ts';
import { readByOcr } from './ocrPage.ts';
import { openTextPdf } from './pdfText.ts';
import { readPlainText } from './plainText.ts';
import { openImageRaster, openPdfRaster, type Raster } from './raster.ts';
import { isSensible } from './usable.ts';

/** What reading one document needs besides its bytes. `step` says that work goes on, and what kind comes next. */
export interface Desk {
  readonly engine: OcrEngine;
  readonly limits: Limits;
  step(kind: 'text' | 'image'): void;
}

export interface Paper {
  readonly bytes: Uint8Array;
  readonly password?: string | undefined;
}

export interface Probe {
  readonly mime: ReadableType;
  readonly pages: number;
}

const MOST_OCR_PIXELS = 25_000_000;
/** From so many words on a text layer is taken for the page; below, the page's ink is looked at. */
const PLENTY_OF_WORDS = 40;
const LOOK_SCALE = 1.4;
const LOOK_WIDTH = 600;
const INK = 160;
const UNEXPLAINED_INK = 0.5;
const SPECKS = 0.0003;

export async function readDocument(paper: Paper, desk: Desk): Promise<PageReading[]> {
  const mime = await typeOf(paper, desk.limits);
  if (mime === 'text/plain') return readPlainText(paper.bytes);
  return mime === 'application/pdf' ? readPdf(paper, desk) : readImage(paper, desk);
}

/** What a paper is, without reading it. An image is decoded small, so that one cut short is found out. */
export async function probeDocument(paper: Paper, limits: Limits): Promise<Probe> {
  const mime = await typeOf(paper, limits);
  if (mime === 'text/plain') return { mime, pages: readPlainText(paper.bytes).length };
  if (mime === 'application/pdf') {
    const pdf = await openTextPdf(paper.bytes, paper.password);
    return { mime, pages: allowedPages(pdf.pages, limits) };
  }
  const raster = await openImageRaster(paper.bytes, limits.pixels);
  const pages = allowedPages(raster.pages, limits);
  await raster.grey(1, 0.1, 1_000_000);
  return { mime, pages };
}

/** The pixels of a paper's pages, for pictures and second readings; undefined for plain text, which has none. */
export async function openRaster(paper: Paper, limits: Limits): Promise<Raster | undefined> {
  const mime = await typeOf(paper, limits);
  if (mime === 'text/plain') return undefined;
  return mime === 'application/pdf'
    ? openPdfRaster(paper.bytes, paper.password)
    : openImageRaster(paper.bytes, limits.pixels);
}

/** Grey pixels of a page as good as OCR needs them. */
export function ocrPixels(raster: Raster, number: number): Promise<Grey> {
  return raster.grey(number, raster.ocrScale, MOST_OCR_PIXELS);
}

async function typeOf({ bytes }: Paper, limits: Limits): Promise<ReadableType> {
  if (bytes.length > limits.bytes) throw new ReadError('too-large');
  const mime = await detectType(bytes);
  if (!mime) throw new ReadError('unsupported');
  return mime;
}

function allowedPages(pages: number, limits: Limits): number {
  if (pages > limits.pages) throw new ReadError('too-large');
  return pages;
}

async function readImage(paper: Paper, desk: Desk): Promise<PageReading[]> {
  desk.step('image');
  const raster = await openImageRaster(paper.bytes, desk.limits.pixels);
  const pages: PageReading[] = [];
  for (let number = 1; number <= allowedPages(raster.pages, desk.limits); number++) {
    desk.step('image');
    const image = await ocrPixels(raster, number);
    pages.push(await readByOcr(desk.engine, image, await raster.size(number), number));
  }
  return pages;
}

async function readPdf(paper: Paper, desk: Desk): Promise<PageReading[]> {
  desk.step('text');
  const pdf = await openTextPdf(paper.bytes, paper.password);
  const pages: PageReading[] = [];
  let raster: Raster | undefined;
  try {
    for (let number = 1; number <= allowedPages(pdf.pages, desk.limits); number++) {
      desk.step('text');
      const typed = await pdf.readPage(number).catch(() => undefined);
      if (typed && hasPlenty(typed)) {
        pages.push(typed);
        continue;
      }
      desk.step('image');
      raster ??= await openPdfRaster(paper.bytes, paper.password);
      const paperSize = await pdf.size(number);
      const needsOcr = !typed || !isSensible(wordsOf(typed)) || (await hasUnreadInk(raster, typed));
      pages.push(needsOcr ? await readScan(raster, number, paperSize, typed, desk) : typed);
    }
  } finally {
    await raster?.close();
    await pdf.close();
  }
  return pages;
}

/** OCR of a page whose text layer is missing or thin; where it finds no more than the layer said, the layer stands. */
async function readScan(
  raster: Raster,
  number: number,
  paper: Size,
  typed: PageReading | undefined,
  desk: Desk,
): Promise<PageReading> {
  const scanned = await readByOcr(desk.engine, await ocrPixels(raster, number), paper, number);
  if (!typed || typed.page.words.length === 0 || !isSensible(wordsOf(typed))) return scanned;
  return sureWords(scanned) > 1.5 * typed.page.words.length ? scanned : typed;
}

function hasPlenty(reading: PageReading): boolean {
  return reading.page.words.length >= PLENTY_OF_WORDS && isSensible(wordsOf(reading));
}

function wordsOf(reading: PageReading): string[] {
  return reading.page.words.map((word) => word.text);
}

function sureWords(reading: PageReading): number {
  return reading.page.words.filter((word) => word.confidence > 0.6).length;
}

/** Whether a page shows more ink than its words explain: a scan under a stamp, letters drawn as shapes. */
async function hasUnreadInk(raster: Raster, { page }: PageReading): Promise<boolean> {
  if (page.rotation !== 0) return false;
  const { width } = await raster.size(page.number);
  const image = await raster.grey(page.number, Math.max(LOOK_SCALE, LOOK_WIDTH / width), 4_000_000);
  const scale = image.width / page.width;
  const explained = new Uint8Array(image.data.length);
  for (const word of page.words) {
    const from = Math.max(0, Math.floor(word.x0 * scale) - 1);
    const to = Math.min(image.width, Math.ceil(word.x1 * scale) + 1);
    const last = Math.min(image.height, Math.ceil(word.y1 * scale) + 1);
    for (let y = Math.max(0, Math.floor(word.y0 * scale) - 1); y < last; y++) {
      explained.fill(1, y * image.width + from, y * image.width + to);
    }
  }
  let read = 0;
  let unread = 0;
  image.data.forEach((value, index) => {
    if (value >= INK) return;
    if (explained[index]) read++;
    else unread++;
  });
  return unread > image.data.length * SPECKS && unread > read * UNEXPLAINED_INK;
}
