import type { z } from 'zod';
import { type InvoicePaper, iban } from '#extractors';
import { type Check, type Draft, defineRecord, known, type Reading, type Rule } from '#runner';
import { type Vendor, vendorWithCode, voucherOf, voucherSchema } from '../apps/ledger/index.ts';
import { agreedIban, type Identified, isAgreed, unknownVendor } from '../vendor.ts';

const schema = voucherSchema.extend({ iban: iban({ title: 'IBAN' }).nullable() });
type Invoice = z.infer<typeof schema>;

const cents = (amount: string) => Math.round(Number(amount) * 100);
const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;

const rules: readonly Rule<Invoice>[] = [
  {
    code: 'sums-differ',
    fields: ['net_total', 'tax_total', 'total'],
    fails: ({ net_total, tax_total, total }) =>
      cents(net_total) + cents(tax_total) === cents(total) ? undefined : 'Net and tax do not add up to the total.',
  },
  {
    code: 'nothing-to-pay',
    fields: ['total'],
    fails: ({ total }) => (cents(total) > 0 ? undefined : 'Nothing is to be paid: this may be a credit note.'),
  },
  {
    code: 'due-before-invoice',
    fields: ['invoice_date', 'due_date'],
    fails: ({ invoice_date, due_date }) =>
      daysBetween(invoice_date, due_date) < 0 ? 'It is due before it was written.' : undefined,
  },
  {
    code: 'date-implausible',
    fields: ['invoice_date'],
    fails: ({ invoice_date }, today) => {
      const age = daysBetween(invoice_date, today);
      return age < -7 || age > 2 * 365
        ? 'The invoice date lies in the future, or more than two years back.'
        : undefined;
    },
  },
];

const checks: readonly Check<Invoice>[] = [
  {
    code: 'iban-differs',
    fields: ['iban', 'vendor'],
    async fails({ vendor, iban: printed }, look, readings) {
      if (!printed || isAgreed(readings.iban)) return undefined;
      const known = await look(vendorWithCode, vendor);
      return known && known.iban !== printed
        ? 'The paper asks for payment to another account than the master data has for this supplier.'
        : undefined;
    },
  },
  {
    code: 'paid-before',
    fields: ['vendor', 'invoice_number'],
    async fails({ vendor, invoice_number }, look) {
      const there = await look(voucherOf, { vendor, invoice_number });
      return there ? `The ledger has this invoice already, as voucher ${there}.` : undefined;
    },
  },
];

/** A supplier invoice, checked: what the ledger keeps of it, and where it asks to be paid. */
export const invoice = defineRecord({ name: 'invoice', schema, rules, checks, missing: unknownVendor });

/** The draft of an invoice, with what the supplier's master data adds: the IBAN it confirms, the terms where no due date is named. */
export function asVendorHasIt(paper: Draft<InvoicePaper>, { known: vendor, reading }: Identified) {
  return { ...paper, vendor: reading, iban: agreedIban(paper.iban, vendor), due_date: dueDate(paper, vendor) };
}

function dueDate({ due_date, invoice_date }: Draft<InvoicePaper>, vendor: Vendor | undefined): Reading<string> {
  if (due_date.value !== null || invoice_date.value === null || !vendor) return due_date;
  const day = new Date(Date.parse(invoice_date.value) + vendor.termsDays * DAY_MS).toISOString().slice(0, 10);
  const { group } = due_date;
  // Read after all: that no due date is named, and the day the terms count from.
  const probability = invoice_date.probability * due_date.absent;
  return { ...known(day), probability, evidence: ['terms'], ...(group !== undefined && { group }) };
}
