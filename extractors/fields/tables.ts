import { type Label, labelsOfLine } from './labels.ts';
import { boxAround, type Layout, type Line, type Token } from './lines.ts';
import { parseMoney } from './money.ts';
import { asPrice, type DecimalMark, parseQuantity } from './quantity.ts';
import type { LabelName } from './vocabulary.ts';

const NUMBERS = ['quantity', 'unit_price', 'line_total', 'tax_rate', 'discount_column'] as const;
const TEXTS = ['description', 'position', 'article', 'unit'] as const;
type Role = (typeof NUMBERS)[number] | (typeof TEXTS)[number];
const ROLES: readonly Role[] = [...TEXTS, ...NUMBERS];

interface Column {
  readonly role: Role;
  readonly x0: number;
  readonly x1: number;
}

/** A line of the goods' table; what it does not show is null. */
export interface TableRow {
  readonly description: string;
  readonly quantity: string | null;
  readonly unit_price: string | null;
  readonly line_total: string | null;
  readonly tokens: readonly Token[];
  /** Quantity times price, less the discount shown, is the line's total. */
  readonly adds: boolean;
}

/** Rows of all tables of goods under a header of known columns, page by page. */
export function findRows(
  layout: Layout,
  labels: readonly Label[],
  mark: DecimalMark,
  opens: 'line_total' | 'quantity',
): TableRow[] {
  const headers = layout.lines.flatMap((line, i) => {
    const columns = headerColumns(line, labels, layout.lines[i + 1], layout);
    return columns ? [{ line, columns }] : [];
  });
  return headers.flatMap(({ line, columns }, i) => {
    const next = headers[i + 1]?.line.index ?? Number.POSITIVE_INFINITY;
    const body = layout.lines.filter((each) => each.page === line.page && each.index > line.index && each.index < next);
    return columns.some((column) => column.role === opens) ? rowsUnder(body, columns, labels, mark, opens, layout) : [];
  });
}

/** Columns named by a line; words broken into the next line (`Stückprei` / `s`) are put together where that names more. */
function headerColumns(line: Line, labels: readonly Label[], next: Line | undefined, layout: Layout): Column[] | null {
  if (line.tokens.some((token) => /\d[.,]\d{2}$/.test(token.text))) return null;
  const plain = columnsNamed(labels.filter((label) => label.line === line));
  const whole = next && unbroken(line, next, layout.textHeight);
  const joined = whole ? columnsNamed(labelsOfLine(whole, layout.ocr)) : [];
  const columns = joined.length > plain.length ? joined : plain;
  const roles = columns.map(({ role }) => role);
  const told = (['description', 'quantity', 'unit_price', 'line_total'] as const).filter((role) =>
    roles.includes(role),
  );
  return told.length >= 2 && (roles.includes('quantity') || told.length >= 3) ? columns : null;
}

function columnsNamed(labels: readonly Label[]): Column[] {
  const roles = new Map<Label, Role>();
  const plainest = labels.toSorted((a, b) => a.weak.length - b.weak.length);
  for (const surely of [true, false]) {
    for (const label of plainest.filter((each) => !roles.has(each))) {
      const role = roleOf(label, new Set(roles.values()), surely);
      if (role) roles.set(label, role);
    }
  }
  return [...roles].map(([label, role]) => {
    const { x0, x1 } = boxAround(label.tokens);
    return { role, x0, x1 };
  });
}

/** The line with each word of the next line, which must be short and without numbers, added to the word above it. */
function unbroken(line: Line, next: Line, height: number): Line | null {
  if (next.page !== line.page || next.y0 - line.y1 > 0.7 * height || /\d/.test(next.text)) return null;
  const tails = next.tokens.map((token) => ({
    token,
    above: line.tokens.find((each) => Math.min(each.x1, token.x1) - Math.max(each.x0, token.x0) > -0.3 * height),
  }));
  if (tails.some(({ above }) => above === undefined)) return null;
  const tokens = line.tokens.map((each) => {
    const tail = tails.filter(({ above }) => above === each).map(({ token }) => token);
    const text = [each, ...tail].map((token) => token.text).join('');
    return { ...each, text, x0: Math.min(each.x0, ...tail.map((token) => token.x0)) };
  });
  return { ...line, tokens };
}

function roleOf(label: Label, used: ReadonlySet<Role>, surely: boolean): Role | null {
  const names: readonly LabelName[] = surely ? label.names : label.weak;
  const roles = ROLES.filter((role) => names.includes(role) && !used.has(role));
  return roles.includes('position') && used.size === 0
    ? 'position'
    : (roles.find((role) => role !== 'position') ?? null);
}

function rowsUnder(
  body: readonly Line[],
  columns: readonly Column[],
  labels: readonly Label[],
  mark: DecimalMark,
  opens: 'line_total' | 'quantity',
  layout: Layout,
): TableRow[] {
  const rows: TableRow[] = [];
  let last: Line | null = null;
  for (const line of body) {
    if (endsTable(line, labels, rows.length > 0)) break;
    if (last && line.y0 - last.y1 > 9 * layout.textHeight) break;
    const cells = cellsOf(line, columns, layout.textHeight);
    const row = rowOf(line, cells, mark);
    const previous = rows.at(-1);
    if (row[opens] !== null && !isCarried(line, labels)) rows.push(row);
    else if (previous && last && continuesRow(last, line, cells, layout.textHeight)) {
      rows[rows.length - 1] = continued(previous, cells.get('description') ?? []);
    } else if (row[opens] === null) continue;
    last = line;
  }
  return rows;
}

