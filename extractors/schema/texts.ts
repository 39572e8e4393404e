import { type Label, strengthFor } from '../fields/labels.ts';
import { boxAround, type Layout, type Line, type Segment, type Token, toSegment } from '../fields/lines.ts';
import type { Candidate } from '../fields/nearLabel.ts';
import type { FieldPlan } from './plan.ts';

/** How many text heights below its label words may stand. */
const REACH = 2.2;

/** Plain words behind or under labels of that name: up to the next label, the column's end or the line's. */
export function textsNear(
  layout: Layout,
  labels: readonly Label<string>[],
  name: string,
  { hints }: FieldPlan,
): Candidate<string>[] {
  return labels.flatMap((label) => {
    const strength = strengthFor(label, name);
    if (strength === 0 || !isMeant(label)) return [];
    const behind = segmentBehind(label, labels);
    const under = segmentUnder(layout, label, labels);
    const placed: [Segment, number][] = [
      ...(behind ? [[behind, 1 - 0.15 * gapShare(label, behind)] as [Segment, number]] : []),
      ...(under ? [[under, behind ? 0.5 : 0.9] as [Segment, number]] : []),
    ];
    return placed.flatMap(([segment, place]): Candidate<string>[] => {
      const line = layout.lines.find((each) => each.tokens.includes(segment.tokens[0]!))!;
      const tokens = hints.wraps && segment === behind ? wrapped(layout, label, segment, labels) : segment.tokens;
      const value = cleaned(tokens);
      if (!/\p{L}{2}/u.test(value)) return [];
      return [{ value, tokens, line, score: strength * place, evidence: ['label'] }];
    });
  });
}

/** So many words in a run are a sentence, in which labels are mere words. */
const SENTENCE = 9;

/** A label ends in a colon, or it opens a short run of words. */
function isMeant(label: Label<string>): boolean {
  if (/[:#]$/.test(label.tokens.at(-1)!.text)) return true;
  const segment = label.line.segments.find(({ tokens }) => tokens[0] === label.tokens[0]);
  return segment !== undefined && segment.tokens.length < SENTENCE;
}

/** The words behind a label; where those only go on with the label (`Advertiser` `Name:`), the words behind them. */
function segmentBehind(label: Label<string>, labels: readonly Label<string>[]): Segment | null {
  const { line } = label;
  const rest = line.tokens.slice(label.end);
  const first = rest[0];
  if (!first) return null;
  const home = line.segments.findIndex(({ tokens }) => tokens.includes(first));
  const segment = line.segments[home]!;
  const words = segment.tokens.slice(segment.tokens.indexOf(first));
  const tail = /^(?:name|full|company|legal)$/i;
  const goesOn = words.findIndex(({ text }) => text.endsWith(':'));
  if (goesOn >= 0 && words.slice(0, goesOn + 1).every(({ text }) => tail.test(text.replace(':', '')))) {
    const after = words[goesOn + 1] ?? line.segments[home + 1]?.tokens[0];
    return after ? segmentFrom(line, after, labels) : null;
  }
  return segmentFrom(line, first, labels);
}

/** The words of a segment from there on, before the next label; none where a label stands there itself. */
function segmentFrom(line: Line, first: Token, labels: readonly Label<string>[]): Segment | null {
  const segment = line.segments.find(({ tokens }) => tokens.includes(first))!;
  const words = segment.tokens.slice(segment.tokens.indexOf(first));
  const start = line.tokens.indexOf(first);
  const opens = labels.some((label) => label.line === line && label.start === start && isWall(label));
  if (opens || isColonLabel(words)) return null;
  const next = labels.find(
    (label) => label.line === line && label.start > start && label.tokens.at(-1)!.text.endsWith(':'),
  );
  const kept = next ? words.filter((token) => line.tokens.indexOf(token) < next.start) : words;
  return kept.length > 0 ? toSegment(kept) : null;
}

/** A word of the vocabulary opens many a name; a label fills its segment or ends in a colon. */
function isWall(label: Label<string>): boolean {
  const segment = label.line.segments.find(({ tokens }) => tokens.includes(label.tokens[0]!));
  return (
    /[:#]$/.test(label.tokens.at(-1)!.text) || segment?.tokens.length === label.tokens.length || label.tokens.length > 1
  );
}

/** One to four words and a colon at the start of a run name something, whatever it is. */
function isColonLabel(words: readonly Token[]): boolean {
  const colon = words.findIndex(({ text }) => text.endsWith(':'));
  return colon >= 0 && colon < 4;
}

function segmentUnder(layout: Layout, label: Label<string>, labels: readonly Label<string>[]): Segment | null {
  const box = boxAround(label.tokens);
  for (const line of layout.lines.slice(label.line.index + 1, label.line.index + 6)) {
    if (line.page !== label.line.page || (line.y0 - box.y1) / layout.textHeight > REACH) return null;
    for (const segment of line.segments) {
      const aligned = Math.abs(segment.x0 - box.x0) < layout.textHeight;
      const overlaps = Math.min(segment.x1, box.x1) - Math.max(segment.x0, box.x0) > 0.5 * (box.x1 - box.x0);
      if (aligned || overlaps) return segmentFrom(line, segment.tokens[0]!, labels);
    }
  }
  return null;
}

function gapShare(label: Label<string>, { x0 }: Segment): number {
  return Math.max(0, x0 - label.tokens.at(-1)!.x1) / Math.max(1, label.line.x1);
}

/** The words and those right under their beginning, where the label's column leaves the place beside them free. */
function wrapped(
  layout: Layout,
  label: Label<string>,
  segment: Segment,
  labels: readonly Label<string>[],
): readonly Token[] {
  const next = layout.lines[label.line.index + 1];
  const edge = layout.textHeight;
  if (!next || next.page !== label.line.page || next.y0 - segment.y1 > 0.8 * edge) return segment.tokens;
  const left = label.tokens[0]!.x0 - edge;
  const isTaken = next.segments.some(({ x0, x1 }) => x1 > left && x0 < segment.x0 - 0.5 * edge);
  const below = next.segments.find((each) => Math.abs(each.x0 - segment.x0) < 0.5 * edge);
  const more = !isTaken && below && segmentFrom(next, below.tokens[0]!, labels);
  return more && more.tokens.length === below.tokens.length ? [...segment.tokens, ...more.tokens] : segment.tokens;
}

/** The words as one text, without signs around them and without a register's number in brackets behind a name. */
function cleaned(tokens: readonly Token[]): string {
  const text = tokens.map((token) => token.text).join(' ');
  return text
    .replace(/^[\s:;,.#|-]+|[\s:;|]+$/g, '')
    .replace(/\s*\(\d{3,}\)$/, '')
    .slice(0, 300);
}
