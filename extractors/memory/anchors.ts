import { z } from 'zod';
import type { Box } from '#core';
import { distanceWithin, isLabelText } from '../fields/labels.ts';
import { boxAround, type Line, type Token } from '../fields/lines.ts';
import type { Sheet } from '../fields/sheet.ts';
import { type Inventory, type Sighting, textOf } from './sightings.ts';
import { letters } from './signature.ts';

/** Words near a value that stand there on every paper of the layout; distances in text heights, from the words to the value. */
export const anchorSchema = z.object({
  side: z.enum(['left', 'above']),
  words: z.array(z.string()),
  /** Between the words' end and the value, along the line or down the page. */
  gap: z.number(),
  /** From the words' left edge to the value's left and right edge. */
  left: z.number(),
  right: z.number(),
  /** Values of the same kind on the value's line that come before it: behind the words, or in its own run of words. */
  between: z.number(),
  weight: z.number(),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** Words of one line that stand as an anchor says. */
export interface Occurrence {
  readonly tokens: readonly Token[];
  readonly box: Box;
  readonly line: Line;
}

const REACH_ABOVE = 14;
/** Nearer than this a heading stands right above its value; farther up it heads a column. */
export const NEAR_ABOVE = 3.5;
const MOST_WORDS = 3;
/** What tells labels from other words, and the next words from those farther off. */
const WEIGHT = { label: 1.3, words: 0.8, opensLine: 0.4, column: 0.4, labelAbove: 1.5, secondAbove: 0.4 } as const;
export const LABEL_WEIGHT = WEIGHT.label;
export const WORDS_WEIGHT = WEIGHT.words;

export function anchorsOf(sheet: Sheet, sighting: Sighting, inventory: Inventory): Anchor[] {
  return [...leftAnchors(sheet, sighting, inventory), ...aboveAnchors(sheet, sighting, inventory)];
}

/** Runs of words without digits to the left: the next one, and the one its line begins with. */
function leftAnchors(sheet: Sheet, sighting: Sighting, inventory: Inventory): Anchor[] {
  const { tokens, box, line } = sighting;
  const before = line.tokens.slice(0, line.tokens.indexOf(tokens[0]!));
  const runs = wordRuns(before, sheet.layout.textHeight);
  const nearest = runs.at(-1);
  const first = runs.length > 1 ? runs[0] : undefined;
  const near = nearest && anchorAt(nearest.slice(-MOST_WORDS), isLabel(nearest) ? WEIGHT.label : WEIGHT.words);
  return [near, first && anchorAt(first.slice(0, MOST_WORDS), WEIGHT.opensLine)].flatMap((each) => each ?? []);

  function anchorAt(words: readonly Token[], weight: number): Anchor {
    const at = { tokens: words, box: boxAround(words), line };
    const distance = distances(sheet, at.box, box, 'left');
    return { side: 'left', words: lettersOf(words), ...distance, between: between(at, sighting, inventory), weight };
  }
}

/** The two next runs of words above whose width overlaps the value's. */
function aboveAnchors(sheet: Sheet, sighting: Sighting, inventory: Inventory): Anchor[] {
  const { box, line } = sighting;
  const { textHeight, lines } = sheet.layout;
  const anchors: Anchor[] = [];
  for (let i = line.index - 1; i >= 0 && anchors.length < 2; i--) {
    const above = lines[i]!;
    if (above.page !== line.page || box.y0 - above.y1 > REACH_ABOVE * textHeight) break;
    const run = wordRuns(above.tokens, textHeight).find((words) => overlaps(boxAround(words), box, textHeight));
    if (!run) continue;
    const words = run.slice(0, MOST_WORDS);
    const distance = distances(sheet, boxAround(words), box, 'above');
    const weight =
      (distance.gap <= NEAR_ABOVE ? WEIGHT.words : WEIGHT.column) *
      (anchors.length === 0 ? 1 : WEIGHT.secondAbove) *
      (isLabel(run) ? WEIGHT.labelAbove : 1);
    anchors.push({
      side: 'above',
      words: lettersOf(words),
      ...distance,
      between: rankInRun(sighting, inventory),
      weight,
    });
  }
  return anchors;
}

function overlaps(a: Box, b: Box, margin: number): boolean {
  return Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) > -margin;
}

/** Neighbouring words of a line that carry no digit, in one breath; a colon ends a run. */
function wordRuns(tokens: readonly Token[], textHeight: number): Token[][] {
  const runs: Token[][] = [];
  let open: Token[] | undefined;
  for (const token of tokens) {
    const word = !/\d/.test(token.text) && letters(token.text).length > 0;
    const last = open?.at(-1);
    const joins = last && token.x0 - last.x1 < 1.3 * textHeight && !last.text.endsWith(':');
    if (word && open && joins) open.push(token);
    else open = word ? [token] : undefined;
    if (open?.length === 1) runs.push(open);
  }
  return runs;
}

function isLabel(words: readonly Token[]): boolean {
  return words.at(-1)!.text.endsWith(':') || [1, 2, 3].some((count) => isLabelText(textOf(words.slice(-count))));
}

function lettersOf(tokens: readonly Token[]): string[] {
  return tokens.map(({ text }) => letters(text));
}

function distances({ layout }: Sheet, from: Box, to: Box, side: Anchor['side']) {
  const inHeights = (distance: number) => Math.round((distance / layout.textHeight) * 100) / 100;
  return {
    gap: inHeights(side === 'left' ? to.x0 - from.x1 : to.y0 - from.y1),
    left: inHeights(to.x0 - from.x0),
    right: inHeights(to.x1 - from.x0),
  };
}

function between({ tokens, line }: Occurrence, sighting: Sighting, { starts }: Inventory): number {
  const from = line.tokens.indexOf(tokens.at(-1)!);
  const to = line.tokens.indexOf(sighting.tokens[0]!);
  return starts.get(line)?.filter((at) => at > from && at < to).length ?? 0;
}

/** Which of the days or amounts in its run of words it is: a span's second day stands under the same heading as the first. */
function rankInRun({ tokens, line }: Sighting, { starts }: Inventory): number {
  const run = line.segments.find((segment) => segment.tokens.includes(tokens[0]!))?.tokens ?? tokens;
  const from = line.tokens.indexOf(run[0]!);
  const to = line.tokens.indexOf(tokens[0]!);
  return starts.get(line)?.filter((at) => at >= from && at < to).length ?? 0;
}

/** 0 to 1: whether the value stands to these words as it stood when the anchor was learned. */
export function anchorFit(
  sheet: Sheet,
  anchor: Anchor,
  at: Occurrence,
  sighting: Sighting,
  inventory: Inventory,
): number {
  if (anchor.side === 'left' ? at.line !== sighting.line : at.box.page !== sighting.box.page) return 0;
  const now = distances(sheet, at.box, sighting.box, anchor.side);
  if (now.gap < -0.5) return 0;
  const aside = Math.min(Math.abs(now.left - anchor.left), Math.abs(now.right - anchor.right));
  if (anchor.side === 'above') {
    const inOrder = rankInRun(sighting, inventory) === anchor.between ? 1 : 0.4;
    return falling(aside, 1.2, 4) * downFit(now.gap, anchor.gap) * inOrder;
  }
  const near = falling(Math.min(aside, Math.abs(now.gap - anchor.gap)), 1, 6);
  return between(at, sighting, inventory) === anchor.between ? Math.max(near, 0.8) : 0.5 * near;
}

/** Just under its heading, or anywhere in a long column. */
function downFit(now: number, before: number): number {
  const off = Math.abs(now - before);
  return before > NEAR_ABOVE ? Math.max(0.5, falling(off, 0.7, 2)) : falling(off, 0.7, 2.5);
}

/** 1 up to `full`, then down to 0 at `none`. */
export function falling(distance: number, full: number, none: number): number {
  return Math.max(0, Math.min(1, (none - distance) / (none - full)));
}

/** Where these words stand in this order; an engine's error is forgiven in longer ones. */
export function occurrences(sheet: Sheet, words: readonly string[]): Occurrence[] {
  const { ocr } = sheet.layout;
  const same = (own: string, word: string) => own === word || (ocr && word.length >= 6 && distanceWithin(own, word, 1));
  return plainWords(sheet).flatMap(({ line, own }) =>
    own.flatMap((_, start) => {
      if (!words.every((word, i) => same(own[start + i] ?? '', word))) return [];
      const tokens = line.tokens.slice(start, start + words.length);
      return [{ tokens, box: boxAround(tokens), line }];
    }),
  );
}

const PLAIN_WORDS = new WeakMap<Sheet, { line: Line; own: string[] }[]>();

/** The letters of all words without digits, line by line; the others are empty. Taken once for a sheet. */
function plainWords(sheet: Sheet): { line: Line; own: string[] }[] {
  const known = PLAIN_WORDS.get(sheet);
  if (known) return known;
  const lines = sheet.layout.lines.map((line) => ({
    line,
    own: line.tokens.map(({ text }) => (/\d/.test(text) ? '' : letters(text))),
  }));
  PLAIN_WORDS.set(sheet, lines);
  return lines;
}
