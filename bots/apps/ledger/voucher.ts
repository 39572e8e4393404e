import { z } from 'zod';
import { currency, identifier, isoDate, money } from '#extractors';
import {
  date,
  defineLookup,
  defineRecord,
  defineScreen,
  field,
  money as moneyAs,
  named,
  optional,
  type Session,
  text,
} from '#runner';
import { ledger, openPage } from './app.ts';
import { lookUpExactly, post, referenceOf } from './posting.ts';
import { vendorField } from './vendorField.ts';

const german = moneyAs('1.234,50');
const day = date('dd.mm.yyyy');

export const voucherSchema = z.object({
  vendor: identifier({ title: 'Vendor' }),
  // Longer ones the form cuts without a word.
  invoice_number: identifier({ title: 'Invoice number' }).max(20),
  invoice_date: isoDate({ title: 'Invoice date' }),
  due_date: isoDate({ title: 'Due date' }),
  currency: currency({ title: 'Currency' }),
  net_total: money({ title: 'Net total' }),
  tax_total: money({ title: 'Tax total' }),
  total: money({ title: 'Total' }),
  order_number: identifier({ title: 'Order number' }).max(30).nullable(),
});

/** A supplier invoice as the ledger keeps it. */
export const voucher = defineRecord({ name: 'voucher', schema: voucherSchema });

type Key = Pick<z.infer<typeof voucherSchema>, 'vendor' | 'invoice_number'>;

const lookUp = (session: Session, { vendor, invoice_number }: Key) =>
  lookUpExactly(session, {
    path: '/enq_vouchers.asp',
    reference: 'Voucher',
    key: [
      { caption: 'Vendor', field: 's1', value: vendor },
      { caption: 'Invoice no.', field: 's2', value: invoice_number },
    ],
  });

/** The number of the voucher that holds this invoice already, if there is one. */
export const voucherOf = defineLookup({
  app: ledger,
  name: 'voucher of',
  find: async (session, invoice: Key) => referenceOf(await lookUp(session, invoice)),
});

export const voucherScreen = defineScreen({
  app: ledger,
  record: voucher,
  key: ({ vendor, invoice_number }) => `${vendor} ${invoice_number}`,
  open: (session) => openPage(session, '/voucher.asp'),
  inputs: 8,
  // The vendor resets the due date, and so does the invoice date: both come before it.
  fields: {
    vendor: vendorField,
    invoice_date: field(day, named('f4', 'Invoice date'), 'Invoice date'),
    invoice_number: field(text, named('f3', 'Invoice no.'), 'Invoice no.'),
    currency: field(text, named('f6', 'Currency'), 'Currency'),
    net_total: field(german, named('f7', 'Net'), 'Net'),
    tax_total: field(german, named('f8', 'Tax'), 'Tax'),
    total: field(german, named('f9', 'Total'), 'Total'),
    due_date: field(day, named('f5', 'Due date'), 'Due date'),
    order_number: field(optional(text), named('f10', 'Reference'), 'Reference'),
  },
  submit: (_, form) => post(form),
  lookUp,
});
