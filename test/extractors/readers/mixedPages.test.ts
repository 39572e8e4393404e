import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Page, silentLogger, type Word } from '#core';
import { openReaders, type Readers } from '#extractors';
import { mixedPage } from '../../../extractors/readers/mixedPage.ts';
import { drawLetter, findWord, lettersRead, makePdf, scanLetter } from './papers.ts';

let readers: Readers;
beforeAll(() => {
  readers = openReaders({ workers: 1, log: silentLogger });
});
afterAll(() => readers.close());

const FOOTER = Array.from({ length: 6 }, (_, row) => `printed by the post room on floor ${row} for the files`);

function drawFooter(pdf: PDFKit.PDFDocument): void {
  pdf.fontSize(6);
  for (const [row, line] of FOOTER.entries()) pdf.text(line, 20, 270 + 7 * row, { lineBreak: false });
}

describe('a page with a scan and many typed words', () => {
  it('is read as a whole: the words of the layer, and those of the pixels', async () => {
    const scan = await scanLetter();
    const paper = await makePdf(
      (pdf) => {
        pdf.image(scan, 0, 0, { width: 480 });
        drawFooter(pdf);
      },
      { size: [480, 320], margin: 0 },
    );
    const { pages, text } = await readers.read(paper);
    expect(pages).toMatchObject([{ width: 960, height: 640, source: 'ocr', rotation: 0 }]);
    expect(pages[0]!.by).toMatch(/^pdfium .+, tesseract/);
    expect(lettersRead(text)).toBeGreaterThan(0.9);
    expect(text.split('\n').slice(-FOOTER.length)).toEqual(FOOTER);
    expect(findWord(pages[0], 'floor').confidence).toBe(1);
    expect(findWord(pages[0], '48213').confidence).toBeLessThan(1);
  });

  it('is read as a whole where the scan hangs in a form of its own, or in strips', async () => {
    const scan = sharp(await scanLetter());
    const { width, height } = await scan.metadata();
    const half = Math.round(height / 2);
    const strip = (top: number, rows: number) =>
      scan.clone().extract({ left: 0, top, width, height: rows }).png().toBuffer();
    const strips = [await strip(0, half), await strip(half, height - half)];
    const paper = await makePdf(
      (pdf) => {
        pdf.save().scale(0.48);
        for (const [row, image] of strips.entries()) pdf.image(image, 0, row * half, { width: 1000 });
        pdf.restore();
        drawFooter(pdf);
      },
      { size: [480, 320], margin: 0 },
    );
    expect(lettersRead((await readers.read(paper)).text)).toBeGreaterThan(0.9);
  });

  it('is doubted where pixels show writing that nobody can read', async () => {
    const scrawl = Array.from({ length: 100 }, (_, i) => {
      const [x, y] = [20 + (i % 10) * 90, 20 + Math.floor(i / 10) * 50];
      return `<path d="M${x} ${y}q9 -${9 + (i % 5)} 7 6t-5 ${5 + (i % 7)}q8 -9 12 -${2 + (i % 3)}" fill="none" stroke="#222" stroke-width="2"/>`;
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="540"><rect width="1000" height="540" fill="#fff"/>${scrawl.join('')}</svg>`;
    const scan = await sharp(Buffer.from(svg)).png().toBuffer();
    const paper = await makePdf(
      (pdf) => {
        pdf.image(scan, 0, 0, { width: 480 });
        drawFooter(pdf);
      },
      { size: [480, 320], margin: 0 },
    );
    const { pages, doubts } = await readers.read(paper);
    expect(doubts).toEqual(['ink-without-words']);
    expect(pages).toMatchObject([{ source: 'text' }]);
  });

  it('costs a page no recognition where the picture is a photograph, or a ground under the words', async () => {
    const noise = Buffer.from(
      Array.from({ length: 300 * 200 }, (_, i) => 128 + 100 * Math.sin(i / 7) * Math.cos(i / 900)),
    );
    const photo = await sharp(noise, { raw: { width: 300, height: 200, channels: 1 } })
      .blur(4)
      .png()
      .toBuffer();
    const ground = await sharp({ create: { width: 60, height: 80, channels: 3, background: '#f4f4ee' } })
      .png()
      .toBuffer();
    const paper = await makePdf((pdf) => {
      pdf.image(ground, 0, 0, { width: 595, height: 842 });
      pdf.image(photo, 60, 400, { width: 420 });
      drawLetter(pdf);
    });
    const { pages, doubts } = await readers.read(paper);
    expect(doubts).toEqual([]);
    expect(pages).toMatchObject([{ source: 'text' }]);
    expect(pages[0]!.words.every(({ confidence }) => confidence === 1)).toBe(true);
  });
});

describe('layer and pixels of one page', () => {
  it('come to every word of the layer, and every other that pixels show', () => {
    const place = fc.record({ column: fc.nat(9), row: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 30 }), fc.array(place, { maxLength: 30 }), (typed, seen) => {
        const own = distinct(typed);
        const others = distinct(seen);
        const { page, text } = mixedPage(reading(own, 'text', 1), reading(others, 'ocr', 0.9));
        const added = others.filter(({ column, row }) => !own.some((one) => one.column === column && one.row === row));
        expect(page.words).toHaveLength(own.length + (added.length >= 5 ? added.length : 0));
        expect(page.words.filter(({ confidence }) => confidence === 1)).toHaveLength(own.length);
        expect(text.split(/\s+/).filter(Boolean)).toEqual(page.words.map((word) => word.text));
      }),
    );
  });
});

interface Place {
  readonly column: number;
  readonly row: number;
}

function distinct(places: readonly Place[]): Place[] {
  return places
    .filter((one, at) => places.findIndex(({ column, row }) => column === one.column && row === one.row) === at)
    .sort((a, b) => a.row - b.row || a.column - b.column);
}

function reading(places: readonly Place[], source: Page['source'], confidence: number) {
  const words = places.map(({ column, row }): Word => {
    return {
      page: 1,
      text: 'word',
      x0: column * 90,
      y0: row * 40,
      x1: column * 90 + 60,
      y1: row * 40 + 20,
      confidence,
    };
  });
  const rows = [...Map.groupBy(places, ({ row }) => row).values()];
  const text = rows.map((row) => row.map(() => 'word').join(' ')).join('\n');
  return { page: { number: 1, width: 1000, height: 500, source, rotation: 0 as const, words }, text };
}
