import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger, type Word } from '#core';
import { invoiceExtractor, type OcrEngine, openReaders, type Readers } from '#extractors';
import { checkedLayer } from '../../../extractors/readers/hiddenLayer.ts';
import { drawLetter, findWord, LETTER, lettersRead, makePdf, pdfOfImage, scanLetter } from './papers.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, log: silentLogger });
});
afterAll(() => readers.close());

const SIZE = { size: [480, 320] as [number, number], margin: 0 };

type Line = readonly [line: string, x: number, y: number];

/** The letter's lines as a scanner's recognition lays them over the scan, with what it misread. */
function recognised(misread: Readonly<Record<string, string>> = {}): Line[] {
  return LETTER.map((line, index): Line => {
    const words = line.split(' ').map((word) => misread[word] ?? word);
    return [words.join(' '), 60, 80 + index * 24];
  });
}

function drawLines(pdf: PDFKit.PDFDocument, lines: readonly Line[]): void {
  pdf.font('Helvetica').fontSize(12);
  for (const [line, x, y] of lines) pdf.text(line, x, y, { lineBreak: false });
}

function scanWith(scan: Buffer, lines: readonly Line[]): Promise<Uint8Array> {
  return makePdf((pdf) => {
    pdf.image(scan, 0, 0, { width: 480 }).addContent('3 Tr');
    drawLines(pdf, lines);
  }, SIZE);
}

describe('words that nobody sees, over a scan', () => {
  it('are a second reading: what pixels bear out rises in confidence, and is never certain', async () => {
    const scan = await scanLetter();
    const [alone, both] = [
      await readers.read(await pdfOfImage(scan)),
      await readers.read(await scanWith(scan, recognised())),
    ];
    expect(both.doubts).toEqual([]);
    expect(both.pages).toMatchObject([{ source: 'ocr', width: 960, height: 640 }]);
    expect(both.pages[0]!.by).toMatch(/^pdfium .+, tesseract/);
    expect(lettersRead(both.text)).toBeGreaterThanOrEqual(lettersRead(alone.text));
    for (const text of ['48213', '979.40']) {
      const { confidence } = findWord(both.pages[0], text);
      expect(confidence).toBeGreaterThan(findWord(alone.pages[0], text).confidence);
      expect(confidence).toBeLessThan(1);
    }
  });

  it('do not outweigh what the page shows, and what differs is in doubt', async () => {
    const misread = { '48213': '48273', '979.40': '919.40', Northwind: 'Northwood' };
    const { pages, text } = await readers.read(await scanWith(await scanLetter(), recognised(misread)));
    expect(lettersRead(text)).toBeGreaterThan(0.9);
    for (const wrong of Object.values(misread)) expect(text).not.toContain(wrong);
    for (const right of Object.keys(misread)) expect(findWord(pages[0], right).confidence).toBeLessThan(0.7);
    const { total } = await invoiceExtractor.extract(pages, { paper: 'its sha256' });
    expect(total.group).toMatch(/^ocr\//);
  });

  it('are the same under the scan', async () => {
    const scan = await scanLetter();
    const paper = await makePdf((pdf) => {
      drawLines(pdf, recognised({ '979.40': '919.40' }));
      pdf.image(scan, 0, 0, { width: 480 });
    }, SIZE);
    const { pages, text } = await readers.read(paper);
    expect(pages[0]!.source).toBe('ocr');
    expect(text).toContain('979.40');
    expect(text).not.toContain('919.40');
  });

  it('count for nothing where they are those of another page', async () => {
    const lines = ['Delivery note', 'of another paper', 'with other words'];
    const elsewhere = lines.map((line, index): Line => [line, 400, 20 + index * 12]);
    const { pages, text } = await readers.read(await scanWith(await scanLetter(), elsewhere));
    expect(text).not.toContain('Delivery');
    expect(lettersRead(text)).toBeGreaterThan(0.9);
    expect(pages[0]!.source).toBe('ocr');
  });

  it('bring the paper before a person where pixels give nothing to check them by', async () => {
    const blind = openReaders({ workers: 1, ocr: blindEngine, log: silentLogger });
    const { pages, doubts, text } = await blind.read(await scanWith(await scanLetter(), recognised()));
    await blind.close();
    expect(doubts).toEqual(['layer-unchecked']);
    expect(pages[0]!.source).toBe('ocr');
    expect(lettersRead(text)).toBe(1);
    expect(Math.max(...pages[0]!.words.map(({ confidence }) => confidence))).toBeLessThanOrEqual(0.5);
  });
});

const blindEngine: OcrEngine = {
  id: 'blind 1.0',
  languages: ['eng'],
  read: async () => [],
  orientation: async () => ({ rotation: 0, confidence: 0 }),
  close: async () => {},
};

describe('words that nobody sees, on a page without a picture', () => {
  it('are left out', async () => {
    const paper = await makePdf((pdf) => {
      drawLetter(pdf);
      pdf.fillColor('#fff').text('Total 7,234.50', 60, 400, { lineBreak: false });
      pdf.fillColor('#000').addContent('3 Tr').text('Due 2026-08-20', 60, 440, { lineBreak: false });
    });
    const { pages, text, doubts } = await readers.read(paper);
    expect(pages).toMatchObject([{ source: 'text' }]);
    expect(doubts).toEqual([]);
    expect(text.split('\n')).toEqual(LETTER);
  });

  it('are left out where there is no other word', async () => {
    const white = await makePdf((pdf) => void pdf.fillColor('#fff').text('Total 7,234.50', 60, 400));
    expect((await readers.read(white)).text).toBe('');
  });

  it('bring the paper before a person where the page shows nothing else: its picture may be lost', async () => {
    const paper = await makePdf((pdf) => void pdf.addContent('3 Tr').text('Total 7,234.50', 60, 400));
    const { pages, doubts } = await readers.read(paper);
    expect(doubts).toEqual(['layer-unchecked']);
    expect(pages).toMatchObject([{ source: 'ocr', words: [{ confidence: 0.5 }, { confidence: 0.5 }] }]);
  });

  it('are read where they are white on a dark ground', async () => {
    const paper = await makePdf((pdf) => {
      pdf.rect(40, 380, 300, 60).fill('#123').fillColor('#fff').fontSize(20).text('Total 7,234.50', 60, 400);
    });
    expect(await readers.read(paper)).toMatchObject({ text: 'Total 7,234.50', pages: [{ source: 'text' }] });
  });
});

describe('a layer that says what our own engine read', () => {
  it('changes no word, and lowers no confidence', () => {
    const confidences = fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(confidences, (seen) => {
        const scanned = reading(seen);
        const checked = checkedLayer(reading(seen.map(() => 1)), scanned)!;
        expect(checked.text).toBe(scanned.text);
        for (const [at, { confidence }] of checked.page.words.entries()) {
          expect(confidence).toBeGreaterThanOrEqual(seen[at]!);
          expect(confidence).toBeLessThanOrEqual(0.99);
        }
      }),
    );
  });
});

function reading(confidences: readonly number[]) {
  const words = confidences.map((confidence, at): Word => {
    return { page: 1, text: `word${at}`, x0: at * 40, y0: 10, x1: at * 40 + 30, y1: 30, confidence };
  });
  const about = { number: 1, width: 1000, height: 500, source: 'ocr', rotation: 0 } as const;
  return { page: { ...about, words }, text: words.map(({ text }) => text).join(' ') };
}
