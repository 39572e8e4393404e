import { findBareRows } from '../fields/bareRows.ts';
import { toCents } from '../fields/money.ts';
import type { Sheet } from '../fields/sheet.ts';
import { findRows, type TableRow } from '../fields/tables.ts';
import { nothing, wordDoubts } from './findings.ts';
import type { PaperItem } from './papers.ts';
import type { Finding } from './reading.ts';

export interface ItemsFound {
  readonly finding: Finding<PaperItem[]>;
  readonly rows: readonly TableRow[];
}

/** The table of goods as one finding. `sum` is what its column of totals or quantities must make, where that is known. */
export function findItems(sheet: Sheet, opens: 'line_total' | 'quantity'): ItemsFound {
  const headed = findRows(sheet.layout, sheet.labels, sheet.decimalMark, opens);
  const bare = headed.length === 0 && opens === 'line_total';
  const rows = bare ? findBareRows(sheet.layout, sheet.labels, sheet.amounts) : headed;
  if (rows.length === 0) return { finding: nothing(), rows };
  const value = rows.map(({ description, quantity, unit_price, line_total }) => ({
    description: description || '?',
    quantity,
    unit_price,
    line_total,
  }));
  const tokens = rows.flatMap((row) => row.tokens);
  const adds = rows.every((row) => row.adds);
  const evidence = [
    bare ? 'position' : 'label',
    ...(adds ? ['rows-add'] : []),
    ...wordDoubts({ tokens }, sheet.layout),
  ];
  return { rows, finding: { value, tokens, evidence, others: [], score: 1 } };
}

/** Cents of all line totals together; null where a row lacks its own. */
export function sumOfRows(rows: readonly TableRow[]): number | null {
  if (rows.length === 0 || rows.some((row) => row.line_total === null)) return null;
  return rows.reduce((sum, row) => sum + toCents(row.line_total ?? '0'), 0);
}
