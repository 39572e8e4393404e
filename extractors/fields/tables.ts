import { type Cells, cellsOf, describes } from './cells.ts';
import { parseCurrency } from './currency.ts';
import { type Label, strengthFor } from './labels.ts';
import type { Line, Token } from './lines.ts';
import { parseMoney, toCents } from './money.ts';
import { asPrice, type DecimalMark, parseQuantity } from './quantity.ts';
import { type Described, descriptionsOf } from './rowText.ts';
import type { Sheet } from './sheet.ts';
import { type Column, findTableHeads, type Heads, type Role, type TableHead } from './tableHead.ts';
import { inEachTotalColumn, provenTotals } from './totalColumn.ts';
import type { LabelName } from './vocabulary.ts';

/** The words that each value of a row was read from. */
export type TableCells = Readonly<Record<'description' | 'quantity' | 'unit_price' | 'line_total', readonly Token[]>>;

/** A line of the goods' table; what it does not show is null. */
export interface TableRow {
  readonly description: string;
  readonly quantity: string | null;
  readonly unit_price: string | null;
  readonly line_total: string | null;
  readonly tokens: readonly Token[];
  readonly cells: TableCells;
  /** Quantity times price, less the discount shown, is the line's total. */
  readonly adds: boolean;
}

/** The column whose number makes a line a row. */
export type Opens = 'line_total' | 'quantity';

type HeadedSheet = Pick<Sheet, 'layout' | 'labels' | 'decimalMark' | 'amounts'>;

/** Rows of all tables of goods under a head of known columns; a table goes on over pages that do not repeat its head. */
export function findRows(
  { layout, labels, decimalMark: mark, amounts }: HeadedSheet,
  opens: Opens,
  columns: Heads = 'named',
): TableRow[] {
  const heads = findTableHeads(layout, labels, columns);
  const sums = () => amounts.filter(({ line }) => isTotals(line, labels)).map(({ value }) => toCents(value));
  return heads.flatMap((head, i) => {
    const next = heads[i + 1]?.first ?? Number.POSITIVE_INFINITY;
    const body = layout.lines.filter(({ index }) => index > head.last && index < next);
    if (!head.columns.some(({ role }) => role === opens)) return [];
    const left = leftEdge(head, body, layout.textHeight);
    const table = { left, labels, mark, opens, height: layout.textHeight };
    const readings = inEachTotalColumn(withDescription(head)).map((each) => rowsUnder(body, { head: each, ...table }));
    return provenTotals(readings, sums);
  });
}

/**
 * Where lines begin under the first head, what stands to the left of it is no part of the table; a head may also stand
 * over the middle of its column.
 */
function leftEdge(head: TableHead, body: readonly Line[], height: number): number {
  const x0 = Math.min(...head.columns.map((column) => column.x0));
  const rows = body.filter((line) => line.page === head.page).slice(0, 15);
  const begun = rows.filter((line) => line.segments.some((segment) => Math.abs(segment.x0 - x0) < 0.6 * height));
  return begun.length >= 2 || begun.length === rows.length ? x0 - height : Number.NEGATIVE_INFINITY;
}

interface Table {
  readonly head: TableHead;
  /** What ends left of here stands beside the table. */
  readonly left: number;
  readonly labels: readonly Label[];
  readonly mark: DecimalMark;
  readonly opens: Opens;
  readonly height: number;
}

/** Where no head says description, the first column that no word here names has the goods' names. */
function withDescription(head: TableHead): TableHead {
  if (head.columns.some(describes)) return head;
  const unnamed = head.columns.findIndex(({ role, alike }) => (role === null && !alike) || role === 'article');
  return {
    ...head,
    columns: head.columns.map((column, i) => (i === unnamed ? { ...column, role: 'description' } : column)),
  };
}

/** A line of the table's body, or two that carry one row's numbers between them. */
interface Strip extends Described {
  readonly quantity: string | null;
  readonly price: string | null;
  readonly total: string | null;
  readonly adds: boolean;
}

