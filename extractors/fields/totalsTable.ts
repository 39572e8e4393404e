import { type Label, strengthFor } from './labels.ts';
import { boxAround, type Layout, type Line } from './lines.ts';
import { fromCents, toCents } from './money.ts';
import type { Candidate, Spotted } from './nearLabel.ts';

const ROLES = ['net_total', 'tax_total', 'total'] as const;
export type TotalsRole = (typeof ROLES)[number];

export type TotalsOfTables = Readonly<Record<TotalsRole, readonly Candidate<string>[]>>;

interface Column {
  readonly role: TotalsRole | null;
  readonly label: Label;
  readonly x0: number;
  readonly x1: number;
}

type Row = ReadonlyMap<Column, Spotted<string>>;

/**
 * What tables of totals say, which have net, tax and gross side by side and a row for each rate of tax: the row that is
 * the sum of those above it, or the sum of all rows where none is.
 */
export function totalsOfTables(
  layout: Layout,
  labels: readonly Label[],
  amounts: readonly Spotted<string>[],
): TotalsOfTables {
  const found = layout.lines.flatMap((line) => {
    const columns = columnsOf(line, labels, amounts);
    return columns ? totalsUnder(rowsUnder(line, columns, layout, amounts), columns) : [];
  });
  const of = (role: TotalsRole) => found.flatMap((each) => (each.role === role ? [each.candidate] : []));
  return { net_total: of('net_total'), tax_total: of('tax_total'), total: of('total') };
}

/** A line of labels without amounts that names at least two totals, each once. */
function columnsOf(line: Line, labels: readonly Label[], amounts: readonly Spotted<string>[]): Column[] | null {
  if (amounts.some((amount) => amount.line === line)) return null;
  const own = labels.filter((label) => label.line === line);
  const taken = new Set<TotalsRole>();
  const columns = own.toReversed().map((label): Column => {
    const role = ROLES.find((name) => strengthFor(label, name) > 0 && !taken.has(name)) ?? null;
    if (role) taken.add(role);
    const { x0, x1 } = boxAround(label.tokens);
    return { role, label, x0, x1 };
  });
  return taken.size >= 2 && taken.has('tax_total') ? columns.toReversed() : null;
}

const MOST_ROWS = 8;

function rowsUnder(line: Line, columns: readonly Column[], layout: Layout, amounts: readonly Spotted<string>[]): Row[] {
  const rows: Row[] = [];
  let last = line;
  for (const below of layout.lines.slice(line.index + 1, line.index + 1 + 2 * MOST_ROWS)) {
    if (below.page !== line.page || below.y0 - last.y1 > 3 * layout.textHeight) break;
    const row = rowOf(
      amounts.filter((amount) => amount.line === below),
      columns,
      layout.textHeight,
    );
    if (row.size === 0) continue;
    if (!isComplete(row, columns)) break;
    rows.push(row);
    last = below;
  }
  return rows;
}

function rowOf(amounts: readonly Spotted<string>[], columns: readonly Column[], height: number): Row {
  const row = new Map<Column, Spotted<string>>();
  for (const amount of amounts) {
    const box = boxAround(amount.tokens);
    const off = (column: Column) =>
      Math.min(Math.abs(box.x1 - column.x1), Math.abs(box.x0 - column.x0), middleOff(box, column));
    const [nearest] = columns.toSorted((a, b) => off(a) - off(b));
    if (nearest && off(nearest) < 3 * height && !row.has(nearest)) row.set(nearest, amount);
  }
  return row;
}

function middleOff(a: { x0: number; x1: number }, b: { x0: number; x1: number }): number {
  return Math.abs(a.x0 + a.x1 - b.x0 - b.x1) / 2;
}

function isComplete(row: Row, columns: readonly Column[]): boolean {
  return columns.every((column) => column.role === null || row.has(column));
}

function totalsUnder(
  rows: readonly Row[],
  columns: readonly Column[],
): { role: TotalsRole; candidate: Candidate<string> }[] {
  const named = columns.filter((column) => column.role !== null);
  const sumRow = rows.findIndex((_, i) => i > 0 && isSumOfAbove(rows, i, named));
  const chosen = sumRow > 0 ? rows[sumRow] : rows.length === 1 ? rows[0] : undefined;
  return named.flatMap((column) => {
    const parts = chosen ? [chosen.get(column)] : rows.map((row) => row.get(column));
    const [first] = parts;
    if (!first || !column.role) return [];
    const value = chosen ? first.value : fromCents(sum(rows, column));
    const tokens = parts.flatMap((part) => part?.tokens ?? []);
    const score = sumRow > 0 ? 1 : 0.9 * strengthFor(column.label, column.role);
    return [{ role: column.role, candidate: { value, tokens, line: first.line, score, evidence: ['label'] } }];
  });
}

/** One number of the row may have been misread: two that add up say what the row is. */
function isSumOfAbove(rows: readonly Row[], at: number, columns: readonly Column[]): boolean {
  const adding = columns.filter((column) => cents(rows[at]!, column) === sum(rows.slice(0, at), column));
  return adding.length >= 2 && adding.length >= columns.length - 1;
}

function cents(row: Row, column: Column): number {
  return toCents(row.get(column)?.value ?? '0');
}

function sum(rows: readonly Row[], column: Column): number {
  return rows.reduce((all, row) => all + cents(row, column), 0);
}
