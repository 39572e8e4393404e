import { type Statement, SystemException, type Word } from '#core';
import { allowedPages, type Desk, ocrPixels, type Paper } from './desk.ts';
import { readEInvoice } from './eInvoice/index.ts';
import { ReadError } from './errors.ts';
import type { Rectangle, Size } from './geometry.ts';
import type { Grey } from './grey.ts';
import type { PageReading, PaperReading } from './layout.ts';
import type { Limits } from './limits.ts';
import { readByOcr } from './ocrPage.ts';
import { openTextPdf, type TextPdf, type TypedPage } from './pdfText.ts';
import { PIXELS_PER_POINT } from './printedPage.ts';
import { openPdfRaster, type Raster } from './raster.ts';
import { isSensible } from './usable.ts';

/** From so many words on a text layer is taken for the page; below, the page's ink is looked at. */
const PLENTY_OF_WORDS = 40;
const LOOK_SCALE = 1.4;
const LOOK_WIDTH = 600;
const INK = 160;
const UNEXPLAINED_INK = 0.5;
const SPECKS = 0.0003;
const LEAST_CONTRAST = 40;

/** A PDF page by page: its text layer where that says what the page shows, OCR where it does not. */
export async function readPdf(paper: Paper, desk: Desk): Promise<PaperReading> {
  desk.step('text');
  const pdf = await openTextPdf(paper.bytes, paper.password);
  const doubts = new Set(pdf.doubts);
  const pages: PageReading[] = [];
  let raster: Raster | undefined;
  const picture = async () => {
    desk.step('image');
    raster ??= await openPdfRaster(pdf.bytes, paper.password);
    return raster;
  };
  try {
    const statements = await statementsOf(pdf);
    for (let number = 1; number <= allowedPages(pdf.pages, desk.limits); number++) {
      desk.step('text');
      const typed = await pdf.readPage(number).catch(() => undefined);
      const reading = await readPage(number, typed, picture, desk).catch((error: unknown) => {
        // A fault of the engine's, not of this page's.
        if (error instanceof SystemException) throw error;
        return typed;
      });
      const isEmpty = reading?.page.words.length === 0;
      const hasInk = isEmpty && (await showsInk(number, picture));
      if (hasInk) doubts.add('ink-without-words');
      // What a file that was cut has left of a page may be its bare frame.
      if (reading && !(isEmpty && !hasInk && doubts.has('cut-short'))) pages.push(reading);
      else doubts.add('page-lost');
    }
    if (pages.length === 0) throw new ReadError('corrupt');
    return { pages, statements, doubts: [...doubts] };
  } finally {
    await raster?.close();
    await pdf.close();
  }
}

/**
 * How many pages a PDF has, without reading them. One cut short is let in where any of its pages still shows something:
 * its doubt brings it before a person.
 */
export async function probePdf(paper: Paper, limits: Limits): Promise<number> {
  const pdf = await openTextPdf(paper.bytes, paper.password);
  try {
    const pages = allowedPages(pdf.pages, limits);
    if (pdf.doubts.includes('cut-short') && !(await showsAnything(pdf, pages, paper.password)))
      throw new ReadError('corrupt');
    return pages;
  } finally {
    await pdf.close();
  }
}

async function showsAnything(pdf: TextPdf, pages: number, password: string | undefined): Promise<boolean> {
  const raster = await openPdfRaster(pdf.bytes, password).catch(() => undefined);
  try {
    for (let number = 1; number <= pages; number++) {
      const typed = await pdf.readPage(number).catch(() => undefined);
      if (typed && typed.page.words.length > 0) return true;
      if (raster && (await showsInk(number, async () => raster))) return true;
    }
    return false;
  } finally {
    await raster?.close();
  }
}

