import type { InvoiceView, View } from '../view.ts';
import { fillBox, frameBox, type Ink, onEachPage, put, putLines, putRight, rule, type Sheet } from './sheet.ts';
import type { Carry } from './table.ts';

export type Fact = readonly [label: string, value: string];

/** What the head of an invoice states, in the usual order. Facts the paper does not carry are left out. */
export function invoiceFacts(view: InvoiceView): Fact[] {
  const { words } = view;
  return present([
    [words.number, view.number],
    [words.date, view.date],
    [words.customer, view.customerNumber],
    [words.order, view.order],
    [words.delivered, view.deliveredOn],
    [words.due, view.due],
  ]);
}

export function present(facts: readonly (readonly [string, string | null])[]): Fact[] {
  return facts.filter((fact): fact is Fact => fact[1] !== null);
}

export function buyerLines(view: View): string[] {
  return [view.buyer.name, ...view.buyer.lines];
}

export function sellerLine(view: View): string {
  return `${view.seller.name} · ${view.seller.street} · ${view.seller.city}`;
}

export function contactLines(view: View): string[] {
  const { house } = view;
  const tel = view.seller.language === 'de' ? 'Tel.' : 'Tel';
  return [`${tel} ${house.phone}`, `info@${house.domain}`, `www.${house.domain}`];
}

/** How the seller is paid, and its tax numbers. */
export function bankLines(view: InvoiceView): string[] {
  const { house, seller } = view;
  if (!view.iban) {
    const routing = String(900_000_000 + Number(seller.code) * 11);
    return [house.bank, `Routing no. ${routing}`, `Account no. ${seller.code}0${seller.termsDays}`];
  }
  return [house.bank, `IBAN ${view.iban}`, `BIC ${bicOf(view)}`];
}

export function bicOf(view: InvoiceView): string {
  const letters = view.house.bank.toUpperCase().replace(/[^A-Z]/g, '');
  return `${letters.slice(0, 4)}${view.seller.country}${letters.slice(-2)}`;
}

export function registerLines(view: InvoiceView): string[] {
  const { seller, words } = view;
  const number = Number(seller.code);
  const vat = view.vatId ? [`${words.vatId} ${view.vatId}`] : [`EIN 9${seller.code[0]}-${number * 13}`];
  if (seller.country === 'DE' && /GmbH|UG/.test(seller.name))
    return [...vat, `HRB ${number % 9973}, Amtsgericht ${seller.city.replace(/^\d+ /, '')}`];
  if (seller.country === 'DE') return [...vat, `St.-Nr. 27/${number % 997}/0${number % 9967}`];
  if (seller.country === 'AT') return [...vat, `FN ${number * 3}k`];
  if (seller.country === 'GB') return [...vat, `Registered in England no. 0${number * 61}`];
  return vat;
}

/** Columns of small print at the foot of each page. */
export function drawFooter(sheet: Sheet, columns: readonly (readonly string[])[], ink: Ink = {}): void {
  const size = ink.size ?? 6.8;
  const tallest = Math.max(...columns.map((lines) => lines.length));
  const y = sheet.height - 30 - tallest * size * 1.32;
  rule(sheet, sheet.left, y - 6, sheet.right, 0.5, '#888888');
  const width = (sheet.right - sheet.left) / columns.length;
  columns.forEach((lines, i) => {
    putLines(sheet, lines, sheet.left + i * width, y, { size, color: '#444444', ...ink });
  });
  sheet.bottom = y - 16;
}

export function drawFacts(
  sheet: Sheet,
  facts: readonly Fact[],
  x0: number,
  x1: number,
  y: number,
  ink: Ink = {},
): number {
  const leading = (ink.size ?? 9) * 1.5;
  facts.forEach(([label, value], i) => {
    put(sheet, label, x0, y + i * leading, ink);
    putRight(sheet, value, x1, y + i * leading, { ...ink, bold: i === 0 });
  });
  return y + facts.length * leading;
}

