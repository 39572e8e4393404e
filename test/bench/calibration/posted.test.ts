import { expect, it } from 'vitest';
import { isPosted } from '../../../bench/calibration/posted.ts';

it('counts what the demo’s bots post, and nothing that only leads to the master data', () => {
  const invoice = [
    'invoice_number',
    'invoice_date',
    'due_date',
    'order_number',
    'currency',
    'net_total',
    'total',
    'iban',
  ];
  for (const field of invoice) expect(isPosted('invoice', field)).toBe(true);
  for (const field of ['delivery_note_number', 'delivery_date', 'parcels', 'total_quantity', 'order_number'])
    expect(isPosted('delivery-note', field)).toBe(true);
  for (const field of ['seller', 'buyer', 'seller_vat_id', 'amount_due', 'items'])
    expect(isPosted('invoice', field)).toBe(false);
  expect(isPosted('receipt', 'total')).toBe(false);
});