async function readPage(
  number: number,
  typed: TypedPage | undefined,
  picture: () => Promise<Raster>,
  desk: Desk,
): Promise<PageReading> {
  if (typed && hasPlenty(typed) && typed.faint === 0) return typed;
  const raster = await picture();
  const seen = typed && typed.faint > 0 ? await withoutUnseen(raster, typed) : typed;
  if (seen && hasPlenty(seen)) return seen;
  const needsOcr = !seen || !isSensible(wordsOf(seen)) || (await hasUnreadInk(raster, seen));
  return needsOcr ? readScan(raster, number, seen, desk) : seen;
}

/** An e-invoice rides in its own picture: a PDF with the XML attached (ZUGFeRD, Factur-X). */
async function statementsOf(pdf: TextPdf): Promise<Statement[]> {
  const attached = await pdf.attachments().catch(() => []);
  return attached.flatMap((bytes) => readEInvoice(bytes, 'pdf') ?? []);
}

/** OCR of a page whose text layer is missing or thin; where it finds no more than the layer said, the layer stands. */
async function readScan(
  raster: Raster,
  number: number,
  typed: PageReading | undefined,
  desk: Desk,
): Promise<PageReading> {
  const { width, height } = await raster.size(number);
  const paper = { width: Math.round(width * PIXELS_PER_POINT), height: Math.round(height * PIXELS_PER_POINT) };
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
  const image = await look(raster, page.number);
  const explained = new Uint8Array(image.data.length);
  for (const word of page.words) {
    const box = onPicture(word, page, image);
    for (let y = box.y0; y < box.y1; y++) explained.fill(1, y * image.width + box.x0, y * image.width + box.x1);
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

/** A page without a word is blank only where its picture is: what shows ink could not be read. */
async function showsInk(number: number, picture: () => Promise<Raster>): Promise<boolean> {
  const image = await picture().then(
    (raster) => look(raster, number),
    () => undefined,
  );
  return image ? image.data.filter((value) => value < INK).length > image.data.length * SPECKS : true;
}

/**
 * The text layer without the words of which the page's picture shows nothing: white on white, or laid over no scan.
 * Where it shows nothing of any word, it is the picture that failed.
 */
async function withoutUnseen(raster: Raster, typed: TypedPage): Promise<PageReading> {
  const { page } = typed;
  if (page.rotation !== 0) return typed;
  const image = await look(raster, page.number);
  const words = page.words.filter((word) => hasContrast(image, onPicture(word, page, image)));
  if (words.length === page.words.length || words.length === 0) return typed;
  const kept = new Set(words);
  return { page: { ...page, words }, text: textOf(page.words, kept, typed.text) };
}

/** The text, line by line as it was, with only the words that are kept. */
function textOf(words: readonly Word[], kept: ReadonlySet<Word>, text: string): string {
  let at = 0;
  const lines = text.split('\n').map((line) => {
    const count = line === '' ? 0 : line.split(' ').length;
    const own = words.slice(at, at + count);
    at += count;
    return own.filter((word) => kept.has(word)).map((word) => word.text);
  });
  return lines
    .filter((line) => line.length > 0)
    .map((line) => line.join(' '))
    .join('\n');
}

function hasContrast(image: Grey, box: Rectangle): boolean {
  let darkest = 255;
  let lightest = 0;
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      const value = image.data[y * image.width + x] ?? 255;
      darkest = Math.min(darkest, value);
      lightest = Math.max(lightest, value);
    }
  }
  return lightest - darkest > LEAST_CONTRAST;
}

async function look(raster: Raster, number: number): Promise<Grey> {
  const { width } = await raster.size(number);
  return raster.grey(number, Math.max(LOOK_SCALE, LOOK_WIDTH / width), 4_000_000);
}

/** A box of a page in whole pixels of its picture, a pixel wider than it is. */
function onPicture(box: Rectangle, page: Size, image: Grey): Rectangle {
  const scale = image.width / page.width;
  return {
    x0: Math.max(0, Math.floor(box.x0 * scale) - 1),
    y0: Math.max(0, Math.floor(box.y0 * scale) - 1),
    x1: Math.min(image.width, Math.ceil(box.x1 * scale) + 1),
    y1: Math.min(image.height, Math.ceil(box.y1 * scale) + 1),
  };
}
