import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSamePaper, lookOf } from '../../../extractors/memory/look.ts';
import { outlineOf } from '../../../extractors/memory/outline.ts';
import { joinedSignature, likeness, SAME_LAYOUT, signatureOf, sketchOf } from '../../../extractors/memory/signature.ts';
import { pageOf } from '../paper.ts';
import { type Bill, billOf, FIRST, SECOND, strangersPaper } from './papers.ts';

const word = fc.stringMatching(/^[A-Za-z]{3,9}$/);
const page = fc.array(fc.tuple(fc.nat(900), fc.nat(1600), word), { maxLength: 40 }).map((placed) => pageOf(placed));
const amount = fc.nat(9_999_999).map((cents) => (cents / 100).toFixed(2));
const bill: fc.Arbitrary<Bill> = fc.record({
  number: fc.stringMatching(/^K-\d{4}$/),
  date: fc
    .tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }))
    .map(([day, month]) => `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/2026`),
  client: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  rows: fc.array(fc.tuple(word, amount), { minLength: 1, maxLength: 8 }),
  total: amount,
  paid: amount,
});

describe('a signature', () => {
  it('is like itself, as like as the other is to it, and between 0 and 1', () => {
    fc.assert(
      fc.property(page, page, (one, other) => {
        const [a, b] = [signatureOf([one]), signatureOf([other])];
        expect(likeness(a, b)).toBeCloseTo(likeness(b, a));
        expect(likeness(a, b)).toBeGreaterThanOrEqual(0);
        expect(likeness(a, b)).toBeLessThanOrEqual(1);
        if (Object.keys(a).length > 0) expect(likeness(a, a)).toBe(1);
      }),
    );
  });

  it('is the same layout’s under any values, and nobody else’s', () => {
    const stranger = signatureOf([strangersPaper()]);
    fc.assert(
      fc.property(bill, bill, (one, other) => {
        const [a, b] = [signatureOf([billOf(one)]), signatureOf([billOf(other, 'ocr')])];
        expect(likeness(a, b)).toBeGreaterThanOrEqual(SAME_LAYOUT);
        expect(likeness(joinedSignature([a, b]), stranger)).toBeLessThan(SAME_LAYOUT);
        expect(sketchOf(a).filter((mark) => sketchOf(b).includes(mark)).length).toBeGreaterThan(10);
      }),
    );
  });

  it('holds no digits', () => {
    const marks = Object.keys(signatureOf([billOf(FIRST)])).map((mark) => mark.slice(0, mark.lastIndexOf('@')));
    expect(marks.filter((mark) => /\d/.test(mark))).toEqual([]);
  });
});

describe('what is kept of a paper', () => {
  it('is its first and last pages, and the same again of what was kept', () => {
    const pages = Array.from({ length: 9 }, (_, i) => ({ ...billOf(FIRST), number: i + 1 }));
    const kept = outlineOf(pages);
    expect(kept.map(({ number }) => number)).toEqual([1, 2, 8, 9]);
    expect(outlineOf(kept)).toEqual(kept);
  });
});

describe('a paper that comes again', () => {
  const document = { sha256: 's', name: 'n', mime: 'm' };
  const read = (value: string) => ({
    ...{ value, probability: 1, absent: 0, sources: [], alternatives: [], evidence: [] },
  });
  const look = ({ number, total, ...rest }: Bill, source?: 'ocr') =>
    lookOf(document, [billOf({ number, total, ...rest }, source)], { number: read(number), total: read(total) });

  it('is known though it was scanned', () => {
    fc.assert(
      fc.property(bill, (one) => {
        expect(isSamePaper(look(one), look(one, 'ocr'))).toBe(true);
      }),
    );
  });

  it('is another where its number differs, however alike the rest', () => {
    const next = { ...FIRST, number: 'K-8899' };
    expect(isSamePaper(look(FIRST), look(next))).toBe(false);
    expect(isSamePaper(look(FIRST), look(SECOND))).toBe(false);
  });
});
