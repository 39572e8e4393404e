import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fused } from '../../../extractors/readers/fusion.ts';
import { type Grey, LONGEST_SIDE } from '../../../extractors/readers/grey.ts';
import { findMarks } from '../../../extractors/readers/marks.ts';
import type { OcrWord } from '../../../extractors/readers/ocr.ts';
import { linesOfTable } from '../../../extractors/readers/ocrNative.ts';
import { pack } from '../../../extractors/readers/packing.ts';
import { withoutRules } from '../../../extractors/readers/rules.ts';
import { findStrips } from '../../../extractors/readers/strips.ts';

const LETTER = { width: 8, height: 12 };
const THRESHOLD = 128;

describe('strips', () => {
  it('are lines of text, parted where a column begins', () => {
    const page = paper(600, 200);
    write(page, 20, 40, 10);
    write(page, 400, 40, 5);
    write(page, 20, 80, 12);
    expect(stripsOf(page).map(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1])).toEqual([
      [20, 28, 20 + 10 * 12 - 4, 40],
      [400, 28, 400 + 5 * 12 - 4, 40],
      [20, 68, 20 + 12 * 12 - 4, 80],
    ]);
  });

  it('end where a rule parts two cells', () => {
    const page = paper(400, 200);
    write(page, 20, 100, 10);
    write(page, 148, 100, 10);
    block(page, 142, 40, 2, 120);
    expect(stripsOf(page).map(({ x0, x1 }) => [x0, x1])).toEqual([
      [20, 136],
      [148, 264],
    ]);
  });

  it('follow a slope, and keep their points and accents', () => {
    const page = paper(800, 200);
    for (let index = 0; index < 40; index++) block(page, 20 + index * 12, 60 + Math.round(index * 0.24), 8, 12);
    block(page, 24, 54, 2, 3);
    block(page, 20 + 40 * 12, 60 + 9 + 10, 2, 2);
    const [strip, ...more] = stripsOf(page);
    expect(more).toEqual([]);
    expect(strip!.slope).toBeCloseTo(0.02, 2);
    expect(strip).toMatchObject({ y0: 54, x1: 502 });
  });

  it('leave out specks, frames and what is left of rules', () => {
    const page = paper(600, 300);
    write(page, 20, 40, 10);
    block(page, 300, 100, 2, 2);
    block(page, 100, 150, 3, 90);
    frame(page, 200, 120, 300, 100);
    expect(stripsOf(page)).toHaveLength(1);
  });

  it('hold every letter of every line, wherever the lines stand', () => {
    const line = fc.record({ x: fc.integer({ min: 5, max: 200 }), letters: fc.integer({ min: 3, max: 30 }) });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const page = paper(700, 40 * lines.length + 40);
        lines.forEach(({ x, letters }, index) => void write(page, x, 40 * (index + 1), letters));
        const strips = stripsOf(page).sort((a, b) => a.y0 - b.y0);
        expect(strips.map(({ marks }) => marks.length)).toEqual(lines.map(({ letters }) => letters));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a packed picture', () => {
  it('gives each box back to its strip and its place', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 40 }),
        fc.double({ min: 0.6, max: 1.4, noNaN: true }),
        (capital, width) => {
          const page = paper(600, 200);
          write(page, 30, 40, 20);
          write(page, 90, 90, 12);
          const strips = stripsOf(page);
          const { image, unpack } = pack(page, strips, LETTER.height, { capital, width });
          const marks = findMarks(image, THRESHOLD);
          const found = marks.map((mark) => unpack(mark));
          expect(found.map((place) => place?.index)).toEqual([...Array(20).fill(0), ...Array(12).fill(1)]);
          const first = found[0]!.box;
          expect(Math.abs(first.x0 - 30)).toBeLessThan(2);
          expect(Math.abs(first.y1 - 40)).toBeLessThan(2);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('takes no more strips, and none wider, than the engine can be shown', () => {
    const page = paper(600, 200);
    write(page, 30, 40, 20);
    const strips = Array.from({ length: 2000 }, () => stripsOf(page)[0]!);
    const { image, strips: shown } = pack(page, strips, LETTER.height, { capital: 24, width: 1 });
    expect(image.height).toBeLessThanOrEqual(LONGEST_SIDE);
    expect(image.height).toBeGreaterThan(0.99 * LONGEST_SIDE);
    expect(shown.length).toBeLessThan(strips.length);
    const wide = pack(page, strips.slice(0, 1), LETTER.height, { capital: 24, width: 100 });
    expect(wide.image.width).toBeGreaterThan(0.99 * LONGEST_SIDE);
    expect(wide.image.width).toBeLessThanOrEqual(LONGEST_SIDE);
  });

  it('has no place for a box between the strips', () => {
    const { unpack } = pack(paper(50, 50), [], 12, { capital: 24, width: 1 });
    expect(unpack({ x0: 1, y0: 1, x1: 5, y1: 5 })).toBeUndefined();
  });
});

describe('rules', () => {
  it('go, and the strokes that cross them stay', () => {
    const page = paper(400, 200);
    block(page, 10, 100, 380, 2);
    block(page, 200, 20, 2, 170);
    block(page, 50, 92, 4, 16);
    const { image: cleaned, uprights } = withoutRules(page, THRESHOLD, LETTER.height);
    expect(uprights).toContainEqual({ x: 200, y0: 20, y1: 190 });
    expect(inkAt(cleaned, 300, 100)).toBe(false);
    expect(inkAt(cleaned, 200, 50)).toBe(false);
    expect(inkAt(cleaned, 51, 96)).toBe(true);
    expect(inkAt(cleaned, 51, 100)).toBe(true);
  });

  it('go with the sides of a box one row high, and what stands in its cells is one strip', () => {
    const page = paper(400, 100);
    frame(page, 50, 40, 200, 28);
    for (let cell = 1; cell < 10; cell++) block(page, 50 + 20 * cell, 40, 2, 28);
    for (let cell = 0; cell < 10; cell++) write(page, 57 + 20 * cell, 60, 1);
    expect(findMarks(withoutRules(page, THRESHOLD, LETTER.height).image, THRESHOLD)).toHaveLength(10);
    expect(stripsOf(page)).toHaveLength(1);
  });

  it('are none where a tall letter stands on its line', () => {
    const page = paper(400, 100);
    block(page, 20, 70, 300, 2);
    block(page, 60, 40, 4, 30);
    block(page, 100, 42, 3, 28);
    const { image } = withoutRules(page, THRESHOLD, LETTER.height);
    expect(inkAt(image, 61, 50)).toBe(true);
    expect(inkAt(image, 101, 50)).toBe(true);
  });

  it('leave a page without rules as it is', () => {
    const page = paper(200, 100);
    write(page, 20, 40, 5);
    expect(withoutRules(page, THRESHOLD, LETTER.height).image).toBe(page);
  });
});

describe('two readings of a line', () => {
  it('that agree are surer than either', () => {
    expect(fused([word('Total', 0, 0.8)], [word('Total', 1, 0.7)])).toEqual([word('Total', 0, 0.94)]);
  });

  it('that differ leave the surer one, word by word', () => {
    const first = [word('lnvoice', 0, 0.5), word('4711', 100, 0.9)];
    const second = [word('Invoice', 2, 0.9), word('47l1', 101, 0.4)];
    expect(fused(first, second).map(({ text }) => text)).toEqual(['Invoice', '4711']);
  });

  it('of which one split a word are weighed as a whole', () => {
    const split = [
      { ...word('12', 0, 0.3), x1: 20 },
      { ...word('.50', 22, 0.4), x1: 48 },
    ];
    expect(fused(split, [word('12.50', 0, 0.9)]).map(({ text }) => text)).toEqual(['12.50']);
  });

  it('of which one is missing leave the other', () => {
    const words = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/u), fc.double({ min: 0, max: 1, noNaN: true })));
    fc.assert(
      fc.property(words, (given) => {
        const line = given.map(([text, confidence], index) => word(text, index * 100, confidence));
        expect(fused(line, [])).toEqual(line);
      }),
    );
  });
});

