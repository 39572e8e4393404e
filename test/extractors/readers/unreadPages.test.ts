import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ReadError } from '#extractors';
import { defaultLimits } from '../../../extractors/readers/limits.ts';
import type { OcrEngine } from '../../../extractors/readers/ocr.ts';
import { readDocument } from '../../../extractors/readers/readDocument.ts';
import { makePdf, scanLetter } from './papers.ts';

const engine = (read: OcrEngine['read']): OcrEngine => ({
  ...{ id: 'own 1', languages: ['eng'], read },
  orientation: async () => ({ rotation: 0, confidence: 0 }),
  close: async () => {},
});
const sees = (words: number) =>
  engine(async ({ width, height }) => [
    Array.from({ length: words }, () => ({ text: 'Paid', confidence: 0.9, x0: 0, y0: 0, x1: width, y1: height })),
  ]);
const throws = (error: Error) =>
  engine(async () => {
    throw error;
  });

const read = (bytes: Uint8Array, eyes: OcrEngine) =>
  readDocument({ bytes }, { engine: eyes, limits: defaultLimits, step() {} });

let scan: Buffer;
beforeAll(async () => {
  scan = await scanLetter();
});

describe('a page with a thin text layer over a scan', () => {
  const stamped = () =>
    makePdf(
      (pdf) => {
        pdf.image(scan, 0, 0, { width: 480 });
        pdf.fontSize(8).text('Received 12 March', 20, 290, { lineBreak: false });
      },
      { size: [480, 320], margin: 0 },
    );

  it.each([
    ['takes too long', new ReadError('timeout')],
    ['fails in a way of its own', new TypeError('no pixels')],
  ])('is doubted where its picture %s', async (_, error) => {
    const { pages, doubts } = await read(await stamped(), throws(error));
    expect(pages.map(({ text }) => text)).toEqual(['Received 12 March']);
    expect(doubts).toEqual(['ink-without-words']);
  });
});

describe('a picture in which no word is found', () => {
  it('is doubted where it shows ink', async () => {
    const { pages, doubts } = await read(scan, sees(0));
    expect(pages).toMatchObject([{ text: '' }]);
    expect(doubts).toEqual(['ink-without-words']);
  });

  it('is a blank sheet where it shows none', async () => {
    const blank = sharp({ create: { width: 600, height: 800, channels: 3, background: '#fdfdfa' } });
    expect((await read(await blank.png().toBuffer(), sees(0))).doubts).toEqual([]);
  });

  it('is not one with words', async () => {
    expect((await read(scan, sees(1))).doubts).toEqual([]);
  });
});

describe('text without an end to its line', () => {
  it('goes on over as many pages, and no word of it is lost', async () => {
    const { pages } = await read(Buffer.from(`Invoice 4711 ${'x '.repeat(150_000)}`), sees(0));
    expect(pages).toHaveLength(31);
    expect(pages.flatMap(({ page }) => page.words)).toHaveLength(150_002);
  });
});
