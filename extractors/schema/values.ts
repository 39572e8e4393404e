import { countCurrencies } from '../fields/currency.ts';
import { findSpans, type Span } from '../fields/dateSpan.ts';
import type { Spotted } from '../fields/nearLabel.ts';
import { parseQuantity } from '../fields/quantity.ts';
import type { Sheet } from '../fields/sheet.ts';
import type { FieldPlan } from './plan.ts';

/** Everything on the paper that is a value of the field's kind; plain words are no kind to go by. */
export function valuesOf({ kind, hints }: FieldPlan, sheet: Sheet): readonly Spotted<string>[] {
  if (kind === 'money') return sheet.amounts;
  if (kind === 'date') return hints.end ? spanEnds(sheet, hints.end) : sheet.dates;
  if (kind === 'identifier') return sheet.identifiers;
  if (kind === 'iban') return sheet.ibans;
  if (kind === 'vat-id') return sheet.vatIds;
  if (kind === 'quantity') return quantities(sheet);
  return kind === 'currency' ? currencies(sheet) : [];
}

/** A value that is one end of a span; it carries the whole span's words, which stand by the label together. */
export interface SpanEnd extends Spotted<string> {
  readonly ends: Span;
}

/** The first or last days of all spans, and days that stand alone. */
function spanEnds({ layout, dates, dayOrder }: Sheet, end: 'from' | 'to'): (Spotted<string> | SpanEnd)[] {
  const spans = layout.lines.flatMap((line) => findSpans(line, dayOrder.order));
  const used = new Set(spans.flatMap(({ tokens }) => tokens));
  const ends = spans.map((span): SpanEnd => ({ value: span[end], line: span.line, tokens: span.tokens, ends: span }));
  return [...ends, ...dates.filter(({ tokens }) => !tokens.some((token) => used.has(token)))];
}

/** Columns of first and last days stand no farther apart, in heights of their words. */
const COLUMNS_APART = 8;

/** What rows that give a first and a last day side by side reach over together: the earliest first, the latest last. */
export function reachOfRows({ dates }: Sheet, end: 'from' | 'to'): Spotted<string> | undefined {
  const pairs = dates.flatMap((first, i) => {
    const second = dates[i + 1];
    return second && isPair(first, second) ? [{ from: first, to: second }] : [];
  });
  const ends = pairs.map((pair) => pair[end]).sort((a, b) => a.value.localeCompare(b.value));
  return end === 'from' ? ends[0] : ends.at(-1);
}

function isPair(first: Spotted<string>, second: Spotted<string>): boolean {
  const [left, right] = [first.tokens.at(-1)!, second.tokens[0]!];
  const gap = (right.x0 - left.x1) / (left.y1 - left.y0);
  return first.line === second.line && gap > 0 && gap < COLUMNS_APART && first.value <= second.value;
}

/** Every number by itself, in the mark that the paper's amounts suggest. */
function quantities({ layout, decimalMark }: Sheet): Spotted<string>[] {
  return layout.lines.flatMap((line) =>
    line.tokens.flatMap((token) => {
      const value = parseQuantity(token.text, decimalMark);
      return value === null ? [] : [{ value, tokens: [token], line }];
    }),
  );
}

function currencies({ layout }: Sheet): Spotted<string>[] {
  return countCurrencies(layout.lines).flatMap(({ value, token }) => {
    const line = layout.lines.find((each) => each.tokens.includes(token));
    return line ? [{ value, tokens: [token], line }] : [];
  });
}
