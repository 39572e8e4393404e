import { z } from 'zod';
import { invoiceExtractor } from '#extractors';
import { defineBot, documentRef } from '#runner';
import { vendorsLike, voucherScreen } from '../apps/ledger/index.ts';
import { identifyVendor } from '../vendor.ts';
import { asVendorHasIt, invoice } from './invoice.ts';

/** A credit note has an invoice's fields, and posted as one it would be paid: those are for people. */
const invoiceReader = { ...invoiceExtractor, accepts: ['invoice'] };

/** Supplier invoices: read, checked against the master data, keyed as vouchers. */
export const supplierInvoice = defineBot({
  name: 'supplier-invoice',
  version: '1',
  input: z.object({ document: documentRef }),
  output: z.object({ voucher: z.string() }),
  goal: { within: '4h', skill: 'accounts-payable' },
  records: [invoice],

  async run(task) {
    const paper = await task.extract(invoiceReader, task.input.document);
    const candidates = await task.look(vendorsLike, { vatId: paper.seller_vat_id.value, name: paper.seller.value });
    const vendor = identifyVendor(paper, candidates);

    const checked = await task.validate(invoice, asVendorHasIt(paper, vendor));
    const { reference } = await task.rekey(voucherScreen, checked);
    return { voucher: reference };
  },
});
