import { type Statement, SystemException } from '#core';
import { allowedPages, type Desk, ocrPixels, type Paper } from './desk.ts';
import { readEInvoice } from './eInvoice/index.ts';
import { ReadError } from './errors.ts';
import type { Grey } from './grey.ts';
import type { PageReading, PaperReading } from './layout.ts';
import type { Limits } from './limits.ts';
import { linesOf, mixedPage, textOf } from './mixedPage.ts';
import { readByOcr } from './ocrPage.ts';
import { hasUnreadInk, isSeen, look, showsInk, showsUnreadText, wordlessPart } from './pageLook.ts';
import { openTextPdf, type TextPdf, type TypedPage } from './pdfText.ts';
import { PIXELS_PER_POINT } from './printedPage.ts';
import { openPdfRaster, type Raster } from './raster.ts';
import { isSensible } from './usable.ts';

/** From so many words on a text layer is taken for the page; below, the page's ink is looked at. */
const PLENTY_OF_WORDS = 40;
/** From this share of drawn places without words on, a page is looked at however many words it has elsewhere. */
const LARGELY_DRAWN = 0.15;

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
      const { reading, isPartly } = await readPage(number, typed, picture, desk).catch((error: unknown) => {
        // A fault of the engine's, not of this page's.
        if (error instanceof SystemException) throw error;
        // Its text layer was no more than a part of what it shows.
        return { reading: typed, isPartly: typed !== undefined };
      });
      const isEmpty = reading?.page.words.length === 0;
      const hasInk = isEmpty && (await isInked(number, picture));
      if (hasInk || isPartly) doubts.add('ink-without-words');
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
      if (raster && (await isInked(number, async () => raster))) return true;
    }
    return false;
  } finally {
    await raster?.close();
  }
}

interface SeenPage {
  readonly reading: PageReading | undefined;
  /** A large part of it shows what may be text, and no word was found there. */
  readonly isPartly: boolean;
}

function whole(reading: PageReading | undefined): SeenPage {
  return { reading, isPartly: false };
}

async function readPage(
  number: number,
  typed: TypedPage | undefined,
  picture: () => Promise<Raster>,
  desk: Desk,
): Promise<SeenPage> {
  if (!typed || !isSensible(wordsOf(typed))) return whole(await readScan(await picture(), number, desk));
  const wordless = wordlessPart(typed.drawn, typed.page);
  const isDrawn = wordless.share >= LARGELY_DRAWN;
  if (hasPlenty(typed) && typed.faint === 0 && !isDrawn) return whole(typed);
  const raster = await picture();
  const image = await look(raster, typed.page);
  const seen = typed.faint > 0 ? withoutUnseen(image, typed) : typed;
  const { length } = seen.page.words;
  const showsText = isDrawn && showsUnreadText(image, wordless, typed.page);
  if (!showsText && (hasPlenty(seen) || !hasUnreadInk(image, seen))) return whole(seen);
  const scanned = await readScan(raster, number, desk);
  // A layer that is not drawn is what another engine once read.
  const isOutdone = length === 0 || (typed.faint > 0 && sureWords(scanned) > 1.5 * length);
  const reading = isOutdone ? scanned : mixedPage(seen, scanned);
  return { reading, isPartly: showsText && reading === seen };
}

/** An e-invoice rides in its own picture: a PDF with the XML attached (ZUGFeRD, Factur-X). */
async function statementsOf(pdf: TextPdf): Promise<Statement[]> {
  const attached = await pdf.attachments().catch(() => []);
  return attached.flatMap((bytes) => readEInvoice(bytes, 'pdf') ?? []);
}

/** A page as its pixels show it. */
async function readScan(raster: Raster, number: number, desk: Desk): Promise<PageReading> {
  const { width, height } = await raster.size(number);
  const paper = { width: Math.round(width * PIXELS_PER_POINT), height: Math.round(height * PIXELS_PER_POINT) };
  return readByOcr(desk.engine, await ocrPixels(raster, number), paper, number);
}

function hasPlenty(reading: PageReading): boolean {
  return reading.page.words.length >= PLENTY_OF_WORDS;
}

function wordsOf(reading: PageReading): string[] {
  return reading.page.words.map((word) => word.text);
}

function sureWords(reading: PageReading): number {
  return reading.page.words.filter((word) => word.confidence > 0.6).length;
}

/** A page without a word is blank only where its picture is: what shows ink could not be read. */
async function isInked(number: number, picture: () => Promise<Raster>): Promise<boolean> {
  return picture().then(
    async (raster) => showsInk(await look(raster, { number, rotation: 0 })),
    () => true,
  );
}

/**
 * The text layer without the words of which the page's picture shows nothing: white on white, or laid over no scan.
 * Where it shows nothing of any word, it is the picture that failed.
 */
function withoutUnseen(image: Grey, typed: TypedPage): PageReading {
  const { page, text } = typed;
  const words = page.words.filter((word) => isSeen(word, page, image));
  if (words.length === page.words.length || words.length === 0) return typed;
  const kept = new Set(words);
  const lines = linesOf(page.words, text).map((line) => line.filter((word) => kept.has(word)));
  return { page: { ...page, words }, text: textOf(lines) };
}
