import { z } from 'zod';
import { deliveryNoteExtractor } from '#extractors';
import { defineBot, documentRef } from '#runner';
import { goodsReceiptScreen, vendorsLike } from '../apps/ledger/index.ts';
import { identifyVendor } from '../vendor.ts';
import { delivery } from './delivery.ts';

/** Delivery notes: read, checked against the master data, keyed as goods receipts. */
export const deliveryNote = defineBot({
  name: 'delivery-note',
  version: '1',
  input: z.object({ document: documentRef }),
  output: z.object({ receipt: z.string() }),
  goal: { within: '8h', skill: 'warehouse' },
  records: [delivery],

  async run(task) {
    const paper = await task.extract(deliveryNoteExtractor, task.input.document);
    const candidates = await task.look(vendorsLike, { vatId: paper.seller_vat_id.value, name: paper.seller.value });
    const { reading: vendor } = identifyVendor(paper, candidates);

    const { reference } = await task.rekey(goodsReceiptScreen, await task.validate(delivery, { ...paper, vendor }));
    return { receipt: reference };
  },
});
