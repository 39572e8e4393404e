import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  isoDate,
  readCount,
  readDate,
  readDecimal,
  showDate,
  showDecimal,
  trimZeros,
} from '../../../demo/ledger/formats.ts';
import { fitLatin1, readForm } from '../../../demo/ledger/latin1.ts';

const cents = fc.integer({ min: -9_999_999_999, max: 9_999_999_999 });
const day = fc.integer({ min: 0, max: 40_000 }).map((days) => isoDate(days * 86_400_000));

test('an amount that is shown is read again as the same', () => {
  fc.assert(
    fc.property(cents, (amount) => {
      const value = (amount / 100).toFixed(2);
      expect(readDecimal(showDecimal(value, 2), 2)).toBe(value);
    }),
  );
});

test('an amount is never refused, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 14 }), (text) => {
      expect(readDecimal(text, 2)).toMatch(/^-?\d+\.\d\d$/);
    }),
  );
});

test.each([
  ['1.234,50', '1234.50'],
  ['1.234,50 EUR', '1234.50'],
  ['1234.50', '123450.00'],
  ['1,234.50', '1.23'],
  ['abc', '0.00'],
  ['EUR 5', '0.00'],
  ['', '0.00'],
  ['-12,5', '-12.50'],
  ['-0,001', '0.00'],
  ['1e9', '1.00'],
])('the amount %j is stored as %s', (text, stored) => {
  expect(readDecimal(text, 2)).toBe(stored);
});

test('a date that is shown is read again as the same', () => {
  fc.assert(
    fc.property(day, (iso) => {
      expect(readDate(showDate(iso))).toBe(iso);
    }),
  );
});

test.each([
  ['5.3.2003', '2003-03-05'],
  ['05.03.03', '2003-03-05'],
  ['31.02.2003', '2003-03-03'],
  ['2003-03-05', undefined],
  ['03/05/2003', undefined],
  ['13.13.2003', undefined],
  ['00.01.2003', undefined],
  ['', undefined],
])('the date %j is stored as %s', (text, stored) => {
  expect(readDate(text)).toBe(stored);
});

test('terms run over the ends of months and years', () => {
  expect(addDays('2003-12-15', 30)).toBe('2004-01-14');
});

test('counts take the leading digits, quantities lose idle zeros', () => {
  expect(['12', '12 boxes', 'a dozen', '1.200'].map(readCount)).toEqual([12, 12, 0, 1200]);
  expect(['12.500', '120.000', '0.000', '100'].map(trimZeros)).toEqual(['12.5', '120', '0', '100']);
});

test('a Latin-1 form arrives as it was sent', () => {
  const latin1 = fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .map((code) => String.fromCharCode(code < 0x80 || code > 0x9f ? code : 0xe4)),
  });
  fc.assert(
    fc.property(latin1, (text) => {
      const encoded = Array.from(text, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
      expect(readForm(`f1=${encoded}`).get('f1')).toBe(text.trim());
    }),
  );
});

test('no form, however broken, breaks the reader', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const value of readForm(text).values()) expect(value).toBe(fitLatin1(value).trim());
    }),
  );
  expect(readForm('f1=%zz+%&&=x')).toEqual(
    new Map([
      ['f1', '%zz %'],
      ['', 'x'],
    ]),
  );
});

test('what the character set cannot hold is a question mark', () => {
  expect(fitLatin1('Müller €5 „Łódź” 日本')).toBe('Müller ?5 ??ód?? ??');
});
