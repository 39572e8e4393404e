import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { Page, Word } from '#core';
import { openPdfRaster } from '../../../extractors/readers/raster.ts';

type Draw = (pdf: PDFKit.PDFDocument) => void;

export async function makePdf(draw: Draw, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A4', margin: 50, ...options });
  const printed = buffer(pdf);
  draw(pdf);
  pdf.end();
  return printed;
}

export const LETTER = [
  'Northwind Paper Company, 12 Harbour Street, Plymouth',
  'Invoice number 48213 of 14 March 2024 for your order 7761',
  'Please find below the articles delivered in February.',
  'Copy paper, eighty grams, forty boxes at 21.50 each',
  'Envelopes with window, twelve boxes at 9.95 each',
  'The amount of 979.40 is payable within thirty days.',
  'We thank you for your order and remain yours faithfully,',
  'Margaret Holloway, accounts department',
];

export function drawLetter(pdf: PDFKit.PDFDocument): void {
  pdf.font('Helvetica').fontSize(12);
  for (const [index, line] of LETTER.entries()) pdf.text(line, 60, 80 + index * 24, { lineBreak: false });
}

/** The letter as a scanner would give it: grey pixels at 150 dpi, as PNG, turned as asked. */
export async function scanLetter(turn: { degrees?: number; page?: [number, number] } = {}): Promise<Buffer> {
  const raster = await openPdfRaster(await makePdf(drawLetter, { size: turn.page ?? [480, 320] }));
  const { data, width, height } = await raster.grey(1, 150 / 72, 10_000_000);
  await raster.close();
  const scan = sharp(data, { raw: { width, height, channels: 1 } }).rotate(turn.degrees ?? 0, {
    background: '#ffffff',
  });
  return scan.png().toBuffer();
}

export async function pdfOfImage(image: Buffer): Promise<Uint8Array> {
  return makePdf((pdf) => void pdf.image(image, 0, 0, { width: 480 }), { size: [480, 320] });
}

export function findWord(page: Page | undefined, text: string): Word {
  const word = page?.words.find((one) => one.text === text);
  expect(word, `${text} among ${page?.words.map((one) => one.text).join(' ')}`).toBeDefined();
  return word!;
}

/** Overlap of two boxes, 0 to 1, as a share of the area both cover. */
export function overlap(a: Omit<Word, 'page' | 'text' | 'confidence'>, b: typeof a): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: typeof a) => (box.x1 - box.x0) * (box.y1 - box.y0);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** Share of the letter's words that a text holds. */
export function lettersRead(text: string): number {
  const found = new Set(text.split(/\s+/u));
  const wanted = LETTER.join(' ').split(' ');
  return wanted.filter((word) => found.has(word)).length / wanted.length;
}

/** A PDF by hand, for shapes no library would write: objects count from 1, the first one is the catalog. */
export function rawPdf(objects: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    add(Buffer.from(`${index + 1} 0 obj\n`));
    add(Buffer.from(object));
    add(Buffer.from('\nendobj\n'));
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\n`;
  return Buffer.concat([...parts, Buffer.from(`${table}startxref\n${length}\n%%EOF\n`)]);
}

/** As a reader's paper clip on the page does. */
export function pin(pdf: PDFKit.PDFDocument, content: string | Uint8Array): void {
  const file: unknown = pdf.file(Buffer.from(content), { name: 'pinned', hidden: true });
  pdf.annotate(40, 40, 20, 20, { Contents: 'A file', ...{ Subtype: 'FileAttachment', FS: file } });
}
