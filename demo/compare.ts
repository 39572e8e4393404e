import type { Truth } from './batch.ts';
import type { LedgerData } from './ledger/index.ts';
import { type DeliveryNoteTruth, type InvoiceTruth, vendors } from './papers/index.ts';

/** What the application holds against what stands on the papers. */
export interface Comparison {
  /** Papers whose task is done, and of which the application holds nothing. */
  readonly lost: number;
  /** Records the application holds beyond the first of the same paper. */
  readonly duplicated: number;
  /** Records of no paper, and records that differ from theirs in any field. */
  readonly wrong: number;
}

/** A record as both sides can show it: what makes it this record, and its fields in values. */
interface Entry {
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Compares the application's own data with the truth of the papers; our own records are not asked, but for which papers are done.
 */
export function compareWithTruth(
  ledger: Omit<LedgerData, 'memos'>,
  truths: readonly Truth[],
  done: readonly Truth[],
): Comparison {
  const held = [...ledger.vouchers.map(voucherEntry), ...ledger.receipts.map(receiptEntry)];
  const expected = new Map(truths.flatMap(truthEntry).map((entry) => [entry.key, entry]));
  const seen = new Map<string, number>();
  let wrong = 0;
  for (const { key, fields } of held) {
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const paper = expected.get(key);
    if (!paper || Object.entries(paper.fields).some(([name, value]) => fields[name] !== value)) wrong++;
  }
  const duplicated = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
  const lost = done.filter(
    (truth) => truth.type !== 'real' && !truthEntry(truth).some(({ key }) => seen.has(key)),
  ).length;
  return { lost, duplicated, wrong };
}

function truthEntry(truth: Truth): Entry[] {
  switch (truth.type) {
    case 'invoice':
      return [invoiceEntry(truth)];
    case 'delivery-note':
      return [noteEntry(truth)];
    case 'junk':
    case 'real':
      return [];
  }
}

function invoiceEntry(truth: InvoiceTruth): Entry {
  return {
    key: `voucher ${truth.vendorCode} ${truth.invoice_number}`,
    fields: {
      date: truth.invoice_date,
      due: truth.due_date ?? dueByTerms(truth),
      currency: truth.currency,
      net: truth.net_total,
      tax: truth.tax_total,
      total: truth.total,
      order: truth.order_number ?? '',
    },
  };
}

/** A paper that names no due date is due by the terms in the master data. */
function dueByTerms({ vendorCode, invoice_date }: InvoiceTruth): string {
  const terms = vendors.find(({ code }) => code === vendorCode)?.termsDays ?? 0;
  return new Date(Date.parse(invoice_date) + terms * 86_400_000).toISOString().slice(0, 10);
}

function noteEntry(truth: DeliveryNoteTruth): Entry {
  return {
    key: `receipt ${truth.vendorCode} ${truth.delivery_note_number}`,
    fields: {
      date: truth.delivery_date,
      order: truth.order_number,
      parcels: String(truth.parcels),
      quantity: truth.total_quantity,
    },
  };
}

function voucherEntry(voucher: LedgerData['vouchers'][number]): Entry {
  const { vendor, invoiceNumber, invoiceDate, dueDate, currency, net, tax, total, reference } = voucher;
  return {
    key: `voucher ${vendor} ${invoiceNumber}`,
    fields: { date: invoiceDate, due: dueDate, currency, net, tax, total, order: reference },
  };
}

function receiptEntry(receipt: LedgerData['receipts'][number]): Entry {
  const { vendor, deliveryNote, deliveryDate, orderNumber, parcels, quantity } = receipt;
  return {
    key: `receipt ${vendor} ${deliveryNote}`,
    fields: { date: deliveryDate, order: orderNumber, parcels: String(parcels), quantity },
  };
}
