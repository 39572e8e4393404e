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
