import { expect, test } from 'vitest';
import { readLedger } from '../../../demo/ledger/index.ts';
import { fieldsOf, openLedger, RECEIPT, Visitor, VOUCHER } from './visitor.ts';

async function clerkAt(options: Parameters<typeof openLedger>[0] = {}) {
  const ledger = await openLedger({ now: () => Date.UTC(2003, 2, 10, 9, 30), ...options });
  const clerk = new Visitor(ledger);
  await clerk.signIn();
  return { ledger, clerk, stored: () => readLedger(ledger.file) };
}

test('a voucher is posted and kept in canonical values', async () => {
  const { clerk, stored } = await clerkAt();
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('Voucher 2003-000001 posted');
  expect(stored().vouchers).toEqual([
    {
      number: '2003-000001',
      vendor: 'V1001',
      invoiceNumber: 'R-1',
      invoiceDate: '2003-03-05',
      dueDate: '2003-04-04',
      currency: 'EUR',
      net: '1000.00',
      tax: '190.00',
      total: '1190.00',
      reference: 'Order 77',
      postedBy: 'clerk',
      postedAt: '2003-03-10T09:30:00.000Z',
    },
  ]);
});

test('a goods receipt is posted and kept in canonical values', async () => {
  const { clerk, stored } = await clerkAt();
  expect(await clerk.post('receipt.asp', RECEIPT)).toContain('Goods receipt GR-000001 posted');
  expect(stored().receipts).toEqual([
    {
      number: 'GR-000001',
      vendor: 'V1002',
      deliveryNote: 'LS-9',
      deliveryDate: '2003-03-06',
      orderNumber: 'PO-12',
      parcels: 3,
      quantity: '1250.5',
      postedBy: 'clerk',
      postedAt: '2003-03-10T09:30:00.000Z',
    },
  ]);
});

test('amounts in another format are misread and posted without a word', async () => {
  const { clerk, stored } = await clerkAt();
  await clerk.post('voucher.asp', { ...VOUCHER, f7: '1000.00', f8: '190.00', f9: '1190.00' });
  await clerk.post('voucher.asp', { ...VOUCHER, f7: 'abc', f8: 'n/a', f9: '' });
  expect(stored().vouchers.map(({ total }) => total)).toEqual(['119000.00', '0.00']);
});

test('a postback shows amounts as they were understood', async () => {
  const { clerk } = await clerkAt();
  const { b1: _, ...typed } = VOUCHER;
  expect(fieldsOf(await clerk.post('voucher.asp', { ...typed, f7: '1234.50' }))).toMatchObject({ f7: '123.450,00' });
});

test('the choice of a vendor resets a due date already typed', async () => {
  const { clerk } = await clerkAt();
  const { b1: _, ...typed } = VOUCHER;
  const fields = fieldsOf(await clerk.post('voucher.asp', { ...typed, f1: 'V1002', f5: '31.12.2003' }));
  expect(fields).toMatchObject({ f0: 'V1002', f4: '05.03.2003', f5: '19.03.2003', f10: 'Order 77' });
});

test('a vendor written past the popup: recalculated, nothing posted', async () => {
  const { clerk, stored } = await clerkAt();
  const answer = await clerk.post('voucher.asp', { ...VOUCHER, f0: '', f5: '31.12.2003' });
  expect(answer).toContain('Form recalculated, please check and post again.');
  expect(fieldsOf(answer)).toMatchObject({ f5: '04.04.2003' });
  expect(stored().vouchers).toEqual([]);
});

test('texts are cut at their length without a word', async () => {
  const { clerk, stored } = await clerkAt();
  await clerk.post('voucher.asp', { ...VOUCHER, f3: 'INVOICE-2003-0000000042', f10: 'x'.repeat(40) });
  expect(stored().vouchers[0]).toMatchObject({ invoiceNumber: 'INVOICE-2003-0000000', reference: 'x'.repeat(30) });
  await clerk.post('receipt.asp', { ...RECEIPT, f5: 'ORDER-2003-000000042' });
  expect(stored().receipts[0]).toMatchObject({ orderNumber: 'ORDER-2003-0000' });
});