describe("the tesseract command's table", () => {
  it('gives the words of each line, whatever they are', () => {
    const text = fc.stringMatching(/^[\p{L}\p{N}\p{P}]{1,12}$/u);
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1 }), { minLength: 1 }), (lines) => {
        const rows = lines.flatMap((words, line) =>
          words.map((one, index) =>
            ['5', 1, 1, 1, line + 1, index + 1, 10 * index, 20 * line, 8, 12, 90, one].join('\t'),
          ),
        );
        const read = linesOfTable(['level\tpage_num', '4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t', ...rows, ''].join('\n'));
        expect(read.map((line) => line.map((one) => one.text))).toEqual(lines);
        expect(read[0]![0]).toMatchObject({ x0: 0, y0: 0, x1: 8, y1: 12, confidence: 0.9 });
      }),
    );
  });
});

function stripsOf(page: Grey) {
  const { image, uprights } = withoutRules(page, THRESHOLD, LETTER.height);
  return findStrips({ marks: findMarks(image, THRESHOLD), uprights, letterHeight: LETTER.height });
}

function word(text: string, x0: number, confidence: number): OcrWord {
  return { text, x0, x1: x0 + 50, y0: 0, y1: 20, confidence };
}

function paper(width: number, height: number): Grey {
  return { data: new Uint8Array(width * height).fill(255), width, height };
}

function block({ data, width }: Grey, left: number, top: number, across: number, down: number): void {
  for (let y = top; y < top + down; y++) data.fill(0, y * width + left, y * width + left + across);
}

function frame(page: Grey, left: number, top: number, across: number, down: number): void {
  block(page, left, top, across, 2);
  block(page, left, top + down - 2, across, 2);
  block(page, left, top, 2, down);
  block(page, left + across - 2, top, 2, down);
}

/** Letters as blocks that stand on `foot`. */
function write(page: Grey, x: number, foot: number, letters: number): void {
  const { width, height } = LETTER;
  for (let index = 0; index < letters; index++) block(page, x + index * (width + 4), foot - height, width, height);
}

function inkAt({ data, width }: Grey, x: number, y: number): boolean {
  return data[y * width + x]! < THRESHOLD;
}
