import { z } from 'zod';
import { identifier, isoDate, quantity } from '#extractors';
import {
  date,
  decimal,
  defineLookup,
  defineRecord,
  defineScreen,
  field,
  named,
  optional,
  type Session,
  text,
} from '#runner';
import { ledger, openPage } from './app.ts';
import { lookUpExactly, post, referenceOf } from './posting.ts';
import { vendorField } from './vendorField.ts';

export const goodsReceiptSchema = z.object({
  vendor: identifier({ title: 'Vendor' }),
  delivery_note_number: identifier({ title: 'Delivery note number' }).max(20),
  delivery_date: isoDate({ title: 'Delivered on' }),
  order_number: identifier({ title: 'Our order' }).max(15).nullable(),
  // The application takes whole parcels and thousandths of a quantity; of anything else it keeps a part without a word.
  parcels: quantity({ title: 'Parcels' }).regex(/^\d{1,6}$/, 'Give a whole number of parcels'),
  total_quantity: quantity({ title: 'Total quantity' }).regex(/^\d+(\.\d{1,3})?$/, 'Give at most three decimals'),
});

/** A delivery as the ledger keeps it. */
const goodsReceipt = defineRecord({ name: 'goods receipt', schema: goodsReceiptSchema });

type Key = Pick<z.infer<typeof goodsReceiptSchema>, 'vendor' | 'delivery_note_number'>;

const lookUp = (session: Session, { vendor, delivery_note_number }: Key) =>
  lookUpExactly(session, {
    path: '/enq_receipts.asp',
    reference: 'Receipt',
    key: [
      { caption: 'Vendor', field: 's1', value: vendor },
      { caption: 'Delivery note', field: 's2', value: delivery_note_number },
    ],
  });

/** The number of the receipt that holds this delivery already, if there is one. */
export const goodsReceiptOf = defineLookup({
  app: ledger,
  name: 'goods receipt of',
  find: async (session, delivery: Key) => referenceOf(await lookUp(session, delivery)),
});

export const goodsReceiptScreen = defineScreen({
  app: ledger,
  record: goodsReceipt,
  key: ({ vendor, delivery_note_number }) => `${vendor} ${delivery_note_number}`,
  async open(session) {
    const form = await openPage(session, '/receipt.asp');
    // Until it says so, a late script overwrites what was typed.
    await form.waitForFunction(() => document.querySelector<HTMLInputElement>('[name=f99]')?.value === 'Ready.');
    return form;
  },
  inputs: 5,
  fields: {
    vendor: vendorField,
    delivery_note_number: field(text, named('f3', 'Delivery note'), 'Delivery note'),
    delivery_date: field(date('dd.mm.yyyy'), named('f4', 'Delivered on'), 'Delivered on'),
    order_number: field(optional(text), named('f5', 'Our order'), 'Our order'),
    parcels: field(decimal(','), named('f6', 'Parcels'), 'Parcels'),
    total_quantity: field(decimal(','), named('f7', 'Quantity'), 'Quantity'),
  },
  submit: (_, form) => post(form),
  lookUp,
});
