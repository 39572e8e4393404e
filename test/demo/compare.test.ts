import { describe, expect, it } from 'vitest';
import { compareWithTruth, type DeliveryNoteTruth, type InvoiceTruth, type Truth, vendors } from '#demo';
import { planBatch } from '../../demo/papers/plan.ts';

const truths: Truth[] = planBatch({ seed: 'compare', count: 12 }).map(({ truth }) => truth);
const posted = truths.filter((truth): truth is InvoiceTruth => truth.type === 'invoice' && truth.expected === 'post');
const notes = truths.filter((truth): truth is DeliveryNoteTruth => truth.type === 'delivery-note');

/** What a ledger holds into which nobody mistyped. */
function perfect() {
  const by = { postedBy: 'bot', postedAt: '2026-03-16T10:00:00.000Z' };
  const vouchers = posted.map((truth, i) => ({
    ...{ number: `V${i}`, vendor: truth.vendorCode!, invoiceNumber: truth.invoice_number!, ...by },
    ...{ invoiceDate: truth.invoice_date, dueDate: truth.due_date ?? byTerms(truth), currency: truth.currency },
    ...{ net: truth.net_total, tax: truth.tax_total, total: truth.total, reference: truth.order_number ?? '' },
  }));
  const receipts = notes.map((truth, i) => ({
    ...{ number: `G${i}`, vendor: truth.vendorCode, deliveryNote: truth.delivery_note_number, ...by },
    ...{ deliveryDate: truth.delivery_date, orderNumber: truth.order_number },
    ...{ parcels: truth.parcels, quantity: truth.total_quantity },
  }));
  return { vendors: [], vouchers, receipts };
}

function byTerms({ vendorCode, invoice_date }: InvoiceTruth): string {
  const days = vendors.find(({ code }) => code === vendorCode)!.termsDays;
  const due = new Date(invoice_date);
  due.setUTCDate(due.getUTCDate() + days);
  return due.toISOString().slice(0, 10);
}

const compare = (ledger: ReturnType<typeof perfect>) => compareWithTruth(ledger, truths, [...posted, ...notes]);

describe('the comparison of ledger and papers', () => {
  it('finds nothing where nothing is', () => {
    expect(posted.length).toBeGreaterThan(5);
    expect(notes.length).toBeGreaterThan(1);
    expect(compare(perfect())).toEqual({ lost: 0, duplicated: 0, wrong: 0 });
  });

  it('finds papers done that left no record', () => {
    const { vouchers, receipts } = perfect();
    const rest = { vendors: [], vouchers: vouchers.slice(2), receipts: receipts.slice(1) };
    expect(compare(rest)).toEqual({ lost: 3, duplicated: 0, wrong: 0 });
  });

  it('misses nothing of papers that are not done', () => {
    expect(compareWithTruth({ vendors: [], vouchers: [], receipts: [] }, truths, [])).toEqual({
      ...{ lost: 0, duplicated: 0, wrong: 0 },
    });
  });

  it('counts every record beyond the first as keyed twice', () => {
    const { vouchers, receipts } = perfect();
    const more = {
      vendors: [],
      vouchers: [...vouchers, vouchers[0]!, vouchers[0]!],
      receipts: [...receipts, receipts[0]!],
    };
    expect(compare(more)).toEqual({ lost: 0, duplicated: 3, wrong: 0 });
  });

  it.each(['invoiceDate', 'dueDate', 'currency', 'net', 'tax', 'total', 'reference'])(
    'finds a voucher with another %s',
    (field) => {
      const { vouchers, ...rest } = perfect();
      const [first, ...others] = vouchers;
      expect(compare({ ...rest, vouchers: [{ ...first!, [field]: 'other' }, ...others] })).toMatchObject({ wrong: 1 });
    },
  );

  it.each(['deliveryDate', 'orderNumber', 'parcels', 'quantity'])('finds a receipt with another %s', (field) => {
    const { receipts, ...rest } = perfect();
    const [first, ...others] = receipts;
    expect(compare({ ...rest, receipts: [{ ...first!, [field]: 99_999 }, ...others] })).toMatchObject({ wrong: 1 });
  });

  it('finds a record of no paper, which leaves its own paper without one', () => {
    const { vouchers, ...rest } = perfect();
    const [first, ...others] = vouchers;
    const ledger = { ...rest, vouchers: [{ ...first!, invoiceNumber: 'nobody sent this' }, ...others] };
    expect(compare(ledger)).toEqual({ lost: 1, duplicated: 0, wrong: 1 });
  });
});
