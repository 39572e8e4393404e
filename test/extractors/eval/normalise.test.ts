import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bareWord,
  capitals,
  normaliseAmount,
  normaliseDate,
  normaliseField,
  strictField,
  wordsOf,
} from '../../../extractors/eval/normalise.ts';

const dayFirst = { dayFirst: true };
const day = fc.record({
  y: fc.integer({ min: 1970, max: 2069 }),
  m: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 31 }),
});
const two = (part: number) => String(part).padStart(2, '0');

describe('dates', () => {
  it('are the same day however they are written', () => {
    fc.assert(
      fc.property(day, ({ y, m, d }) => {
        const iso = `${y}-${two(m)}-${two(d)}`;
        expect(normaliseDate(iso, true)).toBe(iso);
        expect(normaliseDate(`${d}.${m}.${y}`, true)).toBe(iso);
        expect(normaliseDate(`${two(m)}/${two(d)}/${String(y).slice(2)}`, false)).toBe(iso);
      }),
    );
  });

  it.each([
    ['26. Oktober 2022', '2022-10-26'],
    ['3rd of March, 1998', '1998-03-03'],
    ['Mar 3, 98', '1998-03-03'],
    ['1er février 2020', '1er février 2020'],
    ['20181225', '2018-12-25'],
    ['13/25/2018', '13/25/2018'],
  ])('%s', (text, expected) => expect(normaliseDate(text, true)).toBe(expected));

  it('that can be read two ways follow the document, and fall back to the only way that is a day', () => {
    expect([normaliseDate('03/04/18', true), normaliseDate('03/04/18', false)]).toEqual(['2018-04-03', '2018-03-04']);
    expect([normaliseDate('25/12/18', false), normaliseDate('12/25/18', true)]).toEqual(['2018-12-25', '2018-12-25']);
  });
});

describe('amounts', () => {
  it('are the same with points, commas, spaces and currency', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (cents) => {
        const plain = (cents / 100).toFixed(2);
        const [whole = '', decimals = ''] = plain.split('.');
        const grouped = (mark: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark);
        for (const text of [
          plain,
          `${grouped('.')},${decimals} €`,
          `$${grouped(',')}.${decimals}`,
          `CHF ${grouped("'")}.${decimals}`,
        ]) {
          expect(normaliseAmount(text)).toBe(plain);
        }
      }),
    );
  });

  it.each([
    ['-218.48', '-218.48'],
    ['\u2212 7,50', '-7.50'],
    ['(12.00)', '-12.00'],
    ['1.234', '1.23'],
    ['1,234', '1234.00'],
    ['1.234.567', '1234567.00'],
    ['none', 'NONE'],
  ])('%s', (text, expected) => expect(normaliseAmount(text)).toBe(expected));
});

describe('other values', () => {
  it('forgive everything but letters and digits, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(capitals(capitals(text))).toBe(capitals(text));
        expect(capitals(text)).toMatch(/^[0-9A-Z]*$/);
        expect(bareWord(` ${text}-`)).toBe(bareWord(text));
        expect(wordsOf(wordsOf(text).join('  '))).toEqual(wordsOf(text));
      }),
    );
  });

  it('are compared by what the field is, or as the truth says', () => {
    expect(normaliseField('currency', '€', dayFirst)).toBe('EUR');
    expect(normaliseField('seller', 'Müller & Söhne', dayFirst)).toBe('MULLERSOHNE');
    expect(normaliseField('seller', '…', dayFirst)).toBe('…');
    expect(normaliseField('employees', '1,200.0', { dayFirst: true, type: 'number' })).toBe('1200');
    expect(normaliseField('name', 'ŁÓDŹ 3', { dayFirst: true, type: 'text' })).toBe('łódź3');
    expect(normaliseField('paid', '3.4.2018', { dayFirst: true, type: 'date' })).toBe('2018-04-03');
    expect(strictField('seller', ' a  B', dayFirst)).toBe('A B');
    expect(strictField('total', '1.000,00', dayFirst)).toBe('1000.00');
  });
});
