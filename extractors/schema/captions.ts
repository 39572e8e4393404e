import { type Segment, type Token, toSegment } from '../fields/lines.ts';

/**
 * A run of words without the caption of a neighbour that print sets so close behind a long value that the two look like
 * one: `Jane Roe for Senate` `Invoice Date`, even `SenateInvoice Date`. Only captions of several words are cut, as they
 * are written, and only where something stands behind them that they can be the caption of.
 */
export function withoutCaption(run: Segment, line: Segment, captions: readonly string[] = []): Segment {
  if (line.tokens.at(-1) === run.tokens.at(-1)) return run;
  for (const caption of captions) {
    const before = wordsBefore(run.tokens, caption.split(' '));
    if (before) return toSegment(before);
  }
  return run;
}

/** The words before a caption that ends them; undefined where it does not, or where nothing would be left. */
function wordsBefore(tokens: readonly Token[], caption: readonly string[]): readonly Token[] | undefined {
  const [opening = '', ...others] = caption;
  const at = tokens.length - caption.length;
  const first = tokens[at];
  if (others.length === 0 || !first?.text.endsWith(opening)) return undefined;
  if (!others.every((word, i) => tokens[at + 1 + i]!.text.replace(/:$/, '') === word)) return undefined;
  const glued = first.text.slice(0, -opening.length);
  const before = tokens.slice(0, at);
  if (glued !== '') return [...before, { ...first, text: glued, x1: edgeOf(first, glued) }];
  return before.length > 0 ? before : undefined;
}

/** Where the first letters of a word end, as far as the word's box tells. */
function edgeOf({ x0, x1, text }: Token, letters: string): number {
  return x0 + ((x1 - x0) * letters.length) / text.length;
}
