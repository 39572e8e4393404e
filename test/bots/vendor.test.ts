import { describe, expect, it } from 'vitest';
import { type Draft, known, type Reading } from '#runner';
import type { Vendor } from '../../bots/apps/ledger/index.ts';
import { agreedIban, identifyVendor, isAgreed } from '../../bots/vendor.ts';

const vendor = (code: string, name: string, vatId = ''): Vendor => ({
  ...{ code, name, vatId, iban: 'DE02120300000000202051', termsDays: 30, currency: 'EUR' },
});
const none: Reading<string> = { ...known(''), value: null, probability: 0, absent: 1, evidence: [] };
const paper = (seller: string | null, vatId: string | null): Draft<{ seller: string; seller_vat_id: string }> => ({
  seller: seller === null ? none : known(seller),
  seller_vat_id: vatId === null ? none : known(vatId),
});

const MOELLER = vendor('70101', 'Ahrens & Möller Bürobedarf GmbH', 'DE136695976');
const OTHER = vendor('70102', 'Druckhaus Lindwurm GmbH', 'DE281405938');

describe('the supplier of a paper', () => {
  it.each<[string, string | null, string | null, readonly Vendor[], string | undefined]>([
    ['by its VAT number', 'Ahrens', 'DE136695976', [MOELLER, OTHER], '70101'],
    ['by its name, letter for letter', 'AHRENS & MÖLLER Bürobedarf GmbH', null, [MOELLER, OTHER], '70101'],
    [
      'by its name, whatever the accents are made of',
      'Ahrens & Mo\u0308ller Bu\u0308robedarf GmbH',
      null,
      [MOELLER],
      '70101',
    ],
    ['not by a part of its name', 'Ahrens & Möller', null, [MOELLER], undefined],
    ['not by a name that two have', 'Druckhaus Lindwurm GmbH', null, [OTHER, { ...OTHER, code: '70199' }], undefined],
    ['not by a VAT number that two have', null, 'DE281405938', [OTHER, { ...OTHER, code: '70199' }], undefined],
    ['not where number and name mean two', 'Druckhaus Lindwurm GmbH', 'DE136695976', [MOELLER, OTHER], undefined],
    ['by the name where nobody has the number', 'Druckhaus Lindwurm GmbH', 'DE999999999', [MOELLER, OTHER], '70102'],
    ['not where the paper tells nothing', null, null, [vendor('1', 'Ωμέγα'), vendor('2', 'Альфа')], undefined],
    ['not without a VAT number where suppliers have none', 'Nobody', null, [vendor('1', 'Omega')], undefined],
    ['not where the master data has nobody', 'Druckhaus Lindwurm GmbH', 'DE281405938', [], undefined],
  ])('is known %s', (_, seller, vatId, candidates, code) => {
    const { known: found, reading } = identifyVendor(paper(seller, vatId), candidates);
    expect(found?.code).toBe(code);
    expect(reading.value).toBe(code ?? null);
    expect(reading.probability).toBe(code ? 1 : 0);
  });

  it('that is not sure is picked from those it could be, and never taken for absent', () => {
    const { reading } = identifyVendor(paper('Lindwurm', null), [MOELLER, OTHER]);
    expect(reading.alternatives.map(({ value }) => value)).toEqual(['70101', '70102']);
    expect(reading.absent).toBe(0);
  });
});

describe('the IBAN of a paper', () => {
  const doubtful = { ...known('DE02120300000000202051'), probability: 0.7 };

  it('that the master data has for its supplier was read right', () => {
    const iban = agreedIban(doubtful, MOELLER);
    expect(iban).toMatchObject({ value: doubtful.value, probability: 1 });
    expect(isAgreed(iban)).toBe(true);
  });

  it.each<[string, Reading<string>, Vendor | undefined]>([
    ['another', { ...doubtful, value: 'DE89370400440532013000' }, MOELLER],
    ['none', none, { ...MOELLER, iban: '' }],
    ['of a supplier that is not known', doubtful, undefined],
  ])('stays as doubtful as it was: %s', (_, iban, supplier) => {
    expect(agreedIban(iban, supplier)).toBe(iban);
    expect(isAgreed(agreedIban(iban, supplier))).toBe(false);
  });
});
