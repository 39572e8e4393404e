import { beforeEach, describe, expect, test } from 'vitest';
import { openLedger, RECEIPT, Visitor, VOUCHER } from './visitor.ts';

let clerk: Visitor;
beforeEach(async () => {
  clerk = new Visitor(await openLedger({ now: () => Date.UTC(2003, 2, 10, 9, 30) }));
  await clerk.signIn();
});

/** Cell texts of the page, captions and values alike. */
function cells(markup: string): string[] {
  return [...markup.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!.replace(/<[^>]+>/g, ''));
}

function numbersIn(markup: string): string[] {
  return [...markup.matchAll(/n=([\w-]+)"/g)].map(([, number]) => number!);
}

describe('vouchers', () => {
  test('are found by vendor and a part of the invoice number', async () => {
    await clerk.post('voucher.asp', VOUCHER);
    await clerk.post('voucher.asp', { ...VOUCHER, f3: 'X-2' });
    await clerk.post('voucher.asp', { ...VOUCHER, f0: 'V1002', f1: 'V1002' });
    expect(numbersIn(await clerk.get('enq_vouchers.asp'))).toHaveLength(3);
    expect(numbersIn(await clerk.get('enq_vouchers.asp?s1=v1001&s2=r-1'))).toEqual(['2003-000001']);
    expect(numbersIn(await clerk.get('enq_vouchers.asp?s1=V1001'))).toEqual(['2003-000001', '2003-000002']);
    expect(await clerk.get('enq_vouchers.asp?s1=V1009')).toContain('No vouchers found.');
  });

  test('are listed in pages of ten that keep the search', async () => {
    for (let i = 0; i < 12; i++) await clerk.post('voucher.asp', { ...VOUCHER, f3: `Ä ${i}` });
    const first = await clerk.get('enq_vouchers.asp?s1=V1001&s2=%C4');
    expect(first).toContain('12 found. Page 1 of 2.');
    expect(numbersIn(first)).toHaveLength(10);
    const next = /<a href="([^"]+)">Next/.exec(first)?.[1];
    expect(next).toBe('enq_vouchers.asp?s1=V1001&amp;s2=%c4&amp;p=2');
    expect(numbersIn(await clerk.get(next!.replaceAll('&amp;', '&')))).toEqual(['2003-000011', '2003-000012']);
    expect(await clerk.get('enq_vouchers.asp?p=99')).toContain('Page 2 of 2.');
    expect(await clerk.get('enq_vouchers.asp?p=x')).toContain('Page 1 of 2.');
  });

  test('are shown in full, in German formats', async () => {
    await clerk.post('voucher.asp', { ...VOUCHER, f10: '' });
    expect(cells(await clerk.get('enq_voucher.asp?n=2003-000001'))).toEqual(
      expect.arrayContaining([
        'Invoice no.',
        'R-1',
        '05.03.2003',
        '04.04.2003',
        '1.000,00',
        '190,00',
        '1.190,00',
        '&nbsp;',
      ]),
    );
    expect(await clerk.get('enq_voucher.asp?n=2003-999999')).toContain('Voucher not found!');
  });
});

test('goods receipts are found and shown', async () => {
  await clerk.post('receipt.asp', RECEIPT);
  expect(numbersIn(await clerk.get('enq_receipts.asp?s1=V1002&s2=LS-9'))).toEqual(['GR-000001']);
  expect(await clerk.get('enq_receipts.asp?s1=V1001')).toContain('No goods receipts found.');
  expect(cells(await clerk.get('enq_receipt.asp?n=GR-000001'))).toEqual(
    expect.arrayContaining(['LS-9', '06.03.2003', 'PO-12', '3', '1.250,500', '10.03.2003 09:30 clerk']),
  );
});

describe('vendors', () => {
  test('are listed by name, by VAT number and all of them', async () => {
    expect(numbersIn(await clerk.get('enq_vendors.asp?s1=vendor+b&s2=Name'))).toEqual(['V1002']);
    expect(numbersIn(await clerk.get('enq_vendors.asp?s1=DE+100+000+002&s2=VAT+number'))).toEqual(['V1003']);
    expect(await clerk.get('enq_vendors.asp?s1=nobody&s2=All')).toContain('23 found. Page 1 of 3.');
    expect(await clerk.get('enq_vendors.asp?s1=nobody')).toContain('No vendors found.');
  });

  test('are shown with all that is known of them', async () => {
    expect(cells(await clerk.get('enq_vendor.asp?n=V1002'))).toEqual(
      expect.arrayContaining([
        'V1002',
        'Vendor B Müller GmbH',
        'DE100000001',
        'DE89 3704 0044 0532 0130 00',
        '14 days net',
        'EUR',
      ]),
    );
    expect(cells(await clerk.get('enq_vendor.asp?n=V1005'))).toContain('?ód?');
  });

  test('are offered in the popup by code or name', async () => {
    expect(await clerk.get('pick.asp?s1=V1003')).toContain('opener.choose(&quot;V1003&quot;');
    expect(await clerk.get('pick.asp')).toContain('23 found. Page 1 of 3.');
  });
});
