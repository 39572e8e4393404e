import { isValidIBAN } from 'ibantools';
import { describe, expect, test } from 'vitest';
import {
  INVOICE_LAYOUTS,
  type InvoiceTruth,
  NOTE_LAYOUTS,
  type PaperPlan,
  planBatch,
  strangers,
  vendors,
} from '../../../demo/papers/index.ts';
import { REASONS_FOR_PERSON } from '../../../demo/papers/truth.ts';

const large = planBatch({ seed: 'coverage', count: 240 });
const invoices = large.map(({ truth }) => truth).filter((truth) => truth.type === 'invoice');
const notes = large.map(({ truth }) => truth).filter((truth) => truth.type === 'delivery-note');
const cents = (amount: string) => Math.round(Number(amount) * 100);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const shareOf = (plans: readonly PaperPlan[], medium: string) =>
  plans.filter(({ how }) => how.medium === medium).length / plans.length;

describe('a batch', () => {
  test('covers every layout, medium, language, vendor and reason', () => {
    const seen = <T>(values: readonly T[]) => new Set(values);
    expect(seen(large.map(({ how }) => how.layout))).toEqual(new Set([...INVOICE_LAYOUTS, ...NOTE_LAYOUTS]));
    expect(seen(large.map(({ how }) => how.medium))).toEqual(new Set(['digital', 'scan', 'photo']));
    expect(seen(large.map(({ how }) => how.language))).toEqual(new Set(['de', 'en']));
    expect(seen(large.flatMap(({ how }) => how.damage?.grade ?? []))).toEqual(new Set(['office', 'bad']));
    expect(seen(large.flatMap(({ how }) => how.damage?.rotation ?? []))).toEqual(new Set([0, 90, 180, 270]));
    expect(seen(invoices.flatMap(({ vendorCode }) => vendorCode ?? []))).toEqual(
      new Set(vendors.map(({ code }) => code)),
    );
    expect(seen(invoices.flatMap(({ why }) => why ?? []))).toEqual(new Set(REASONS_FOR_PERSON));
    expect(seen(invoices.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'GBP', 'USD']));
  });

  test('is mixed as promised', () => {
    expect(shareOf(large, 'digital')).toBeCloseTo(0.55, 1);
    expect(shareOf(large, 'scan')).toBeCloseTo(0.3, 1);
    expect(shareOf(large, 'photo')).toBeCloseTo(0.15, 1);
    expect(notes.length).toBe(60);
    expect(invoices.filter(({ expected }) => expected === 'person').length).toBe(30);
  });

  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'of the usual size has each reason once (seed %i)',
    (seed) => {
      const whys = planBatch({ seed }).flatMap(({ truth }) => (truth.type === 'invoice' ? (truth.why ?? []) : []));
      expect(whys.toSorted()).toEqual([...REASONS_FOR_PERSON].sort());
    },
  );

  test('is the same for the same seed and another for another', () => {
    const facts = (seed: number) =>
      planBatch({ seed, count: 30 }).map(({ name, truth, how }) => ({ name, truth, how }));
    expect(facts(7)).toEqual(facts(7));
    expect(facts(7)).not.toEqual(facts(8));
  });

  test('can hold one kind only, end on another day, and be small', () => {
    expect(new Set(planBatch({ seed: 1, count: 9, kinds: ['invoice'] }).map(({ truth }) => truth.type))).toEqual(
      new Set(['invoice']),
    );
    const only = planBatch({ seed: 1, count: 9, kinds: ['delivery-note'], today: '2024-12-31' });
    for (const { truth } of only)
      expect(truth.type === 'delivery-note' && truth.delivery_date < '2024-12-31').toBe(true);
    for (const count of [0, 1, 2, 3, 7]) expect(planBatch({ seed: 1, count })).toHaveLength(count);
  });

  test('has a name of its own for each paper', () => {
    expect(new Set(large.map(({ name }) => name)).size).toBe(large.length);
    for (const { name, mime } of large)
      expect(name).toMatch(mime === 'image/jpeg' ? /^[\w.-]+\.jpg$/ : /^[\w.-]+\.pdf$/);
  });
});

describe('the truth of an invoice', () => {
  test('adds up, unless it is meant not to', () => {
    for (const truth of invoices) {
      expect(sum(truth.items.map((item) => cents(item.line_total)))).toBe(cents(truth.net_total));
      const adds = cents(truth.net_total) + cents(truth.tax_total) === cents(truth.total);
      expect(adds).toBe(truth.why !== 'sums');
      expect(cents(truth.amount_due)).toBeGreaterThan(0);
      expect(cents(truth.amount_due)).toBeLessThanOrEqual(cents(truth.total));
    }
    expect(invoices.some((truth) => truth.amount_due !== truth.total)).toBe(true);
  });

  test('has line totals of quantity and price, less a discount where the seller gives one', () => {
    for (const item of invoices.flatMap(({ items }) => items)) {
      const full = Number(item.quantity) * cents(item.unit_price);
      const factors = [1, 0.95, 0.9].map((factor) => Math.abs(full * factor - cents(item.line_total)));
      expect(Math.min(...factors)).toBeLessThanOrEqual(0.51);
    }
  });

  test('names what a person is asked for', () => {
    const of = (why: string): InvoiceTruth[] => invoices.filter((truth) => truth.why === why);
    const names = new Set(strangers.map(({ name }) => name));
    for (const truth of of('unknown-vendor')) expect([truth.vendorCode, names.has(truth.seller)]).toEqual([null, true]);
    for (const truth of of('no-invoice-number')) expect(truth.invoice_number).toBeNull();
    for (const truth of of('iban-check-digit')) expect(isValidIBAN(truth.iban ?? '')).toBe(false);
    for (const truth of of('future-date')) expect(truth.invoice_date > '2035').toBe(true);
    for (const truth of invoices.filter(({ why }) => why === undefined)) {
      expect(truth.invoice_date < '2026-03-16' && truth.iban !== '').toBe(true);
      expect(truth.iban === null || isValidIBAN(truth.iban)).toBe(true);
      expect(truth.invoice_number?.length).toBeLessThanOrEqual(20);
    }
  });

  test('of a copy is that of an earlier paper of the batch, on another scan', () => {
    const copies = large.filter(({ truth }) => truth.type === 'invoice' && truth.why === 'paid-before');
    expect(copies.length).toBeGreaterThan(0);
    for (const copy of copies) {
      const truth = copy.truth as InvoiceTruth;
      const original = large.findIndex(({ name }) => name === truth.duplicateOf);
      expect(original).toBeGreaterThanOrEqual(0);
      expect(original).toBeLessThan(large.indexOf(copy));
      expect(large[original]!.truth).toMatchObject({
        vendorCode: truth.vendorCode,
        invoice_number: truth.invoice_number,
        expected: 'post',
      });
      expect(copy.how.medium).toBe('scan');
    }
  });

  test('numbers nothing twice but copies', () => {
    const keys = invoices
      .filter(({ why, invoice_number }) => why !== 'paid-before' && invoice_number !== null)
      .map(({ seller, invoice_number }) => `${seller} ${invoice_number}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('the truth of a delivery note adds up', () => {
  for (const truth of notes) {
    expect(truth.items.length).toBeGreaterThan(0);
    expect(sum(truth.items.map(({ quantity }) => Number(quantity)))).toBe(Number(truth.total_quantity));
    expect(truth.parcels).toBeGreaterThanOrEqual(1);
    expect(truth.parcels).toBeLessThanOrEqual(Number(truth.total_quantity));
  }
});
