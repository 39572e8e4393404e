import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ibanHolds, spelled, tidy } from '../../../console/web/desk/form/formats.ts';

const cents = fc.integer({ min: -99_999_999, max: 99_999_999 });
const canonical = (value: number) => {
  const digits = String(Math.abs(value)).padStart(3, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
const written = (value: number, group: string, mark: string) => {
  const [whole = '', fraction = ''] = canonical(value).split('.');
  return whole.replaceAll(/(?<=\d)(?=(\d{3})+$)/g, group) + mark + fraction;
};

describe('amounts', () => {
  it.each([
    ['English', ',', '.'],
    ['German', '.', ','],
    ['Swiss', '’', '.'],
    ['French', ' ', ','],
    ['bare', '', '.'],
  ])('reads the %s way of writing back', (_, group, mark) => {
    fc.assert(fc.property(cents, (value) => tidy('money', written(value, group, mark)) === canonical(value)));
  });

  it.each([
    ['1234', '1234.00'],
    ['12,5', '12.50'],
    ['€ 3', '3.00'],
    ['007.10', '7.10'],
    ['120,00-', '-120.00'],
    ['1,234', '1234.00'],
  ])('takes %s for %s', (typed, value) => expect(tidy('money', typed)).toBe(value));

  it.each(['1.234', '12.345', '1.2.3,4,5', '1,23,456', 'twelve', '1e3', '--1'])('does not guess at %s', (typed) => {
    expect(tidy('money', typed)).toBe(typed);
  });

  it.each([
    ['unit-price', '0,1295', '0.1295'],
    ['unit-price', '3,5', '3.50'],
    ['quantity', '12,50', '12.5'],
    ['quantity', '1.000', '1'],
    ['quantity', '1,250', '1,250'],
  ])('a %s of %s is %s', (format, typed, value) => expect(tidy(format, typed)).toBe(value));
});

describe('days', () => {
  it('leaves every ISO day as it is', () => {
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2089-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, day] = iso.split('-');
        return tidy('date', iso) === iso && tidy('date', `${Number(day)}.${Number(month)}.${year}`) === iso;
      }),
    );
  });

  it.each([
    ['31.3.26', '2026-03-31'],
    ['1/2/2026', '2026-02-01'],
    ['2 Nov 2026', '2026-11-02'],
    ['2. November 2026', '2026-11-02'],
    ['31.2.2026', '31.2.2026'],
    ['soon', 'soon'],
  ])('takes %s for %s', (typed, value) => expect(tidy('date', typed)).toBe(value));

  it('spells a day out, so that day and month are not confused', () => {
    expect(spelled('date', '2026-03-02')).toMatch(/^Monday,? 2 March 2026$/);
    expect(spelled('date', '2026-02-30')).toBeUndefined();
  });
});

describe('codes', () => {
  it('closes up and capitalises', () => {
    expect(tidy('iban', ' at61 1904 3002 3457 3201 ')).toBe('AT611904300234573201');
    expect(tidy('vat-id', 'atu 6361.1700')).toBe('ATU63611700');
    expect(tidy('currency', 'eur')).toBe('EUR');
    expect(tidy('identifier', '  RE  17 ')).toBe('RE 17');
  });

  it('knows right check digits from wrong ones', () => {
    expect(ibanHolds('AT611904300234573201')).toBe(true);
    expect(ibanHolds('GB82WEST12345698765432')).toBe(true);
    expect(ibanHolds('AT611904300234573202')).toBe(false);
    expect(ibanHolds('AT61')).toBe(false);
  });
});

it('is settled after once: what was tidied stays as it is', () => {
  const formats = fc.constantFrom(
    'money',
    'unit-price',
    'quantity',
    'date',
    'iban',
    'vat-id',
    'currency',
    'identifier',
    'line',
  );
  const texts = fc.oneof(fc.string({ maxLength: 20 }), fc.stringMatching(/^[\d.,' -]{0,12}$/));
  fc.assert(fc.property(formats, texts, (format, text) => tidy(format, tidy(format, text)) === tidy(format, text)));
});
