import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLedger } from '../../../demo/ledger/index.ts';
import { ledgerFile, openLedger, RECEIPT, VENDORS, Visitor, VOUCHER } from './visitor.ts';

test('a new ledger holds its vendors, a restart continues numbers and takes new vendors', async () => {
  const first = await openLedger();
  expect(readLedger(first.file)).toMatchObject({ vouchers: [], receipts: [], vendors: { length: VENDORS.length } });
  let clerk = new Visitor(first);
  await clerk.signIn();
  await clerk.post('voucher.asp', VOUCHER);
  await clerk.post('receipt.asp', RECEIPT);
  await first.stop();

  const second = await openLedger({ file: first.file, vendors: VENDORS.slice(0, 2) });
  clerk = new Visitor(second);
  await clerk.signIn();
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('2003-000002');
  const data = readLedger(first.file);
  expect([data.vendors.length, data.vouchers.length, data.receipts.length]).toEqual([2, 2, 1]);
});

test('the same vendors again leave the file as it is', async () => {
  const first = await openLedger();
  await first.stop();
  const before = readFileSync(first.file, 'utf8');
  await openLedger({ file: first.file });
  expect(readFileSync(first.file, 'utf8')).toBe(before);
});

test('a line torn by a crash was never told of: it is passed over, then cut off', async () => {
  const first = await openLedger();
  const clerk = new Visitor(first);
  await clerk.signIn();
  await clerk.post('voucher.asp', VOUCHER);
  await first.stop();
  appendFileSync(first.file, '{"type":"voucher","voucher":{"number":"2003-0000');
  expect(readLedger(first.file).vouchers).toHaveLength(1);

  const second = await openLedger({ file: first.file });
  const again = new Visitor(second);
  await again.signIn();
  expect(await again.post('voucher.asp', VOUCHER)).toContain('2003-000002');
  expect(readLedger(first.file).vouchers).toHaveLength(2);
});

test('a file that another process writes to is not written over', async () => {
  const ledger = await openLedger();
  const clerk = new Visitor(ledger);
  await clerk.signIn();
  appendFileSync(ledger.file, `${JSON.stringify({ type: 'vendors', vendors: [] })}\n`);
  await clerk.post('voucher.asp', VOUCHER);
  expect(clerk.status).toBe(500);
  expect(readLedger(ledger.file).vouchers).toEqual([]);
});

test('a file that is no ledger is an error at the start, not an empty ledger', async () => {
  const file = ledgerFile();
  writeFileSync(file, 'something else\n');
  await expect(openLedger({ file })).rejects.toThrow();
});
