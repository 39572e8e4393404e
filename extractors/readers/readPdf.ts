import type { Statement } from '#core';
import { allowedPages, type Desk, ocrPixels, type Paper } from './desk.ts';
import { readEInvoice } from './eInvoice/index.ts';
import type { Size } from './geometry.ts';
import type { PageReading, PaperReading } from './layout.ts';
import { readByOcr } from './ocrPage.ts';
import { openTextPdf, type TextPdf } from './pdfText.ts';
import { openPdfRaster, type Raster } from './raster.ts';
import { isSensible } from './usable.ts';

/** From so many words on a text layer is taken for the page; below, the page's ink is looked at. */
const PLENTY_OF_WORDS = 40;
const LOOK_SCALE = 1.4;
const LOOK_WIDTH = 600;
const INK = 160;
const UNEXPLAINED_INK = 0.5;
const SPECKS = 0.0003;

/** A PDF page by page: its text layer where that says what the page shows, OCR where it does not. */
export async function readPdf(paper: Paper, desk: Desk): Promise<PaperReading> {
  desk.step('text');
  const pdf = await openTextPdf(paper.bytes, paper.password);
  const pages: PageReading[] = [];
  let raster: Raster | undefined;
  try {
    const statements = await statementsOf(pdf);
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
    return { pages, statements, doubts: [] };
  } finally {
    await raster?.close();
    await pdf.close();
  }
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