/** Label and value side by side, values left-aligned in their column. */
export function drawFactColumn(
  sheet: Sheet,
  facts: readonly Fact[],
  x0: number,
  x1: number,
  y: number,
  ink: Ink = {},
): number {
  const leading = (ink.size ?? 9) * 1.5;
  facts.forEach(([label, value], i) => {
    put(sheet, `${label}:`, x0, y + i * leading, ink);
    put(sheet, value, x1, y + i * leading, ink);
  });
  return y + facts.length * leading;
}

/** Small captions over their values, in cells of one height. */
export function drawFactCells(
  sheet: Sheet,
  facts: readonly Fact[],
  x: number,
  y: number,
  width: number,
  boxed: boolean,
  height = 32,
): number {
  const cell = width / facts.length;
  facts.forEach(([label, value], i) => {
    if (boxed) frameBox(sheet, x + i * cell, y, cell, height, 0.6);
    put(sheet, label, x + i * cell + 4, y + 4, { size: 6.8, color: boxed ? '#333333' : '#777777' });
    put(sheet, value, x + i * cell + 4, y + 15, { size: 9.5, bold: !boxed });
  });
  return y + height;
}

export interface SumRow {
  readonly label: string;
  readonly value: string;
  readonly strong: boolean;
}

/** From net to what is to be paid. More than one rate of tax brings a line each and one for their sum. */
export function sumRows(view: InvoiceView): SumRow[] {
  const { words, taxes } = view;
  const row = (label: string, value: string, strong = false): SumRow => ({ label, value, strong });
  const rows = [row(words.net, view.net), ...taxes.map((part) => row(`${words.tax} ${part.rate}`, part.tax))];
  if (taxes.length > 1) rows.push(row(words.taxTotal, view.tax));
  rows.push(row(words.total, view.total, true));
  if (view.deposit) rows.push(row(words.deposit, view.deposit));
  if (view.amountDue) rows.push(row(words.amountDue, view.amountDue, true));
  return rows;
}

export function sumsHeight(view: InvoiceView, size = 9): number {
  return sumRows(view).length * size * 1.75 + 24;
}

/** The sums as a column that ends at the right margin. */
export function drawSums(
  sheet: Sheet,
  view: InvoiceView,
  from: number,
  style: {
    readonly size?: number;
    readonly width?: number;
    readonly strong?: 'ruled' | 'filled' | 'doubled' | 'boxed';
  } = {},
): number {
  const { size = 9, width = 210, strong = 'ruled' } = style;
  const leading = size * 1.75;
  const left = sheet.right - width;
  let y = from;
  for (const row of sumRows(view)) {
    const filled = row.strong && strong === 'filled';
    if (filled) fillBox(sheet, left, y - size * 0.4, width, leading, sheet.accent);
    if (row.strong && strong === 'ruled') rule(sheet, left, y - size * 0.35, sheet.right, 0.8);
    if (strong === 'boxed') frameBox(sheet, left, y - size * 0.4, width, leading, 0.5);
    const ink: Ink = { size: row.strong ? size + 0.5 : size, bold: row.strong, color: filled ? '#ffffff' : '#1a1a1a' };
    put(sheet, row.label, left + 4, y, ink);
    putRight(sheet, row.value, sheet.right - 4, y, ink);
    if (row.strong && strong === 'doubled') {
      rule(sheet, left, y + size * 1.3, sheet.right, 0.5);
      rule(sheet, left, y + size * 1.3 + 2, sheet.right, 0.5);
    }
    y += leading;
  }
  return y;
}

export function carryOf(view: InvoiceView): Carry {
  return { label: view.words.carried, broughtLabel: view.words.brought, sum: view.carried };
}

export function drawPageNumbers(sheet: Sheet, view: View, x: number, y: number, ink: Ink = {}): void {
  const { page, of } = view.words;
  onEachPage(sheet, (number, pages) => {
    if (pages > 1) putRight(sheet, `${page} ${number} ${of} ${pages}`, x, y, { size: 7.5, color: '#555555', ...ink });
  });
}
