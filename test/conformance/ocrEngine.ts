import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Grey, throughSharp, turn } from '../../extractors/readers/grey.ts';
import type { OcrEngine } from '../../extractors/readers/ocr.ts';
import { LETTER, overlap, scanLetter } from '../extractors/readers/papers.ts';

/** What any engine that reads pictures must do. */
export function ocrEngineConformance(name: string, open: () => OcrEngine): void {
  describe(`OCR by ${name}`, () => {
    let engine: OcrEngine;
    let letter: Grey;

    beforeAll(async () => {
      engine = open();
      letter = await greyOf(await scanLetter());
    });
    afterAll(() => engine.close());

    it('says what it is and which languages it reads', () => {
      expect(engine.id).toMatch(/\S/u);
      expect(engine.languages).toContain('eng');
    });

    it('reads a page line by line, in order', async () => {
      const lines = await engine.read(letter, { dpi: 150, segmentation: 'page' });
      expect(lines.map((line) => line.map((word) => word.text).join(' ')).join('\n')).toContain(
        LETTER.slice(5).join('\n'),
      );
    });

    it('reads a block, and gives each word a box on its ink and a confidence', async () => {
      const words = (await engine.read(letter, { dpi: 150, segmentation: 'block' })).flat();
      const word = words.find((one) => one.text === 'Envelopes')!;
      expect(word.confidence).toBeGreaterThan(0.5);
      expect(word.confidence).toBeLessThanOrEqual(1);
      const ink = await inkOf(letter, word);
      expect(overlap({ ...word }, ink)).toBeGreaterThan(0.5);
    });

    it('reads one line', async () => {
      const words = (await engine.read(letter, { dpi: 150, segmentation: 'block' })).flat();
      const amount = words.find((word) => word.text === '979.40')!;
      const line = await throughSharp(letter, (pipeline) =>
        pipeline.extract({ left: 0, top: amount.y0 - 6, width: letter.width, height: amount.y1 - amount.y0 + 12 }),
      );
      const read = (await engine.read(line, { dpi: 150, segmentation: 'line' })).flat();
      expect(read.map((one) => one.text)).toContain('979.40');
    });

    it('reads nothing on empty paper', async () => {
      const empty = { data: new Uint8Array(300 * 200).fill(255), width: 300, height: 200 };
      expect((await engine.read(empty, { dpi: 150, segmentation: 'block' })).flat()).toEqual([]);
    });

    it('sees which way up a page lies', async () => {
      const found = await engine.orientation(await turn(letter, 90));
      expect(found).toMatchObject({ rotation: 270 });
      expect(found.confidence).toBeGreaterThan(0.5);
    });

    it('reads several pictures that are handed over at once', async () => {
      const both = await Promise.all([
        engine.read(letter, { dpi: 150, segmentation: 'block' }),
        engine.read(letter, { dpi: 150, segmentation: 'block' }),
      ]);
      expect(both[0]).toEqual(both[1]);
    });
  });
}

async function greyOf(picture: Buffer): Promise<Grey> {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The smallest box around the ink within a few pixels of a word. */
async function inkOf(page: Grey, word: { x0: number; y0: number; x1: number; y1: number }) {
  const near = { x0: word.x0 - 3, y0: word.y0 - 3, x1: word.x1 + 3, y1: word.y1 + 3 };
  const box = { x0: near.x1, y0: near.y1, x1: near.x0, y1: near.y0 };
  for (let y = near.y0; y < near.y1; y++) {
    for (let x = near.x0; x < near.x1; x++) {
      if (page.data[y * page.width + x]! > 128) continue;
      box.x0 = Math.min(box.x0, x);
      box.x1 = Math.max(box.x1, x + 1);
      box.y0 = Math.min(box.y0, y);
      box.y1 = Math.max(box.y1, y + 1);
    }
  }
  return box;
}
