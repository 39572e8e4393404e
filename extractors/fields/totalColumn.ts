import { toCents } from './money.ts';
import type { TableHead } from './tableHead.ts';
import type { TableRow } from './tables.ts';

/** The head as it stands, then with each other column in the role of the lines' totals that is named like it. */
export function inEachTotalColumn(head: TableHead): TableHead[] {
  const { columns } = head;
  const usual = columns.findIndex(({ role }) => role === 'line_total');
  const alike = columns.flatMap((column, i) => (column.alike ? [i] : []));
  const others = alike.map((at) =>
    columns.map((column, i) => {
      if (i === at) return { ...column, role: 'line_total' as const };
      return i === usual ? { ...column, role: null } : column;
    }),
  );
  return [head, ...others.map((each) => ({ ...head, columns: each }))];
}

/**
 * Of readings of one table the one whose rows multiply out, else the one that makes one of the sums (in cents). Where
 * none does, the rows go without totals: a gross amount taken for a net one looks as good as the right one.
 */
export function provenTotals(readings: readonly TableRow[][], sums: () => readonly number[]): TableRow[] {
  const [first = [], ...others] = readings.filter((rows) => rows.length > 0);
  if (others.every((rows) => totalsOf(rows) === totalsOf(first))) return first;
  const [best = first] = [first, ...others].toSorted((a, b) => proofs(b) - proofs(a));
  if (proofs(best) > 0) return best;
  const wholes = sums();
  const whole = [first, ...others].find((rows) => wholes.includes(sumOf(rows)));
  return whole ?? first.map((row) => ({ ...row, line_total: null }));
}

function totalsOf(rows: readonly TableRow[]): string {
  return rows.map((row) => row.line_total).join();
}

function proofs(rows: readonly TableRow[]): number {
  return rows.filter((row) => row.adds).length;
}

function sumOf(rows: readonly TableRow[]): number {
  return rows.reduce((sum, row) => sum + toCents(row.line_total ?? '0'), 0);
}
