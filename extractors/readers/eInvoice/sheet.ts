import type { Statement } from '#core';
import { isCreditNote } from './statement.ts';

const TITLES: readonly (readonly [name: string, title: string])[] = [
  ['seller', 'Seller'],
  ['seller_vat_id', 'VAT number'],
  ['buyer', 'Buyer'],
  ['invoice_number', 'Invoice number'],
  ['invoice_date', 'Invoice date'],
  ['due_date', 'Due date'],
  ['order_number', 'Order number'],
];
const SUMS: readonly (readonly [name: string, title: string])[] = [
  ['net_total', 'Net total'],
  ['tax_total', 'Tax total'],
  ['total', 'Total'],
  ['amount_due', 'Amount due'],
  ['currency', 'Currency'],
  ['iban', 'IBAN'],
];
const COLUMNS = { quantity: 12, unit_price: 14, line_total: 14 } as const;
const DESCRIPTION_WIDTH = 44;

/** An e-invoice that came without a printed page, set as plain text that people and extractors can read. */
export function sheetText(statement: Statement): string {
  const { values, items } = statement;
  const lines = (titles: typeof TITLES) =>
    titles.flatMap(([name, title]) => (values[name] === undefined ? [] : [`${title.padEnd(20)}${values[name]}`]));
  const table =
    items.length === 0
      ? []
      : [
          rowOf({ description: 'Description', quantity: 'Quantity', unit_price: 'Unit price', line_total: 'Amount' }),
          ...items.map(rowOf),
          '',
        ];
  const title = isCreditNote(statement) ? 'CREDIT NOTE' : 'INVOICE';
  return [title, '', ...lines(TITLES), '', ...table, ...lines(SUMS)].join('\n');
}

function rowOf(item: Readonly<Record<string, string | null>>): string {
  const cells = Object.entries(COLUMNS).map(([name, width]) => (item[name] ?? '').padStart(width));
  const words = (item['description'] ?? '').slice(0, 200);
  // A long description goes on above its figures, so that columns stay columns.
  const folded = words.match(/\S.{0,41}\S(?=\s|$)|\S+/gu) ?? [''];
  return [...folded.slice(0, -1), (folded.at(-1) ?? '').padEnd(DESCRIPTION_WIDTH) + cells.join('')].join('\n');
}
