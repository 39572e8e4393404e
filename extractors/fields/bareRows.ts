import { type Label, strengthFor } from './labels.ts';
import type { Layout, Line, Token } from './lines.ts';
import { toCents } from './money.ts';
import type { Spotted } from './nearLabel.ts';
import type { TableRow } from './tables.ts';
import type { LabelName } from './vocabulary.ts';

const TOTALS: readonly LabelName[] = ['net_total', 'tax_total', 'total', 'amount_due', 'deposit'];
/** A line too many is unlikely to make a sum by chance; with more lines than these it is not. */
const MOST_ROWS = 25;

/**
 * Rows of goods without a table's head: lines of words with an amount in one column, right above the first total that is
 * the sum of them. Nothing but that sum says that they are goods, so without it there are none.
 */
export function findBareRows(
  layout: Layout,
  labels: readonly Label[],
  amounts: readonly Spotted<string>[],
): TableRow[] {
  const totals = amounts.filter(({ line, tokens }) => isTotal(line, labels) && tokens.at(-1) === lastNumber(line));
  for (const total of totals) {
    const rows = rowsAbove(total, layout, labels, amounts);
    let sum = 0;
    for (const [i, row] of rows.entries()) {
      sum += toCents(row.value);
      const whole = sum === toCents(total.value) && sum !== 0;
      const next = rows[i + 1];
      if (whole && (next === undefined || toCents(next.value) !== 0))
        return rows
          .slice(0, i + 1)
          .reverse()
          .map(toRow);
    }
  }
  return [];
}

function isTotal(line: Line, labels: readonly Label[]): boolean {
  return labels.some((label) => label.line === line && TOTALS.some((name) => strengthFor(label, name) > 0));
}

/** Lines above the total, nearest first, that end in an amount in its column. */
function rowsAbove(
  total: Spotted<string>,
  layout: Layout,
  labels: readonly Label[],
  amounts: readonly Spotted<string>[],
): Spotted<string>[] {
  const edge = total.tokens.at(-1)!.x1;
  const rows: Spotted<string>[] = [];
  let last = total.line;
  for (let i = total.line.index - 1; i >= 0 && rows.length < MOST_ROWS; i--) {
    const line = layout.lines[i]!;
    if (line.page !== total.line.page || last.y0 - line.y1 > 8 * layout.textHeight) break;
    const amount = amounts.findLast((each) => each.line === line);
    const end = amount?.tokens.at(-1);
    const placed = end && end === lastNumber(line) && Math.abs(end.x1 - edge) < layout.textHeight;
    if (!amount || !placed || !/\p{L}{3}/u.test(line.text) || isTotal(line, labels)) continue;
    rows.push(amount);
    last = line;
  }
  return rows;
}

function lastNumber(line: Line): Token | undefined {
  return line.tokens.findLast((token) => /\d/.test(token.text));
}

function toRow({ value, line, tokens }: Spotted<string>): TableRow {
  const words = line.tokens.slice(0, line.tokens.indexOf(tokens[0]!));
  const description = words.map((token) => token.text).join(' ');
  return { description, quantity: null, unit_price: null, line_total: value, tokens: line.tokens, adds: false };
}
