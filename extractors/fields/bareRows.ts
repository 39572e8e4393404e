import { withoutCurrency } from './currency.ts';
import { columnEntryFor, entryFor, type Label, strengthFor } from './labels.ts';
import type { Line, Token } from './lines.ts';
import { toCents } from './money.ts';
import type { Spotted } from './nearLabel.ts';
import { asPrice, type DecimalMark, parseQuantity } from './quantity.ts';
import type { Sheet } from './sheet.ts';
import type { TableRow } from './tables.ts';
import type { LabelName } from './vocabulary.ts';

const TOTALS: readonly LabelName[] = ['net_total', 'tax_total', 'total', 'amount_due', 'deposit'];
type BareSheet = Pick<Sheet, 'layout' | 'labels' | 'amounts' | 'decimalMark'>;

/** A line too many is unlikely to make a sum by chance; with more lines than these it is not. */
const MOST_ROWS = 25;

/**
 * Rows of goods without a table's head: lines of words with an amount in one column, right above the first total that is
 * the sum of them. Nothing but that sum says that they are goods, so without it there are none.
 */
export function findBareRows(sheet: BareSheet): TableRow[] {
  const { amounts, labels, decimalMark } = sheet;
  const totals = amounts.filter(({ line, tokens }) => isTotal(line, labels) && tokens.at(-1) === lastNumber(line));
  for (const total of totals) {
    const rows = rowsAbove(total, sheet);
    let sum = 0;
    for (const [i, row] of rows.entries()) {
      sum += toCents(row.value);
      const whole = sum === toCents(total.value) && sum !== 0;
      const next = rows[i + 1];
      if (whole && (next === undefined || toCents(next.value) !== 0))
        return rows
          .slice(0, i + 1)
          .reverse()
          .map((each) => toRow(each, decimalMark));
    }
  }
  return [];
}

function isTotal(line: Line, labels: readonly Label[]): boolean {
  return labels.some((label) => label.line === line && TOTALS.some((name) => strengthFor(label, name) > 0));
}

/** Lines above the total, nearest first, that end in an amount in its column. */
function rowsAbove(total: Spotted<string>, { layout, labels, amounts }: BareSheet): Spotted<string>[] {
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

/** What stands before the amount names the goods, but for the two last numbers where they make it: how many, and at what price. */
function toRow({ value, line, tokens }: Spotted<string>, mark: DecimalMark): TableRow {
  const words = line.tokens.slice(0, line.tokens.indexOf(tokens[0]!));
  const numbers = words.flatMap((token) => numberIn(token, mark));
  const [one, other] = numbers.slice(-2);
  const proven = one && other && productOf(one.value, other.value) === toCents(value);
  const { quantity, price } = proven ? factorsOf(one, other, mark) : {};
  const named = proven ? without(words, one.token, other.token) : words;
  return {
    description: named.map((token) => token.text).join(' '),
    quantity: quantity?.value ?? null,
    unit_price: price ? asPrice(price.value) : null,
    line_total: value,
    tokens: line.tokens,
    cells: {
      description: named,
      quantity: quantity ? [quantity.token] : [],
      unit_price: price ? [price.token] : [],
      line_total: tokens,
    },
    adds: quantity !== undefined,
  };
}

type Factor = ReturnType<typeof numberIn>[number];

/** The price is the one with cents; where both have them or neither has, nothing says which is which. */
function factorsOf(one: Factor, other: Factor, mark: DecimalMark): { quantity?: Factor; price?: Factor } {
  const cents = mark === ',' ? /,\d{2,}$/ : /\.\d{2,}$/;
  if (cents.test(one.text) === cents.test(other.text)) return {};
  return cents.test(other.text) ? { quantity: one, price: other } : { quantity: other, price: one };
}

/** The words but for the two numbers and the units and signs beside them. */
function without(words: readonly Token[], one: Token, other: Token): Token[] {
  const [first, second] = [words.indexOf(one), words.indexOf(other)];
  return [
    ...words.slice(0, first),
    ...withoutUnits(words.slice(first + 1, second)),
    ...withoutUnits(words.slice(second + 1)),
  ];
}

function withoutUnits(words: readonly Token[]): readonly Token[] {
  const from = words.findIndex((token) => !isUnit(token));
  return from < 0 ? [] : words.slice(from, words.findLastIndex((token) => !isUnit(token)) + 1);
}

/** Signs, currencies, words as short as units are, and what is counted in: `x`, `EUR`, `kg`, `pcs`. */
function isUnit({ text }: Token): boolean {
  const entries = [entryFor(text, false), columnEntryFor(text)];
  const counts = entries.some((entry) =>
    [...(entry?.names ?? []), ...(entry?.weak ?? [])].some((name) => COUNTED.has(name)),
  );
  return counts || !/\p{L}{3}/u.test(withoutCurrency(text));
}

const COUNTED: ReadonlySet<LabelName> = new Set(['quantity', 'unit']);

function productOf(quantity: string, price: string): number {
  return Math.round(Number(quantity) * Number(price) * 100);
}

function numberIn(token: Token, mark: DecimalMark) {
  const text = withoutCurrency(token.text);
  const value = parseQuantity(text, mark);
  return value === null ? [] : [{ token, text, value }];
}