test('what Latin-1 cannot hold is stored corrupted; what it can is kept', async () => {
  const { clerk, stored } = await clerkAt();
  await clerk.post('voucher.asp', { ...VOUCHER, f3: '€ “7”', f10: 'Łódź für 5 ½' });
  expect(stored().vouchers[0]).toMatchObject({ invoiceNumber: '? ?7?', reference: '&#321;ód&#378; für 5 ½' });
  const detail = await clerk.get('enq_voucher.asp?n=2003-000001');
  expect(detail).toContain('&amp;#321;ód&amp;#378; für 5 ½');
});

test.each([
  [{ f0: '', f1: '' }, 'Error! Vendor missing!'],
  [{ f3: '' }, 'Error! Invoice number missing!'],
  [{ f4: '2003-03-05' }, 'Error! Invoice date invalid!'],
  [{ f5: 'soon' }, 'Error! Due date invalid!'],
  [{ f9: '1.190,01' }, 'Error! Net + tax does not equal total!'],
  [{ f0: 'NONE', f1: 'NONE' }, 'ORA-02291'],
])('the voucher form with %j answers %s with HTTP 200 and stores nothing', async (change, message) => {
  const { clerk, stored } = await clerkAt();
  expect(await clerk.post('voucher.asp', { ...VOUCHER, ...change })).toContain(message);
  expect(clerk.status).toBe(200);
  expect(stored().vouchers).toEqual([]);
});

test.each([
  [{ f1: '' }, 'Error! Vendor missing!'],
  [{ f3: '' }, 'Error! Delivery note number missing!'],
  [{ f4: '6 March' }, 'Error! Delivery date invalid!'],
])('the goods receipt form with %j answers %s', async (change, message) => {
  const { clerk, stored } = await clerkAt();
  expect(await clerk.post('receipt.asp', { ...RECEIPT, ...change })).toContain(message);
  expect(stored().receipts).toEqual([]);
});

test('an empty due date is filled by the terms', async () => {
  const { clerk, stored } = await clerkAt();
  await clerk.post('voucher.asp', { ...VOUCHER, f5: '' });
  expect(stored().vouchers[0]).toMatchObject({ dueDate: '2003-04-04' });
});

test('pressed twice, it is posted twice', async () => {
  const { clerk, stored } = await clerkAt();
  await Promise.all([clerk.post('voucher.asp', VOUCHER), clerk.post('voucher.asp', VOUCHER)]);
  expect(stored().vouchers.map(({ number }) => number)).toEqual(['2003-000001', '2003-000002']);
});

test('a new voucher comes with today and a currency already chosen', async () => {
  const { clerk } = await clerkAt();
  const blank = await clerk.get('voucher.asp');
  expect(fieldsOf(blank)).toMatchObject({ f1: '', f4: '10.03.2003', f6: 'EUR', f7: '0,00' });
  expect(blank).toContain('<option>RON</option>');
});

test('a new goods receipt sets its date late; a postback does not', async () => {
  const { clerk } = await clerkAt();
  const blank = await clerk.get('receipt.asp');
  expect(fieldsOf(blank)).toMatchObject({ f4: '', f99: 'Loading...' });
  expect(blank).toContain(".f4.value = '10.03.2003'");
  const { b1: _, ...typed } = RECEIPT;
  const posted = await clerk.post('receipt.asp', typed);
  expect(fieldsOf(posted)).toMatchObject({ f4: '06.03.2003', f7: '1.250,500', f99: 'Ready.' });
  expect(posted).toContain('<body onload="">');
});

test('names are escaped wherever they are shown', async () => {
  const { clerk } = await clerkAt();
  for (const path of [
    'pick.asp?s1=hara',
    'enq_vendors.asp?s1=hara',
    'enq_vendor.asp?n=V1004',
    'enq_vouchers.asp?s1=%22%3Cx',
  ]) {
    expect(await clerk.get(path)).not.toMatch(/<Ltd>|"<x|O'Hara/);
  }
  expect(await clerk.get('pick.asp?s1=hara')).toContain(
    'opener.choose(&quot;V1004&quot;, &quot;O&#39;Hara &amp; \\&quot;Sons\\&quot; &lt;Ltd&gt;&quot;)',
  );
});

test('a form too large is an error, and the application goes on', async () => {
  const { clerk } = await clerkAt();
  await clerk.post('voucher.asp', { ...VOUCHER, f10: 'x'.repeat(70_000) });
  expect(clerk.status).toBe(500);
  expect(await clerk.post('voucher.asp', VOUCHER)).toContain('posted');
});