function rowsUnder(body: readonly Line[], table: Table): TableRow[] {
  const strips = stripsOf(body, table);
  const proven = strips.findLastIndex((strip) => strip.adds && strip.quantity !== null);
  const rows: number[] = [];
  let end = strips.length;
  let carriedFrom = 0;
  for (const [i, strip] of strips.entries()) {
    if (strip.first.page === carriedFrom) continue;
    const above = strips[i - 1];
    const apart = above && above.last.page === strip.first.page && strip.first.y0 - above.last.y1 > 9 * table.height;
    const closes = rows.length > 0 && !strip.adds && isTotals(strip.first, table.labels);
    if (apart || (closes && i > proven && !isInterim(i, rows, strips, table))) {
      end = i;
      break;
    }
    // Below a sum that is carried forward comes nothing but the page's foot; above it, it was brought here.
    const begun = rows.some((at) => strips[at]?.first.page === strip.first.page);
    if (begun && isCarried(strip.first, table.labels)) carriedFrom = strip.first.page;
    else if (!closes && opensRow(strip, table)) rows.push(i);
  }
  const aligned = inColumn(rows, strips, table);
  const places = aligned.map((at, i) => ({
    row: strips[at]!,
    rowBefore: strips[aligned[i - 1] ?? -1],
    above: strips.slice((aligned[i - 1] ?? -1) + 1, at),
    followers: strips.slice(at + 1, aligned[i + 1] ?? end),
  }));
  const texts = descriptionsOf(places, table.height);
  return places.map(({ row }, i) => toRow(row, texts[i] ?? []));
}

/** A sum of the rows right above, with more goods below it before the next sum. */
function isInterim(at: number, rows: readonly number[], strips: readonly Strip[], { labels }: Table): boolean {
  const isSum = ({ first }: Strip) => isTotals(first, labels);
  const since = strips.slice(0, at).findLastIndex((strip) => isSum(strip) && !strip.adds);
  const section = rows.filter((row) => row > since).map((row) => toCents(strips[row]?.total ?? '0'));
  const total = strips[at]?.total ?? null;
  if (total === null || section.reduce((sum, cents) => sum + cents, 0) !== toCents(total)) return false;
  const next = strips.slice(at + 1).find((strip) => isSum(strip) || (strip.quantity !== null && strip.total !== null));
  return next !== undefined && !isSum(next) && hasWords(next);
}

function stripsOf(body: readonly Line[], table: Table): Strip[] {
  const strips: Strip[] = [];
  for (const line of body) {
    const strip = toStrip(line, line, cellsOf(line, table.head.columns, table.left, table.height), table);
    const above = strips.at(-1);
    const joined = above && joinedNumbers(above, strip, table);
    if (joined) strips[strips.length - 1] = joined;
    else strips.push(strip);
  }
  return strips;
}

/** A row's total can stand a little lower or higher than its other numbers. */
function joinedNumbers(above: Strip, below: Strip, table: Table): Strip | null {
  const gap = below.first.y0 - above.last.y1;
  if (above.last.page !== below.first.page || gap > 0.9 * table.height) return null;
  if (isTotals(below.first, table.labels)) return null;
  const factors = (strip: Strip) => strip.quantity !== null || strip.price !== null;
  const parts = (a: Strip, b: Strip) => factors(a) && a.total === null && b.total !== null && !factors(b);
  if (!parts(above, below) && !parts(below, above)) return null;
  const cells = new Map(above.cells);
  for (const [column, tokens] of below.cells) cells.set(column, [...(cells.get(column) ?? []), ...tokens]);
  return toStrip(above.first, below.last, cells, table);
}

function toStrip(first: Line, last: Line, cells: Cells, { mark }: Table): Strip {
  const cell = (role: Role) => cellIn(cells, role);
  const amount = amountIn(cell('line_total'), mark);
  const quantity = countIn(cell('quantity'), mark, amount);
  const price = numberIn(cell('unit_price'), mark);
  const discount = numberIn(cell('discount_column'), mark);
  const adds = multiplies(quantity, price, discount, amount);
  // An amount without decimals is one only where the row or a currency proves it.
  const written = textOf(cell('line_total') ?? []);
  const total = adds || /\d[.,]\d{2}/.test(written) || parseCurrency(written) !== null ? amount : null;
  return { first, last, cells, quantity, price, total, adds };
}

function cellIn(cells: Cells, role: Role): readonly Token[] | undefined {
  return [...cells].find(([column]) => column.role === role)?.[1];
}

function opensRow(strip: Strip, { head, labels, opens }: Table): boolean {
  const value = opens === 'quantity' ? strip.quantity : strip.total;
  if (value === null || isCarried(strip.first, labels)) return false;
  const numbers = strip.quantity !== null || strip.price !== null;
  const told = strip.first.page === head.page ? numbers || hasWords(strip) : numbers;
  return told || opens === 'quantity';
}

function hasWords({ cells }: Strip): boolean {
  return [...cells].some(([column, tokens]) => describes(column) && /\p{L}{2}/u.test(textOf(tokens)));
}

