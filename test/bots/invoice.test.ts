import { describe, expect, it, vi } from 'vitest';
import type { InvoicePaper } from '#extractors';
import { type Draft, known, knownRecord, type Look, type Reading } from '#runner';
import { type Vendor, vendorWithCode, voucherOf } from '../../bots/apps/ledger/index.ts';
import { asVendorHasIt, invoice } from '../../bots/supplier-invoice/invoice.ts';
import { TODAY } from '../support/bench.ts';

const IBAN = 'DE02120300000000202051';
const RIGHT = {
  ...{ vendor: '70101', invoice_number: 'RE-1', invoice_date: '2026-03-02', due_date: '2026-04-01', currency: 'EUR' },
  ...{ net_total: '100.00', tax_total: '19.00', total: '119.00', order_number: null, iban: IBAN },
};
const VENDOR: Vendor = {
  ...{ code: '70101', name: 'Vendor GmbH', vatId: 'DE136695976', iban: IBAN, termsDays: 14, currency: 'EUR' },
};
const PAPER: InvoicePaper = {
  ...RIGHT,
  ...{ order_number: 'PO-1', seller: 'Vendor GmbH', buyer: 'Buyer GmbH', seller_vat_id: 'DE136695976' },
  ...{ amount_due: '119.00', items: [] },
};
const none: Reading<string> = { ...known(''), value: null, probability: 0, absent: 0.9, evidence: [] };

/** An application that knows these. */
function looking({ vendor = null, voucher = null }: { vendor?: Vendor | null; voucher?: string | null }) {
  return vi.fn((lookup: unknown) =>
    Promise.resolve(lookup === vendorWithCode ? vendor : lookup === voucherOf ? voucher : undefined),
  );
}

describe('the rules of an invoice', () => {
  const broken = (changes: Partial<typeof RIGHT>) =>
    invoice.rules.filter(({ fails }) => fails({ ...RIGHT, ...changes }, TODAY) !== undefined).map(({ code }) => code);

  it.each<[string, Partial<typeof RIGHT>, string[]]>([
    ['a right one', {}, []],
    ['one without tax', { tax_total: '0.00', total: '100.00' }, []],
    ['one whose cents are no binary fractions', { net_total: '0.10', tax_total: '0.20', total: '0.30' }, []],
    ['a sum that is a cent off', { total: '119.01' }, ['sums-differ']],
    ['a credit note', { net_total: '-100.00', tax_total: '-19.00', total: '-119.00' }, ['nothing-to-pay']],
    ['nothing to pay', { net_total: '0.00', tax_total: '0.00', total: '0.00' }, ['nothing-to-pay']],
    ['due on the day it was written', { due_date: '2026-03-02' }, []],
    ['due the day before', { due_date: '2026-03-01' }, ['due-before-invoice']],
    ['written tomorrow week', { invoice_date: '2026-04-07', due_date: '2026-05-01' }, []],
    ['written later still', { invoice_date: '2026-04-08', due_date: '2026-05-01' }, ['date-implausible']],
    ['more than two years old', { invoice_date: '2024-03-30' }, ['date-implausible']],
    ['not quite two years old', { invoice_date: '2024-04-01' }, []],
  ])('%s', (_, changes, codes) => {
    expect(broken(changes)).toEqual(codes);
  });
});

describe('the checks of an invoice', () => {
  const failing = async (
    look: ReturnType<typeof looking>,
    changes: Partial<Record<keyof typeof RIGHT, string | null>> = {},
  ) => {
    const record = { ...RIGHT, ...changes } as typeof RIGHT;
    const readings = knownRecord(record);
    const codes: string[] = [];
    for (const { code, fails } of invoice.checks) if (await fails(record, look as Look, readings)) codes.push(code);
    return codes;
  };

  it.each<[string, Parameters<typeof looking>[0], Partial<Record<keyof typeof RIGHT, string | null>>, string[]]>([
    ['new, to the account in the master data', { vendor: VENDOR }, {}, []],
    ['to another account', { vendor: { ...VENDOR, iban: 'DE89370400440532013000' } }, {}, ['iban-differs']],
    ['to an account where the master data has none', { vendor: { ...VENDOR, iban: '' } }, {}, ['iban-differs']],
    ['without an account', { vendor: VENDOR }, { iban: null }, []],
    ['of a supplier nobody knows', { vendor: null }, {}, []],
    ['that is there already', { vendor: VENDOR, voucher: '2003-000007' }, {}, ['paid-before']],
  ])('%s', async (_, there, changes, codes) => {
    expect(await failing(looking(there), changes)).toEqual(codes);
  });

  it('do not ask the master data again for what it has confirmed', async () => {
    const look = looking({ vendor: { ...VENDOR, iban: 'DE89370400440532013000' } });
    const readings = asVendorHasIt(knownRecord(PAPER), { known: VENDOR, reading: known('70101') });
    const check = invoice.checks.find(({ code }) => code === 'iban-differs');
    expect(await check?.fails(RIGHT, look as Look, readings)).toBeUndefined();
    expect(look).not.toHaveBeenCalled();
  });
});

describe('an invoice as the supplier’s master data has it', () => {
  const due = (changes: Partial<Draft<InvoicePaper>>, vendor: Vendor | undefined) =>
    asVendorHasIt({ ...knownRecord(PAPER), ...changes }, { known: vendor, reading: known('70101') }).due_date;

  it('is due by the supplier’s terms where the paper names no day, as sure as both are together, and tested as a reading', () => {
    const invoiceDate = { ...known('2026-02-20'), probability: 0.8 };
    const unnamed = { ...none, absent: 0.9, group: 'ocr/date' };
    expect(due({ due_date: unnamed, invoice_date: invoiceDate }, VENDOR)).toMatchObject({
      ...{ value: '2026-03-06', probability: expect.closeTo(0.72), evidence: ['terms'], group: 'ocr/date' },
    });
    expect(due({ due_date: { ...none, absent: 0.5 } }, VENDOR).probability).toBe(0.5);
  });

  it.each<[string, Partial<Draft<InvoicePaper>>, Vendor | undefined, string | null]>([
    ['the day the paper names', {}, VENDOR, '2026-04-01'],
    ['nothing without a supplier', { due_date: none }, undefined, null],
    ['nothing without a date to count from', { due_date: none, invoice_date: none }, VENDOR, null],
  ])('has %s', (_, changes, vendor, value) => {
    expect(due(changes, vendor).value).toBe(value);
  });
});
