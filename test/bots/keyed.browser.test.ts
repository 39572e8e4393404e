import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sha256, silentLogger } from '#core';
import { openReaders } from '#extractors';
import { type Bot, paperReader } from '#runner';
import { deliveryNote } from '../../bots/delivery-note/bot.ts';
import { supplierInvoice } from '../../bots/supplier-invoice/bot.ts';
import { vendors } from '../../demo/papers/index.ts';
import { openBench } from '../support/bench.ts';
import { openLedgerDesk } from '../support/ledgerDesk.ts';

const readers = openReaders({ workers: 1, log: silentLogger });
afterAll(() => readers.close());

/** A ledger with the demo's suppliers, and one of the bot's own papers to be keyed there by a bot that doubts nothing. */
async function work(bot: Bot, file: string) {
  const desk = await openLedgerDesk(vendors);
  const bytes = readFileSync(file);
  const worker = desk.fresh();
  const paper = await worker.archive.put(bytes);
  expect(paper).toBe(sha256(bytes));
  const document = { sha256: paper, name: path.basename(file), mime: 'application/pdf' };
  const services = { ...worker, reader: paperReader(readers), accepts: () => true, today: () => '2026-03-16' };
  const { run, question } = await openBench(bot, { document });
  const pages = async () => (await desk.ledger.tell({ do: 'status' })).requests;
  return { ...desk, run: () => run({ services }), question, pages };
}

it('an invoice goes from the paper to the ledger in as few pages as it takes', async () => {
  const { run, vouchers, pages } = await work(supplierInvoice, 'bots/supplier-invoice/samples/plain-letter.pdf');
  expect(await run()).toEqual({ kind: 'done', output: { voucher: '2003-000001' } });
  expect(vouchers()).toMatchObject([
    {
      ...{ vendor: '70111', invoiceNumber: 'RE-2026-51844', invoiceDate: '2026-02-23', dueDate: '2026-03-09' },
      ...{ currency: 'EUR', net: '1543.32', tax: '293.23', total: '1836.55', reference: '' },
    },
  ]);
  // Signing in 5, the supplier 2, paid before 1, is it there 1, the form 1, its supplier 3, posting 1, read-back 2.
  expect(await pages()).toBe(16);
});

it('a delivery note goes from the paper to the ledger, thousands and all', async () => {
  const { run, receipts } = await work(deliveryNote, 'bots/delivery-note/samples/thirty-one-lines.pdf');
  expect(await run()).toEqual({ kind: 'done', output: { receipt: 'GR-000001' } });
  expect(receipts()).toMatchObject([{ vendor: '70302', deliveryNote: '60009', quantity: '27890', parcels: 16 }]);
});

it('an invoice whose copy was keyed before waits for a person', async () => {
  const { run, clerkPosts, vouchers, question } = await work(
    supplierInvoice,
    'bots/supplier-invoice/samples/plain-letter.pdf',
  );
  await clerkPosts({ vendor: '70111', invoice_number: 'RE-2026-51844' });
  expect(await run()).toEqual({ kind: 'waiting' });
  expect((await question()).problems).toMatchObject([{ code: 'paid-before' }]);
  expect(vouchers()).toHaveLength(1);
});
