import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AmountStyle,
  addDays,
  type CurrencyPlace,
  DATE_STYLES,
  decimal,
  formatAmount,
  formatDate,
  formatMoney,
  formatQuantity,
  formatRate,
  ibanInBlocks,
  MONATE,
  MONTHS,
  vatIdSpaced,
} from '../../../demo/papers/format.ts';

const STYLES: readonly AmountStyle[] = [
  { group: '.', decimal: ',' },
  { group: ' ', decimal: ',' },
  { group: "'", decimal: '.' },
  { group: ',', decimal: '.' },
  { group: '', decimal: ',' },
];
const style = fc.constantFrom(...STYLES);
const cents = fc.integer({ min: -99_999_999, max: 99_999_999 });
const isoDate = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('amounts', () => {
  test.each([
    [123450, { group: '.', decimal: ',' }, '1.234,50'],
    [123450, { group: ' ', decimal: ',' }, '1 234,50'],
    [123456789, { group: ',', decimal: '.' }, '1,234,567.89'],
    [5, { group: ',', decimal: '.' }, '0.05'],
    [-90, { group: '.', decimal: ',' }, '-0,90'],
  ] as const)('%i cents', (amount, written, expected) => {
    expect(formatAmount(amount, written)).toBe(expected);
  });

  test('are read back in every style', () => {
    fc.assert(
      fc.property(cents, style, (amount, written) => {
        expect(readAmount(formatAmount(amount, written), written)).toBe(amount);
      }),
    );
  });

  test('of the truth are plain decimal strings', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        expect(Math.round(Number(decimal(amount)) * 100)).toBe(amount);
      }),
    );
    expect(decimal(123450)).toBe('1234.50');
  });

  test('keep their figures wherever the currency stands', () => {
    const places: readonly CurrencyPlace[] = ['before', 'before-spaced', 'after', 'code-before', 'code-after', 'none'];
    expect(places.map((place) => formatMoney(9900, STYLES[0]!, 'EUR', place))).toEqual([
      '€99,00',
      '€ 99,00',
      '99,00 €',
      'EUR 99,00',
      '99,00 EUR',
      '99,00',
    ]);
  });

  test('quantities and rates have as many decimals as they need', () => {
    expect([12_000, 2500, 250, 1_250_000].map((amount) => formatQuantity(amount, STYLES[0]!))).toEqual([
      '12',
      '2,5',
      '0,25',
      '1.250',
    ]);
    expect([19_000, 6625, 0].map((rate) => formatRate(rate, STYLES[3]!))).toEqual(['19', '6.625', '0']);
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999 }), style, (amount, written) => {
        const plain = formatQuantity(amount, written).replaceAll(written.group, '').replace(written.decimal, '.');
        expect(Math.round(Number(plain) * 1000)).toBe(amount);
      }),
    );
  });
});

describe('dates', () => {
  test.each(DATE_STYLES)('%s is read back', (dateStyle) => {
    fc.assert(
      fc.property(isoDate, (iso) => {
        expect(readDate(formatDate(iso, dateStyle), dateStyle)).toBe(iso);
      }),
    );
  });

  test('look as people write them', () => {
    expect(DATE_STYLES.map((dateStyle) => formatDate('2026-03-02', dateStyle))).toEqual([
      '02.03.2026',
      '2.3.2026',
      '02/03/2026',
      '03/02/2026',
      '2026-03-02',
      '2 March 2026',
      '02 Mar 2026',
      'March 2, 2026',
      '2. März 2026',
    ]);
  });

  test('days are added across months and leap days', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    fc.assert(
      fc.property(isoDate, fc.integer({ min: -400, max: 400 }), (iso, days) => {
        expect(addDays(addDays(iso, days), -days)).toBe(iso);
      }),
    );
  });
});

test('blocks and spaces change nothing but spaces', () => {
  expect(ibanInBlocks('DE89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00');
  expect(vatIdSpaced('DE123456789')).toBe('DE 123 456 789');
  expect(vatIdSpaced('ATU12345678')).toBe('ATU 123 456 78');
});

function readAmount(text: string, written: AmountStyle): number {
  const digits = text.replaceAll(written.group, '').replace(written.decimal, '');
  return Number(digits) || 0;
}

/** By another way than the code under test: fields by the letters of the style. */
function readDate(text: string, dateStyle: string): string {
  const names = [...MONTHS, ...MONATE];
  const words = text.match(/\p{L}+|\d+/gu)!;
  const fields = dateStyle.match(/[A-Za-z]+/g)!;
  const field = (initial: string) => words[fields.findIndex((name) => name.toLowerCase().startsWith(initial))]!;
  const month = field('m');
  const monthNumber = /\d/.test(month) ? Number(month) : (names.findIndex((name) => name.startsWith(month)) % 12) + 1;
  return [field('y'), String(monthNumber).padStart(2, '0'), field('d').padStart(2, '0')].join('-');
}
