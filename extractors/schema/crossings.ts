import { bare, type Label, strengthFor } from '../fields/labels.ts';
import { boxAround, type Layout } from '../fields/lines.ts';
import type { Candidate, Spotted } from '../fields/nearLabel.ts';

/** Words that open a row of totals. */
const TOTAL = /^(?:(?:grand|order|contract|sub)?totals?\$?|summen?|gesamt(?:summe|betrag)?|totaux|totale?|suma|somme)$/;

/** Values where a row of totals crosses the column that the label heads. */
export function crossings<V>(
  layout: Layout,
  labels: readonly Label<string>[],
  values: readonly Spotted<V>[],
  name: string,
): Candidate<V>[] {
  const heads = labels.filter((label) => strengthFor(label, name) > 0);
  if (heads.length === 0) return [];
  return values.filter(inTotalsRow).flatMap((value): Candidate<V>[] => {
    const head = headOf(layout, heads, value);
    return head ? [{ ...value, score: 0.95 * strengthFor(head, name), evidence: ['label'] }] : [];
  });
}

/** The nearest words before the value, in its line, speak of a total. */
function inTotalsRow({ line, tokens }: Spotted<unknown>): boolean {
  const before = line.tokens.slice(0, line.tokens.indexOf(tokens[0]!));
  const end = before.findLastIndex(({ text }) => /\p{L}{3}/u.test(text));
  if (end < 0) return false;
  return TOTAL.test(bare(before[end]!.text)) || TOTAL.test(bare(`${before[end - 1]?.text ?? ''}${before[end]!.text}`));
}

function headOf(layout: Layout, heads: readonly Label<string>[], value: Spotted<unknown>): Label<string> | undefined {
  const place = boxAround(value.tokens);
  return heads.findLast((label) => {
    if (label.line.page !== value.line.page || label.line.index >= value.line.index) return false;
    const box = boxAround(label.tokens);
    const overlap = Math.min(box.x1, place.x1) - Math.max(box.x0, place.x0);
    return overlap > 0 || Math.abs(box.x1 - place.x1) < layout.textHeight;
  });
}
