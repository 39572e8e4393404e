import type { Draft, Reading, Source } from '#core';
import { type DrawnPaper, drawPaper, type Printed } from './drawnPaper.ts';

export interface InvoiceText {
  readonly seller: string;
  readonly street: string;
  readonly number: string;
  readonly date: string;
  readonly due: string;
  readonly order: string;
  readonly vat: string;
  readonly iban: string;
  readonly items: readonly (readonly [description: string, quantity: string, price: string, total: string])[];
  readonly net: string;
  readonly tax: string;
  readonly total: string;
}

/** An invoice as its seller prints it. */
export function drawInvoice(text: InvoiceText): Promise<DrawnPaper> {
  const items: Printed[] = text.items.flatMap(([description, quantity, price, total], i) => [
    { text: description, x: 80, y: 760 + i * 44 },
    { text: quantity, x: 760, y: 760 + i * 44, right: true },
    { text: price, x: 960, y: 760 + i * 44, right: true },
    { text: total, x: 1160, y: 760 + i * 44, right: true },
  ]);
  return drawPaper([
    { text: text.seller, x: 168, y: 118, size: 30, bold: true, field: 'seller' },
    { text: text.street, x: 168, y: 148, size: 18, grey: true },
    { text: 'Northwind Trading Ltd', x: 80, y: 320 },
    { text: 'Accounts Payable', x: 80, y: 350 },
    { text: '14 Harbour Road, Bristol BS1 5TX', x: 80, y: 380 },
    { text: 'INVOICE', x: 80, y: 520, size: 46, bold: true },
    { text: 'Invoice no.', x: 80, y: 590, grey: true },
    { text: text.number, x: 240, y: 590, field: 'invoice_number' },
    { text: 'Date', x: 80, y: 630, grey: true },
    { text: text.date, x: 240, y: 630, field: 'invoice_date' },
    { text: 'Your order', x: 640, y: 590, grey: true },
    { text: text.order, x: 820, y: 590, field: 'order_number' },
    { text: 'Payable by', x: 640, y: 630, grey: true },
    { text: text.due, x: 820, y: 630, field: 'due_date' },
    { text: 'Description', x: 80, y: 690, size: 18, grey: true },
    { text: 'Quantity', x: 760, y: 690, size: 18, grey: true, right: true },
    { text: 'Price', x: 960, y: 690, size: 18, grey: true, right: true },
    { text: 'Amount EUR', x: 1160, y: 690, size: 18, grey: true, right: true },
    ...items,
    { text: 'Net', x: 860, y: 1230, grey: true },
    { text: text.net, x: 1160, y: 1230, right: true, field: 'net_total' },
    { text: 'VAT 20 %', x: 860, y: 1270, grey: true },
    { text: text.tax, x: 1160, y: 1270, right: true, field: 'tax_total' },
    { text: 'Total EUR', x: 860, y: 1320, bold: true, size: 26 },
    { text: text.total, x: 1160, y: 1320, right: true, bold: true, size: 26, field: 'total' },
    { text: `VAT no.  ${text.vat}`, x: 80, y: 1640, size: 18, grey: true },
    { text: 'IBAN', x: 640, y: 1640, size: 18, grey: true },
    { text: text.iban, x: 700, y: 1640, size: 18, grey: true, field: 'iban' },
  ]);
}

/** A reading as an extractor gives it, with its place on the paper. */
function reading(
  paper: string,
  drawn: DrawnPaper,
  field: string,
  value: unknown,
  over: Partial<Reading<unknown>> = {},
): Reading<unknown> {
  const box = drawn.boxes[field];
  const { width, height } = drawn;
  const sources: Source[] = box ? [{ ...box, paper, reader: 'ocr', width, height, rotation: 0 }] : [];
  return { value, probability: 0.997, absent: 0.001, sources, alternatives: [], evidence: ['label'], ...over };
}

export function drawnDraft(
  paper: string,
  drawn: DrawnPaper,
  values: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, Partial<Reading<unknown>>>> = {},
): Draft<Record<string, unknown>> {
  const entries = Object.entries(values).map(([field, value]) => [
    field,
    reading(paper, drawn, field, value, over[field]),
  ]);
  return Object.fromEntries(entries);
}