const TOTALS: readonly LabelName[] = ['net_total', 'tax_total', 'total', 'amount_due', 'total_quantity', 'parcels'];

/** A label of the totals with a number behind it ends the rows; a bare word at a row's start may be a description. */
function endsTable(line: Line, labels: readonly Label[], begun: boolean): boolean {
  const label = labels.find(
    (each) => each.line === line && TOTALS.some((name) => each.names.includes(name) || each.weak.includes(name)),
  );
  if (!label || !begun) return false;
  const segment = line.segments.find((each) => each.tokens[0] === label.tokens[0]);
  const words = segment?.tokens.filter((token) => /\p{L}{2}/u.test(token.text)).length ?? Number.POSITIVE_INFINITY;
  return !label.names.includes('deposit') && words <= label.tokens.length + 4;
}

function isCarried(line: Line, labels: readonly Label[]): boolean {
  return labels.some((label) => label.line === line && label.names.includes('deposit') && label.start === 0);
}

type Cells = ReadonlyMap<Role, readonly Token[]>;

function cellsOf(line: Line, columns: readonly Column[], height: number): Cells {
  const cells = new Map<Role, Token[]>();
  for (const token of line.tokens) {
    const role = columnOf(token, columns, height)?.role;
    if (role === undefined) continue;
    const cell = cells.get(role);
    if (cell) cell.push(token);
    else cells.set(role, [token]);
  }
  return cells;
}

/** Numbers keep to the right edge or middle of their column's head, words to its left edge. */
function columnOf(token: Token, columns: readonly Column[], height: number): Column | undefined {
  const numeric = /\d/.test(token.text) && !/\p{L}{2}/u.test(token.text.replace(/EUR|USD|GBP|CHF/g, ''));
  const signs = /^[€$£%]$|^(EUR|USD|GBP|CHF)$/.test(token.text);
  if (numeric || signs) {
    const reach = 1.6 * height;
    const close = columns
      .filter((column) => column.role !== 'description')
      .map((column) => ({ column, off: offset(token, column) }))
      .filter(({ off }) => off < reach)
      .sort((a, b) => a.off - b.off)[0];
    if (close) return close.column;
  }
  const texts = columns.filter((column) => numeric || !isNumberRole(column.role));
  if (token.x1 < Math.min(...columns.map((column) => column.x0)) - height) return undefined;
  const under = texts.find((column) => Math.min(token.x1, column.x1) - Math.max(token.x0, column.x0) > 0);
  if (under) return under;
  const near = texts.filter((column) => column.role === 'unit' && Math.abs(column.x1 - token.x1) < 2 * height)[0];
  if (near) return near;
  const left = texts.filter((column) => column.x0 <= token.x0 + height).sort((a, b) => b.x0 - a.x0)[0];
  return left ?? texts[0];
}

function isNumberRole(role: Role): boolean {
  return (NUMBERS as readonly string[]).includes(role);
}

function offset(token: Token, column: Column): number {
  const overlap = Math.min(token.x1, column.x1) - Math.max(token.x0, column.x0);
  const edges = Math.min(Math.abs(token.x1 - column.x1), Math.abs(token.x0 - column.x0));
  return overlap > 0 ? Math.min(edges, (column.x1 - column.x0) / 8) : edges;
}

function rowOf(line: Line, cells: Cells, mark: DecimalMark): TableRow {
  const quantity = numberIn(cells.get('quantity'), mark);
  const price = numberIn(cells.get('unit_price'), mark);
  const total = amountIn(cells.get('line_total'), mark);
  const discount = numberIn(cells.get('discount_column'), mark);
  return {
    description: textOf(cells.get('description') ?? []),
    quantity,
    unit_price: price === null ? null : asPrice(price),
    line_total: total,
    tokens: line.tokens,
    adds: multiplies(quantity, price, discount, total),
  };
}

function multiplies(
  quantity: string | null,
  price: string | null,
  discount: string | null,
  total: string | null,
): boolean {
  if (quantity === null || price === null || total === null) return false;
  const wanted = Number(quantity) * Number(price) * (1 - Number(discount ?? 0) / 100);
  return Math.abs(wanted - Number(total)) < 0.0051 + 0.00001 * Math.abs(wanted);
}

function numberIn(cell: readonly Token[] | undefined, mark: DecimalMark): string | null {
  const text = (cell ?? []).map((token) => token.text).join(' ');
  const number = /[-−–]?\d[\d.,'’]*(?: \d{3}(?=[.,]\d|$))*(?:[.,]\d+)?/.exec(text)?.[0];
  return number === undefined ? null : parseQuantity(number.replace(/[.,]$/, ''), mark);
}

function amountIn(cell: readonly Token[] | undefined, mark: DecimalMark): string | null {
  const text = (cell ?? []).map((token) => token.text).join(' ');
  const money = parseMoney(text.replace(/\*$/, ''));
  if (money !== null && /[.,]\d{2}\D*$/.test(text)) return money;
  const number = numberIn(cell, mark);
  return number === null ? null : asPrice(number).replace(/(\.\d{2})\d+$/, '$1');
}

function continuesRow(last: Line, line: Line, cells: Cells, height: number): boolean {
  const words = cells.get('description') ?? [];
  return words.length === line.tokens.length && words.length > 0 && line.y0 - last.y1 < 0.7 * height;
}

function continued(row: TableRow, words: readonly Token[]): TableRow {
  return { ...row, description: `${row.description} ${textOf(words)}`.trim(), tokens: [...row.tokens, ...words] };
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join(' ');
}
