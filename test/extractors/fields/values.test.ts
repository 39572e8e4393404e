import fc from 'fast-check';
import { composeIBAN, friendlyFormatIBAN } from 'ibantools';
import { describe, expect, it } from 'vitest';
import { parseCurrency } from '../../../extractors/fields/currency.ts';
import { parseDate } from '../../../extractors/fields/date.ts';
import { parseIban } from '../../../extractors/fields/iban.ts';
import { parseIdentifier } from '../../../extractors/fields/identifier.ts';
import { parseMoney } from '../../../extractors/fields/money.ts';
import { asPrice, parseQuantity } from '../../../extractors/fields/quantity.ts';
import { isVatId, parseVatId } from '../../../extractors/fields/vatId.ts';

const cents = fc.integer({ min: -99_999_999, max: 99_999_999 });

function printAmount(value: number, group: string, decimal: string): string {
  const whole = String(Math.floor(Math.abs(value) / 100)).replace(/\B(?=(\d{3})+$)/g, group);
  return `${value < 0 ? '-' : ''}${whole}${decimal}${String(Math.abs(value) % 100).padStart(2, '0')}`;
}

describe('money', () => {
  const styles = fc.constantFrom(['.', ','], [',', '.'], ["'", '.'], [' ', ','], ['\u202f', ','], ['', ','], ['', '.']);
  const around = fc.constantFrom(
    (text: string) => text,
    (text: string) => `${text} €`,
    (text: string) => `EUR ${text}`,
    (text: string) => `CHF ${text}`,
  );

  it('reads back what any country prints', () => {
    fc.assert(
      fc.property(cents, styles, around, (value, [group, decimal], wrap) => {
        expect(parseMoney(wrap(printAmount(value, group!, decimal!)))).toBe((value / 100).toFixed(2));
      }),
    );
  });

  it.each([
    ['1.234,50 €', '1234.50'],
    ['$1,234.50', '1234.50'],
    ["CHF 1'234.50", '1234.50'],
    ['(12.00)', '-12.00'],
    ['12,00-', '-12.00'],
    ['1.234', '1234.00'],
    ['1,05,000.00', '105000.00'],
    ['-0,00', '0.00'],
  ])('reads %s as %s', (text, value) => expect(parseMoney(text)).toBe(value));

  it.each(['', 'abc', '1.2.3', '12.34.56', '1,2345', '19 %'])('takes %j for no amount', (text) =>
    expect(parseMoney(text)).toBeNull(),
  );
});

describe('dates', () => {
  const day = fc
    .date({ min: new Date('1975-01-01'), max: new Date('2065-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const months = {
    en: 'January February March April May June July August September October November December',
    de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
    fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  };
  const named = (language: keyof typeof months, iso: string) =>
    months[language].split(' ')[Number(iso.slice(5, 7)) - 1]!;
  const styles = fc.constantFrom(
    (iso: string) => iso,
    (iso: string) => iso.split('-').reverse().join('.'),
    (iso: string) => iso.split('-').reverse().join('/'),
    (iso: string) => `${Number(iso.slice(8))}. ${named('de', iso)} ${iso.slice(0, 4)}`,
    (iso: string) => `${Number(iso.slice(8))} ${named('fr', iso)} ${iso.slice(0, 4)}`,
    (iso: string) => `${named('en', iso)} ${Number(iso.slice(8))}, ${iso.slice(0, 4)}`,
    (iso: string) => `${iso.slice(8)} ${named('en', iso).slice(0, 3)} ${iso.slice(0, 4)}`,
  );

  it('reads back what any country prints', () => {
    fc.assert(
      fc.property(day, styles, (iso, print) => {
        expect(parseDate(print(iso))).toBe(iso);
      }),
    );
  });

  it('reads month first where the document does', () => {
    fc.assert(
      fc.property(day, (iso) => {
        const [year, month, date] = iso.split('-');
        expect(parseDate(`${month}/${date}/${year}`, 'month-first')).toBe(iso);
      }),
    );
  });

  it.each([
    ['26.10.22', '2022-10-26'],
    ['3. März 2024', '2024-03-03'],
    ['1st of May 2024', '2024-05-01'],
    ['20240229', '2024-02-29'],
    ['12/25/2018', '2018-12-25'],
  ])('reads %s as %s', (text, iso) => expect(parseDate(text)).toBe(iso));

  it.each(['30.02.2024', '32.01.2024', '2024-13-01', '1.234,50', 'May', ''])('takes %j for no day', (text) =>
    expect(parseDate(text)).toBeNull(),
  );
});

describe('numbers with check digits', () => {
  const bban = fc.stringMatching(/^[1-9]\d{17}$/);

  it('reads an IBAN in any spacing, and no other with one digit changed', () => {
    fc.assert(
      fc.property(bban, fc.integer({ min: 4, max: 21 }), fc.integer({ min: 1, max: 9 }), (account, place, step) => {
        const iban = composeIBAN({ countryCode: 'DE', bban: account })!;
        expect(parseIban(friendlyFormatIBAN(iban)!)).toBe(iban);
        const changed = iban.slice(0, place) + ((Number(iban[place]) + step) % 10) + iban.slice(place + 1);
        expect(parseIban(changed)).toBeNull();
      }),
    );
  });

  it.each([
    ['DE 811 128 135', 'DE811128135'],
    ['CHE-123.456.788 MWST', 'CHE123456788'],
    ['IT 00743110157', 'IT00743110157'],
  ])('reads the VAT number %s', (text, value) => {
    expect(parseVatId(text)).toBe(value);
    expect(isVatId(value)).toBe(true);
  });

  it('tells a VAT number with a wrong check digit', () => {
    expect(parseVatId('DE811128136')).toBe('DE811128136');
    expect(isVatId('DE811128136')).toBe(false);
  });
});

describe('quantities', () => {
  const thousandths = fc.integer({ min: 0, max: 99_999_999 });

  it('reads back what either decimal mark prints', () => {
    fc.assert(
      fc.property(thousandths, fc.constantFrom(',' as const, '.' as const), fc.boolean(), (value, mark, grouped) => {
        const group = grouped ? (mark === ',' ? '.' : ',') : '';
        const whole = String(Math.floor(value / 1000)).replace(/\B(?=(\d{3})+$)/g, group);
        const fraction = String(value % 1000)
          .padStart(3, '0')
          .replace(/0+$/, '');
        expect(parseQuantity(whole + (fraction && mark + fraction), mark)).toBe(String(value / 1000));
      }),
    );
  });

  it('keeps a price’s small decimals', () => {
    expect(asPrice(parseQuantity('0,1295', ',')!)).toBe('0.1295');
    expect(asPrice('4')).toBe('4.00');
  });
});

it('strips what stands around an identifier and keeps what is printed', () => {
  expect(parseIdentifier('#INV-2024/0012,')).toBe('INV-2024/0012');
  expect(parseIdentifier(' RE  1001 ')).toBe('RE 1001');
  expect(parseIdentifier('none')).toBeNull();
});

it('names currencies by sign or code', () => {
  expect(['12,00 €', 'US$ 5', 'CHF', 'RM 3.00', 'hello'].map(parseCurrency)).toEqual([
    'EUR',
    'USD',
    'CHF',
    'MYR',
    null,
  ]);
});
