import fc from 'fast-check';
import { isValidIBAN } from 'ibantools';
import { austria, checkVAT, germany, ireland, netherlands, unitedKingdom } from 'jsvat';
import { describe, expect, test } from 'vitest';
import {
  austrianVatId,
  britishVatId,
  dutchVatId,
  germanVatId,
  ibanFor,
  irishVatId,
  misprintedIban,
} from '../../../demo/papers/checkDigits.ts';
import { strangers, vendors } from '../../../demo/papers/index.ts';
import { buyers } from '../../../demo/papers/vendors.ts';

const COUNTRIES = [germany, austria, unitedKingdom, ireland, netherlands];
const isVatId = (vatId: string) => checkVAT(vatId, COUNTRIES).isValid;
const digits = (count: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.stringMatching(new RegExp(`^\\d{${count - 1}}$`)))
    .map((parts) => parts.join(''));

describe('check digits', () => {
  test.each([
    ['German', germanVatId, 8],
    ['Austrian', austrianVatId, 7],
    ['British', britishVatId, 7],
    ['Irish', irishVatId, 7],
    ['Dutch', dutchVatId, 8],
  ] as const)('of %s VAT ids are right', (_, make, count) => {
    fc.assert(
      fc.property(digits(count), (start) => {
        expect(isVatId(make(start))).toBe(true);
      }),
    );
  });

  test('of IBANs are right, and of misprinted ones wrong', () => {
    fc.assert(
      fc.property(digits(18), (account) => {
        const iban = ibanFor('DE', account);
        expect(isValidIBAN(iban)).toBe(true);
        expect(isValidIBAN(misprintedIban(iban))).toBe(false);
      }),
    );
  });
});

describe('the master data', () => {
  test.each([...vendors, ...strangers].map((vendor) => [vendor.name, vendor] as const))('%s', (_, vendor) => {
    if (vendor.country === 'US') expect([vendor.vatId, vendor.iban]).toEqual(['', '']);
    else {
      expect(isVatId(vendor.vatId)).toBe(true);
      expect(vendor.vatId.slice(0, 2)).toBe(vendor.country);
      expect(isValidIBAN(vendor.iban)).toBe(true);
    }
    // The accounting system stores ISO-8859-1.
    expect(Buffer.from(vendor.name, 'latin1').toString('latin1')).toBe(vendor.name);
  });

  test('has each vendor once, none of the strangers, and some of every country', () => {
    const all = [...vendors, ...strangers];
    for (const key of ['code', 'name'] as const)
      expect(new Set(all.map((vendor) => vendor[key])).size).toBe(all.length);
    expect(new Set(all.map(({ iban }) => iban).filter(Boolean)).size).toBe(all.filter(({ iban }) => iban).length);
    expect(new Set(vendors.map(({ country }) => country))).toEqual(new Set(['DE', 'AT', 'GB', 'IE', 'NL', 'US']));
    expect(vendors.length).toBeGreaterThanOrEqual(25);
  });

  test("buyers' VAT ids are right too, since they stand on papers", () => {
    for (const buyer of Object.values(buyers)) expect(buyer.vatId === '' || isVatId(buyer.vatId)).toBe(true);
  });
});