/** Rows whose total stands where the table's totals stand, or that prove themselves. */
function inColumn(rows: readonly number[], strips: readonly Strip[], { head, opens, height }: Table): number[] {
  const column = head.columns.find(({ role }) => role === opens);
  const edge = (i: number) => Math.max(...(strips[i]?.cells.get(column as Column) ?? []).map((token) => token.x1));
  const sure = rows.filter((i) => strips[i]?.adds);
  const edges = (sure.length > 0 ? sure : rows).map(edge).sort((a, b) => a - b);
  const usual = edges[edges.length >> 1] ?? 0;
  const reach = opens === 'quantity' ? Number.POSITIVE_INFINITY : 2.5 * height;
  return rows.filter((i) => strips[i]?.adds || Math.abs(edge(i) - usual) < reach);
}

const TOTALS: readonly LabelName[] = ['net_total', 'tax_total', 'total', 'amount_due', 'total_quantity', 'parcels'];

/** A label of the totals ends the rows; one in the middle of a phrase may be a description. */
function isTotals(line: Line, labels: readonly Label[]): boolean {
  const label = labels.find((each) => each.line === line && TOTALS.some((name) => strengthFor(each, name) > 0));
  if (!label) return false;
  const segment = line.segments.find((each) => each.tokens[0] === label.tokens[0]);
  const words = segment?.tokens.filter((token) => /\p{L}{2}/u.test(token.text)).length ?? Number.POSITIVE_INFINITY;
  return !label.names.includes('deposit') && words <= label.tokens.length + 4;
}

function isCarried(line: Line, labels: readonly Label[]): boolean {
  return labels.some((label) => label.line === line && label.names.includes('deposit') && label.start === 0);
}

function toRow(strip: Strip, words: readonly Token[]): TableRow {
  const own = [...strip.cells.values()].flat();
  const shown = (role: Role, value: string | null) => (value === null ? [] : (cellIn(strip.cells, role) ?? []));
  return {
    description: textOf(words),
    quantity: strip.quantity,
    unit_price: strip.price === null ? null : asPrice(strip.price),
    line_total: strip.total,
    tokens: [...own, ...words.filter((token) => !own.includes(token))],
    cells: {
      description: words,
      quantity: shown('quantity', strip.quantity),
      unit_price: shown('unit_price', strip.price),
      line_total: shown('line_total', strip.total),
    },
    adds: strip.adds,
  };
}

/** A discount may be a percentage, an amount off the row, or one off each piece. */
function multiplies(
  quantity: string | null,
  price: string | null,
  discount: string | null,
  total: string | null,
): boolean {
  if (quantity === null || price === null || total === null) return false;
  const whole = Number(quantity) * Number(price);
  const off = Math.abs(Number(discount ?? 0));
  const wanted = [whole * (1 - off / 100), whole - off, whole - Number(quantity) * off];
  return wanted.some((each) => Math.abs(each - Number(total)) < 0.0051 + 0.00001 * Math.abs(each));
}

function numberIn(cell: readonly Token[] | undefined, mark: DecimalMark): string | null {
  const text = textOf(cell ?? []);
  const number = /[-−–]?\d[\d.,'’]*(?: \d{3}(?=[.,]\d|$))*(?:[.,]\d+)?/.exec(text)?.[0];
  if (number === undefined) return null;
  const minus = /^\d/.test(number) && (isBracketed(text) || /\d\s?[-−–]$/.test(text)) ? '-' : '';
  return parseQuantity(minus + number.replace(/[.,]$/, ''), mark);
}

function isBracketed(text: string): boolean {
  return /^\D*\([^)]*\)$/.test(text);
}

/** Brackets around a count without a sign say that it is taken back only where its row's amount is. */
function countIn(cell: readonly Token[] | undefined, mark: DecimalMark, amount: string | null): string | null {
  const count = numberIn(cell, mark);
  const text = textOf(cell ?? []);
  const back = /[-−–]/.test(text) || (amount !== null && Number(amount) < 0);
  return isBracketed(text) && !back ? (count?.replace(/^-/, '') ?? null) : count;
}

function amountIn(cell: readonly Token[] | undefined, mark: DecimalMark): string | null {
  const text = textOf(cell ?? []);
  const money = parseMoney(text.replace(/\*$/, ''));
  const thousands = parseCurrency(text) !== null && /^\D*[1-9]\d{0,2}[.,]\d{3}\D*$/.test(text);
  if (money !== null && (thousands || /[.,]\d{2}\D*$/.test(text))) return money;
  const number = numberIn(cell, mark);
  return number === null ? null : asPrice(number).replace(/(\.\d{2})\d+$/, '$1');
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join(' ');
}
