import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { extractPaper, openReaders } from '#extractors';
import type { Beside } from '../../../extractors/readers/beside.ts';
import { defaultLimits } from '../../../extractors/readers/limits.ts';
import type { OcrEngine } from '../../../extractors/readers/ocr.ts';
import { readDocument } from '../../../extractors/readers/readDocument.ts';
import { makePdf, scanLetter } from './papers.ts';

/** Small, because each costs what a page costs. */
const SIZE = [120, 80] as const;
const scan = await sharp(await scanLetter({ page: [240, 160] }))
  .extract({ left: 0, top: 0, width: 500, height: 330 })
  .png()
  .toBuffer();

/** A PDF of so many pages that are pictures. */
function scanned(...pages: readonly Buffer[]): Promise<Uint8Array> {
  return makePdf(
    (pdf) => {
      for (const image of pages) pdf.addPage({ size: [...SIZE] }).image(image, 0, 0, { width: SIZE[0] });
    },
    { autoFirstPage: false },
  );
}

const sheets = (count: number) => scanned(...Array.from({ length: count }, () => scan));

function holding(...files: readonly Uint8Array[]): Promise<Uint8Array> {
  return makePdf((pdf) => {
    pdf.text('Cover');
    for (const [at, content] of files.entries()) pdf.file(Buffer.from(content), { name: `${at}.pdf` });
  });
}

/** How often an engine that sees nothing was asked, and which pages were left. */
async function costOf(bytes: Uint8Array, beside: Beside) {
  let looks = 0;
  const engine: OcrEngine = {
    id: 'counting',
    languages: [],
    read: async () => {
      looks++;
      return [];
    },
    orientation: async () => ({ rotation: 0, confidence: 0 }),
    close: async () => {},
  };
  const { pages, doubts } = await readDocument({ bytes }, { engine, limits: defaultLimits, step: () => {} }, beside);
  return { looks, unread: pages.filter(({ page }) => page.unread).map(({ page }) => page.number), pages, doubts };
}

describe('files beside a paper', () => {
  it('cost OCR for the first five pages of each, and for twenty of all of them', async () => {
    const five = await costOf(await holding(await sheets(5)), 'first-pages');
    expect(five.looks).toBeGreaterThan(0);
    expect(five.unread).toEqual([]);
    expect(five.doubts).not.toContain('attachment-unread');

    const twelve = await costOf(await holding(await sheets(12)), 'first-pages');
    expect(twelve.looks).toBe(five.looks);
    expect(twelve.unread).toEqual([7, 8, 9, 10, 11, 12, 13]);
    expect(twelve.doubts).toContain('attachment-unread');
    expect(twelve.pages[12]!.page).toMatchObject({ number: 13, attached: 2, width: 240, height: 160, words: [] });

    const files = await Promise.all([1, 2, 3, 4, 5, 6].map(async (at) => sheets(at + 4)));
    const many = await costOf(await holding(...files), 'first-pages');
    expect(many.looks).toBe(4 * five.looks);
    expect(many.pages).toHaveLength(1 + 5 + 6 + 7 + 8 + 9 + 10);
  });

  it('are read to their end where nobody said that their first pages will do', async () => {
    const seven = await costOf(await holding(await sheets(7)), 'all');
    expect(seven.looks).toBeGreaterThan((await costOf(await holding(await sheets(7)), 'first-pages')).looks);
    expect(seven.unread).toEqual([]);
  });

  it('are not the paper itself, however many pages it has', async () => {
    expect((await costOf(await sheets(7), 'first-pages')).unread).toEqual([]);
  });
});

describe('a file beside a paper that turns out to be the paper', () => {
  it('is read to its end, and no other', async () => {
    const scans = await Promise.all([6, 7].map(sheets));
    expect((await costOf(await holding(...scans), { toTheEnd: [8] })).unread).toEqual([7]);
  });
});

describe('a scanned file beside a paper that was cut short', () => {
  it('has its unread pages left unread, not lost', async () => {
    const whole = Buffer.from(await sheets(7));
    const cut = whole.subarray(0, whole.lastIndexOf('startxref'));
    const { unread, doubts, pages } = await costOf(await holding(cut), 'first-pages');
    expect(doubts).toEqual(expect.arrayContaining(['cut-short', 'attachment-unread']));
    expect(doubts).not.toContain('page-lost');
    expect(pages).toHaveLength(8);
    expect(unread).toEqual([7, 8]);
  });
});

describe('a second invoice in the first pages of a scanned file', () => {
  it('is found, and what is not read is told', async () => {
    const lines = ['INVOICE', '', 'Invoice number: NL-9911', 'Invoice date: 2 March 2025', '', 'Net total: 70.00 EUR'];
    const invoice = await makePdf((pdf) => {
      pdf.fontSize(16);
      for (const line of [...lines, 'VAT 19 %: 13.30 EUR', 'Total: 83.30 EUR']) pdf.text(line);
    });
    const readers = openReaders({ workers: 1, log: silentLogger });
    const picture = await sharp(await readers.renderPage(invoice, 1, { width: 1_600 }))
      .png()
      .toBuffer();
    const bytes = await holding(await scanned(scan, picture, ...Array.from({ length: 5 }, () => scan)));
    const { reading } = await extractPaper(readers, bytes, 'invoice');
    expect(reading.doubts).toEqual(expect.arrayContaining(['attachment-unread', 'paper-attached']));
    expect(reading.pages.filter(({ unread }) => unread).map(({ number }) => number)).toEqual([7, 8]);
    await readers.close();
  });
});
