import { findBareRows } from '../fields/bareRows.ts';
import { fromCents, toCents } from '../fields/money.ts';
import type { Sheet } from '../fields/sheet.ts';
import { findRows, type Opens, type TableRow } from '../fields/tables.ts';
import { nothing, wordDoubts } from './findings.ts';
import type { PaperItem } from './papers.ts';
import type { Finding } from './reading.ts';

export interface ItemsFound {
  readonly finding: Finding<PaperItem[]>;
  readonly rows: readonly TableRow[];
}

/** The table of goods as one finding. `wholes` are amounts that the rows may have to make together: net totals, totals. */
export function findItems(sheet: Sheet, opens: Opens, wholes: readonly string[] = []): ItemsFound {
  const { rows, evidence: place } = rowsOf(sheet, opens, wholes);
  if (rows.length === 0) return { finding: nothing(), rows };
  const value = rows.map(({ description, quantity, unit_price, line_total }) => ({
    description: description || '?',
    quantity,
    unit_price,
    line_total,
  }));
  const tokens = rows.flatMap((row) => row.tokens);
  const adds = rows.every((row) => row.adds);
  const evidence = [...place, ...(adds ? ['rows-add'] : []), ...wordDoubts({ tokens }, sheet.layout)];
  const parts = rows.map((row) => row.tokens);
  const cells = rows.map((row) => row.cells);
  return { rows, finding: { value, tokens, parts, cells, evidence, others: [], score: 1 } };
}

interface Placed {
  readonly rows: readonly TableRow[];
  readonly evidence: readonly string[];
}

/** Rows under a head of goods, else a list that its sum proves, else whatever stands under a description and an amount. */
function rowsOf(sheet: Sheet, opens: Opens, wholes: readonly string[]): Placed {
  const headed = findRows(sheet, opens);
  const sound = repaired(headed, wholes);
  if (headed.length > 0 || opens === 'quantity')
    return { rows: sound, evidence: ['label', ...(sound === headed ? [] : ['repaired'])] };
  const bare = findBareRows(sheet);
  return bare.length > 0
    ? { rows: bare, evidence: ['position'] }
    : { rows: findRows(sheet, opens, 'plain'), evidence: ['label', 'weak-place'] };
}

/** Where the rows miss what they must make by one row's own error, that row's quantity and price say its total. */
function repaired(rows: readonly TableRow[], wholes: readonly string[]): readonly TableRow[] {
  const sum = sumOfRows(rows);
  const targets = new Set(wholes.map(toCents));
  if (sum === null || targets.has(sum)) return rows;
  const at = rows.findIndex((row) => {
    const product = productOf(row);
    return !row.adds && product !== null && targets.has(sum - toCents(row.line_total ?? '0') + product);
  });
  const wrong = rows[at];
  if (!wrong) return rows;
  return rows.with(at, { ...wrong, line_total: fromCents(productOf(wrong) ?? 0), adds: true });
}

function productOf({ quantity, unit_price }: TableRow): number | null {
  return quantity === null || unit_price === null ? null : Math.round(Number(quantity) * Number(unit_price) * 100);
}

/** Cents of all line totals together; null where a row lacks its own. */
export function sumOfRows(rows: readonly TableRow[]): number | null {
  if (rows.length === 0 || rows.some((row) => row.line_total === null)) return null;
  return rows.reduce((sum, row) => sum + toCents(row.line_total ?? '0'), 0);
}
