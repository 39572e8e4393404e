import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OcrWord } from '../../../extractors/readers/ocr.ts';
import { fusedPages } from '../../../extractors/readers/pageFusion.ts';

const at = (text: string, x0: number, y0: number, confidence: number): OcrWord => {
  return { text, x0, y0, x1: x0 + 12 * text.length, y1: y0 + 20, confidence };
};
const texts = (lines: readonly (readonly OcrWord[])[]) => lines.map((line) => line.map(({ text }) => text).join(' '));

describe('a page read twice', () => {
  it('believes what both say more than either, in the place the second gives', () => {
    const [[word]] = fusedPages([[at('Total', 10, 0, 0.8)]], [[at('total', 12, 2, 0.7)]]) as [[OcrWord]];
    expect(word).toMatchObject({ text: 'Total', x0: 12, y0: 2 });
    expect(word.confidence).toBeCloseTo(0.94);
  });

  it('takes the surer of two that differ', () => {
    const first = [[at('7otal', 10, 0, 0.4), at('12.50', 100, 0, 0.9)]];
    const second = [[at('Total', 10, 0, 0.8), at('17.50', 100, 0, 0.5)]];
    expect(texts(fusedPages(first, second))).toEqual(['Total 12.50']);
  });

  it('believes the surer where one took for two what the other took for one', () => {
    const one = (confidence: number) => [[at('Grandtota1', 10, 0, confidence)]];
    const two = (confidence: number) => [[at('Grand', 10, 0, confidence), at('total', 80, 0, confidence)]];
    expect(texts(fusedPages(one(0.1), two(0.9)))).toEqual(['Grand total']);
    expect(texts(fusedPages(one(0.9), two(0.1)))).toEqual(['Grandtota1']);
    expect(texts(fusedPages(two(0.1), one(0.9)))).toEqual(['Grandtota1']);
    expect(texts(fusedPages(two(0.9), one(0.1)))).toEqual(['Grand total']);
  });

  it('believes no bits of a word that leave letters out', () => {
    const bits = [[at('Gra', 10, 0, 0.9), at('tot', 80, 0, 0.9)]];
    expect(texts(fusedPages([[at('Grandtotal', 10, 0, 0.1)]], bits))).toEqual(['Grandtotal']);
  });

  it('believes letters more that both saw, however they parted them', () => {
    const [line = []] = fusedPages([[at('12.50EUR', 10, 0, 0.6)]], [[at('12.50', 10, 0, 0.8), at('EUR', 70, 0, 0.8)]]);
    expect(line).toEqual([{ ...at('12.50EUR', 10, 0, 0.6), confidence: expect.closeTo(0.92) }]);
  });

  it.each([
    ['1.250', '12.50'],
    ['125.00', '-125.00'],
    ['125.00', '125.00-'],
    ['(125.00)', '125.00'],
    ['50', '.50'],
  ])('takes %s and %s for two readings, of which the surer stands as sure as it was', (first, second) => {
    expect(fusedPages([[at(first, 10, 0, 0.6)]], [[at(second, 10, 0, 0.9)]])).toEqual([[at(second, 10, 0, 0.9)]]);
    expect(fusedPages([[at(second, 10, 0, 0.6)]], [[at(first, 10, 0, 0.9)]])).toEqual([[at(first, 10, 0, 0.9)]]);
  });

  it('looks over stray marks around a figure that both saw', () => {
    const [[word]] = fusedPages([[at('12.50', 10, 0, 0.6)]], [[at("'12.50:", 10, 0, 0.8)]]) as [[OcrWord]];
    expect(word).toMatchObject({ text: '12.50', confidence: expect.closeTo(0.92) });
  });

  it('believes each of two words by the whole of what the other took for three', () => {
    const first = [at('12.50', 10, 0, 0.5), at('EUR', 80, 0, 0.5)];
    const second = [at('12', 10, 0, 0.1), at('.50', 36, 0, 0.9), at('EUR', 80, 0, 0.9)];
    const spanning = { ...second[1]!, x1: 100 };
    const [line = []] = fusedPages([first], [[second[0]!, spanning, second[2]!]]);
    expect(line.map(({ confidence }) => confidence)).toEqual([expect.closeTo(0.85), expect.closeTo(0.85)]);
  });

  it('takes no word twice that stands over two lines', () => {
    const first = [[at('Harbour', 10, 0, 0.2)], [at('Street', 10, 20, 0.2)]];
    const tall = { ...at('Wharves', 10, 0, 0.9), y1: 40 };
    expect(texts(fusedPages(first, [[tall]]))).toEqual(['Wharves', 'Street']);
  });

  it('leaves a word once that a smudge drew into a second line: in the longer one', () => {
    const fresh = at('FRESH', 100, 20, 0.9);
    const smudge = { ...at('LsFRE', 100, 0, 0.3), y1: 40 };
    const first = [[smudge], [at('MAKASSAR', 0, 20, 0.9), { ...fresh, y0: 21 }, at('MARKET', 180, 20, 0.9)]];
    expect(texts(fusedPages(first, [[fresh]]))).toEqual(['MAKASSAR FRESH MARKET']);
  });

  it('adds what only the second saw if it was sure, in its line or in one of its own', () => {
    const first = [[at('Invoice', 10, 0, 0.9)], [at('Total', 10, 100, 0.9)]];
    const second = [
      [at('4711', 200, 1, 0.9), at('~', 300, 1, 0.3)],
      [at('Harbour', 10, 50, 0.8)],
      [at('Thanks', 10, 200, 0.8)],
    ];
    expect(texts(fusedPages(first, second))).toEqual(['Invoice 4711', 'Harbour', 'Total', 'Thanks']);
  });

  it('leaves no place of the first bare, and makes no word of its own, whatever the second says', () => {
    const word = fc
      .record({
        text: fc.constantFrom('a', 'total', '12.50'),
        x: fc.nat(400),
        y: fc.nat(400),
        confidence: fc.float({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ text, x, y, confidence }) => at(text, x, y, confidence));
    const lines = fc.array(fc.array(word, { maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(lines, lines, (first, second) => {
        const all = fusedPages(first, second).flat();
        const covers = (a: OcrWord, b: OcrWord) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
        for (const word of first.flat()) expect(all.some((each) => covers(each, word))).toBe(true);
        expect(all.length).toBeLessThanOrEqual(first.flat().length + second.flat().length);
        for (const { text, confidence } of all) {
          expect(confidence).toBeLessThanOrEqual(1);
          expect([...first, ...second].flat().some((each) => each.text === text)).toBe(true);
        }
      }),
    );
  });
});
