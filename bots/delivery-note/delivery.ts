import { defineRecord } from '#runner';
import { goodsReceiptOf, goodsReceiptSchema } from '../apps/ledger/index.ts';
import { unknownVendor } from '../vendor.ts';

/** A delivery, checked. */
export const delivery = defineRecord({
  name: 'delivery',
  schema: goodsReceiptSchema,
  missing: unknownVendor,
  rules: [
    {
      code: 'date-implausible',
      fields: ['delivery_date'],
      fails: ({ delivery_date }, today) => (delivery_date > today ? 'It was delivered in the future.' : undefined),
    },
  ],
  checks: [
    {
      code: 'received-before',
      fields: ['vendor', 'delivery_note_number'],
      async fails({ vendor, delivery_note_number }, look) {
        const there = await look(goodsReceiptOf, { vendor, delivery_note_number });
        return there ? `The ledger has this delivery already, as receipt ${there}.` : undefined;
      },
    },
  ],
});
