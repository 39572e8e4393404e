import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '#core';
import { openReaders, type Readers } from '#extractors';
import { crossIndustryInvoice } from './eInvoices.ts';
import { drawLetter, lettersRead, makePdf, scanLetter } from './papers.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, log: silentLogger });
});
afterAll(() => readers.close());

describe('files attached to a PDF', () => {
  it('leave no doubt where they are data that were read', async () => {
    const paper = await makePdf((pdf) => {
      drawLetter(pdf);
      pdf.file(Buffer.from(crossIndustryInvoice()), { name: 'factur-x.xml', type: 'text/xml' });
    });
    const { doubts, statements } = await readers.read(paper);
    expect(doubts).toEqual([]);
    expect(statements).toHaveLength(1);
  });
});

describe('a TIFF of several pages', () => {
  it('gives the words of each page', async () => {
    const letters = await Promise.all([0, 180].map((degrees) => scanLetter({ degrees })));
    const tiff = await sharp(letters, { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    expect(await readers.probe(tiff)).toEqual({ mime: 'image/tiff', pages: 2 });
    const { pages, text } = await readers.read(tiff);
    expect(pages.map(({ number, source }) => [number, source])).toEqual([
      [1, 'ocr'],
      [2, 'ocr'],
    ]);
    for (const page of text.split('\f')) expect(lettersRead(page)).toBeGreaterThan(0.9);
  });
});

describe('memory that recognition took', () => {
  it('is not held against the text layer of the next page', async () => {
    const scan = await sharp(await scanLetter())
      .resize({ width: 2400 })
      .png()
      .toBuffer();
    const paper = await makePdf((pdf) => {
      pdf.image(scan, 0, 0, { width: 480 });
      drawLetter(pdf.addPage());
      for (let row = 0; row < 40; row++) pdf.text(`Row ${row} of the terms of delivery`, 60, 300 + row * 12);
    });
    const tight = openReaders({ workers: 1, limits: { textMegabytes: 100 }, log: silentLogger });
    const { pages } = await tight.read(paper);
    await tight.close();
    expect(pages.map(({ source }) => source)).toEqual(['ocr', 'text']);
  });
});
