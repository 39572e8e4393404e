import { parseDate } from '../fields/date.ts';
import { type Label, strengthFor } from '../fields/labels.ts';
import { boxAround, type Layout, type Line, type Token } from '../fields/lines.ts';
import { parseMoney } from '../fields/money.ts';
import { parseQuantity } from '../fields/quantity.ts';
import type { Sheet } from '../fields/sheet.ts';
import { nothing, wordDoubts } from '../types/findings.ts';
import type { Finding, RowCells } from '../types/reading.ts';
import { type FieldPlan, labelName, type TablePlan } from './plan.ts';

export type Row = Readonly<Record<string, string | null>>;

interface Column {
  readonly plan: FieldPlan;
  readonly x0: number;
  readonly x1: number;
}

interface Head {
  readonly line: Line;
  readonly columns: readonly Column[];
}

/** A row may stand this many text heights under the one before. */
const FARTHEST = 9;
/** A title over the table may name one column by chance; two are a head. */
const LEAST_COLUMNS = 2;

/** The rows of all tables whose head names columns of the plan; a table goes on over pages that do not repeat its head. */
export function findTable(plan: TablePlan, sheet: Sheet, labels: readonly Label<string>[]): Finding<Row[]> {
  const { layout } = sheet;
  const heads = layout.lines.flatMap((line) => headIn(line, plan, labels));
  const rows = heads.flatMap((head, i) => rowsUnder(head, heads[i + 1], sheet));
  if (rows.length === 0) return { ...nothing<Row[]>(), kind: 'items' };
  const tokens = rows.flatMap((row) => row.tokens);
  const evidence = ['label', ...wordDoubts({ tokens }, layout)];
  const parts = rows.map((row) => row.tokens);
  const cells = rows.map((row) => row.cells);
  return { value: rows.map(({ row }) => row), tokens, parts, cells, evidence, others: [], score: 1, kind: 'items' };
}

function headIn(line: Line, { columns }: TablePlan, labels: readonly Label<string>[]): Head[] {
  const free = labels.filter((label) => label.line === line);
  const found = columns.flatMap((plan): Column[] => {
    const at = free.findIndex((label) =>
      plan.labels.some((_, rank) => strengthFor(label, labelName(plan.name, rank)) > 0),
    );
    if (at < 0) return [];
    const [label] = free.splice(at, 1);
    const { x0, x1 } = boxAround(label!.tokens);
    return [{ plan, x0, x1 }];
  });
  const least = Math.min(LEAST_COLUMNS, columns.length);
  return found.length >= least ? [{ line, columns: found.sort((a, b) => a.x0 - b.x0) }] : [];
}

interface FoundRow {
  readonly row: Row;
  readonly tokens: readonly Token[];
  readonly cells: RowCells;
  /** Its figures have no words beside them in their columns. */
  readonly isBare: boolean;
}

function rowsUnder({ line: head, columns }: Head, next: Head | undefined, { layout, ...sheet }: Sheet): FoundRow[] {
  const end = next?.line.index ?? Number.POSITIVE_INFINITY;
  const body = layout.lines.filter(({ index }) => index > head.index && index < end);
  const rows: FoundRow[] = [];
  let last = head;
  let isClosed = false;
  for (const line of body) {
    const isNextPage = line.page === last.page + 1;
    if (line.page > last.page + 1 || (isNextPage && isClosed) || isApart(last, line, layout) || ENDS.test(line.text))
      break;
    const row = rowOf(line, columns, layout, sheet);
    if (row && (line.page === head.page || isLike(rows, row))) {
      rows.push(row);
      last = line;
      isClosed = false;
    } else if (line.page === last.page && /\d/.test(line.text) && !isAtFoot(line, layout)) isClosed = true;
  }
  return rows;
}

const ENDS = /^(?:sub)?(?:grand )?(?:totals?|summe|gesamt)\b/i;
/** Below this share of a page stands its foot, which is no part of a table and does not close it. */
const FOOT = 0.88;

function isApart(last: Line, line: Line, { textHeight }: Layout): boolean {
  return line.page === last.page && line.y0 - last.y1 > FARTHEST * textHeight;
}

function isAtFoot(line: Line, { pages }: Layout): boolean {
  const height = pages.find(({ number }) => number === line.page)?.height ?? 0;
  return line.y0 > FOOT * height;
}

/**
 * Off the page of its head a row fills the columns that every row before it has filled, and its figures stand alone: a
 * letterhead in their place is none.
 */
function isLike(rows: readonly FoundRow[], { row, isBare }: FoundRow): boolean {
  const always = Object.keys(row).filter((name) => rows.every((before) => before.row[name] !== null));
  return rows.length > 0 && always.every((name) => row[name] !== null) && (isBare || !rows.every((one) => one.isBare));
}

/** A line is a row where its numbers fill a column of numbers, or, without such columns, where every column has words. */
function rowOf(line: Line, columns: readonly Column[], layout: Layout, sheet: Omit<Sheet, 'layout'>): FoundRow | null {
  const cells = columns.map((column) => line.tokens.filter((token) => columnOf(token, columns, layout) === column));
  const values = columns.map(({ plan }, i) => valueIn(cells[i] ?? [], plan, sheet));
  const figures = columns.flatMap(({ plan }, i) => (plan.kind === 'name' ? [] : [values[i]]));
  const filled = figures.length > 0 ? figures.some((value) => value !== null) : values.every((value) => value !== null);
  if (!filled) return null;
  const row = Object.fromEntries(columns.map(({ plan }, i) => [plan.name, values[i] ?? null]));
  const isBare = columns.every(
    ({ plan }, i) => plan.kind === 'name' || !cells[i]?.some(({ text }) => /\p{L}{3}/u.test(text)),
  );
  const shown = Object.fromEntries(
    columns.map(({ plan }, i) => [plan.name, values[i] == null ? [] : (cells[i] ?? [])]),
  );
  return { row, tokens: line.tokens, cells: shown, isBare };
}

/** The column a word stands under; numbers keep to the right edge of their head, words to its left. */
function columnOf(token: Token, columns: readonly Column[], { textHeight }: Layout): Column | undefined {
  const reach = (column: Column) => Math.min(token.x1, column.x1) - Math.max(token.x0, column.x0);
  const under = columns.toSorted((a, b) => reach(b) - reach(a))[0];
  if (under && reach(under) > -0.5 * textHeight) return under;
  if (/\d/.test(token.text)) return columns.find((column) => Math.abs(column.x1 - token.x1) < 2 * textHeight);
  return columns.findLast(({ plan, x0 }) => plan.kind === 'name' && x0 <= token.x0 + textHeight);
}

function valueIn(
  cell: readonly Token[],
  { kind }: FieldPlan,
  { dayOrder, decimalMark }: Omit<Sheet, 'layout'>,
): string | null {
  const text = cell.map((token) => token.text).join(' ');
  if (text === '') return null;
  if (kind === 'date') return parseDate(text, dayOrder.order);
  const number = /[-−–(]?[\d.,'’]*\d\)?/.exec(text.replace(/[$€£]/g, ''))?.[0];
  if (kind === 'money') return parseMoney(text) ?? (number ? parseMoney(number) : null) ?? null;
  if (kind === 'quantity') return number ? parseQuantity(number, decimalMark) : null;
  return text;
}
