import type { Layout, Segment, Token } from './lines.ts';
import { toSegment } from './lines.ts';

export interface Pair {
  readonly label: Segment;
  readonly value: Segment;
}

/** Labels and their values on any form: a text with a colon and what stands behind it, or else under it. */
export function findPairs(layout: Layout): Pair[] {
  return layout.lines.flatMap((line) =>
    line.segments.flatMap((segment, i): Pair[] => {
      const colon = segment.tokens.findIndex((token) => token.text.endsWith(':'));
      if (colon < 0) return [];
      const label = toSegment(segment.tokens.slice(0, colon + 1));
      const behind = segment.tokens.slice(colon + 1);
      if (behind.length > 0) return splitAtColons(label, behind);
      const next = line.segments[i + 1];
      if (next && !next.text.endsWith(':')) return [{ label, value: next }];
      const under = segmentUnder(layout, line.index, label);
      return under ? [{ label, value: under }] : [];
    }),
  );
}

/** `Date: 3/1/98 Time: 10:00` in one run of words is two pairs. */
function splitAtColons(label: Segment, words: readonly Token[]): Pair[] {
  const second = words.findIndex((token, i) => i > 0 && /\p{L}:$/u.test(token.text));
  if (second < 0) return [{ label, value: toSegment(words) }];
  const value = toSegment(words.slice(0, second));
  const rest = words.slice(second + 1);
  const nextLabel = toSegment(words.slice(second, second + 1));
  return [{ label, value }, ...(rest.length > 0 ? splitAtColons(nextLabel, rest) : [])];
}

function segmentUnder(layout: Layout, index: number, label: Segment): Segment | undefined {
  const next = layout.lines[index + 1];
  if (!next || next.page !== label.page || next.y0 - label.y1 > 1.5 * layout.textHeight) return undefined;
  return next.segments.find((part) => Math.abs(part.x0 - label.x0) < 2 * layout.textHeight && !part.text.includes(':'));
}
