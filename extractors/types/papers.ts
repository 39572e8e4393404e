import { z } from 'zod';
import { address, currency, iban, identifier, isoDate, line, money, quantity, unitPrice, vatId } from './kinds.ts';

/** A line of a table; what the line does not show is null. */
export const paperItem = z.object({
  description: line({ title: 'Description' }),
  quantity: quantity({ title: 'Quantity' }).nullable(),
  unit_price: unitPrice({ title: 'Unit price' }).nullable(),
  line_total: money({ title: 'Line total' }).nullable(),
});
export type PaperItem = z.infer<typeof paperItem>;

/** What an invoice can carry. That one lacks a field is said by the draft's reading, not by the type. */
export const invoicePaper = z.object({
  invoice_number: identifier({ title: 'Invoice number' }),
  invoice_date: isoDate({ title: 'Invoice date' }),
  due_date: isoDate({ title: 'Due date' }),
  order_number: identifier({ title: 'Order number' }),
  seller: line({ title: 'Seller' }),
  buyer: line({ title: 'Buyer' }),
  seller_vat_id: vatId({ title: 'Seller VAT number' }),
  iban: iban({ title: 'IBAN' }),
  currency: currency({ title: 'Currency' }),
  net_total: money({ title: 'Net total' }),
  tax_total: money({ title: 'Tax total' }),
  total: money({ title: 'Total' }),
  amount_due: money({ title: 'Amount due' }),
  items: z.array(paperItem).meta({ format: 'items', title: 'Items' }),
});
export type InvoicePaper = z.infer<typeof invoicePaper>;

export const deliveryNotePaper = z.object({
  seller: line({ title: 'Seller' }),
  seller_vat_id: vatId({ title: 'Seller VAT number' }),
  delivery_note_number: identifier({ title: 'Delivery note number' }),
  delivery_date: isoDate({ title: 'Delivery date' }),
  order_number: identifier({ title: 'Order number' }),
  parcels: quantity({ title: 'Parcels' }),
  total_quantity: quantity({ title: 'Total quantity' }),
  items: z.array(paperItem).meta({ format: 'items', title: 'Items' }),
});
export type DeliveryNotePaper = z.infer<typeof deliveryNotePaper>;

export const receiptPaper = z.object({
  company: line({ title: 'Company' }),
  date: isoDate({ title: 'Date' }),
  address: address({ title: 'Address' }),
  total: money({ title: 'Total' }),
});
export type ReceiptPaper = z.infer<typeof receiptPaper>;

/** Labels and their values as they stand on any form; each value also under its label's own name, `Pay date:` as `pay_date`. */
export const formPaper = z.looseObject({
  pairs: z.array(z.tuple([z.string(), z.string()])).meta({ format: 'pairs', title: 'Labels and values' }),
});
export type FormPaper = z.infer<typeof formPaper>;
