import { hasPostcode, isStreet } from '../fields/blocks.ts';
import { type Label, strengthFor } from '../fields/labels.ts';
import { boxAround, type Layout, type Line, type Segment, type Token, toSegment } from '../fields/lines.ts';
import type { Candidate } from '../fields/nearLabel.ts';
import { withoutCaption } from './captions.ts';
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
    const behind = runBehind(label, labels);
    const under = runUnder(layout, label, labels);
    const placed: [Segment, Line, number][] = [];
    if (behind) placed.push([behind, label.line, 1 - 0.15 * gapShare(label, behind)]);
    if (under) placed.push([under.run, under.line, behind ? 0.5 : 0.9]);
    return placed.flatMap(([run, line, place]): Candidate<string>[] => {
      const own = withoutCaption(run, line, hints.notLabels);
      const tokens = hints.wraps && run === behind ? wrapped(layout, label, own, labels) : own.tokens;
      const value = cleaned(tokens);
      if (!/\p{L}{2}/u.test(value)) return [];
      return [{ value, tokens, line, score: strength * place, evidence: ['label'] }];
    });
  });
}

/** Gaps wider than this, in heights of a word, part columns that stand close; words of a name stand closer. */
const COLUMN_GAP = 0.75;
/** Words that stand apart by more, in heights of a word, stand in lines of their own. */
const LINE_STEP = 0.25;

/** Words that stand together: finer than a line's segments, since a value and the next column's label may nearly touch. */
function runsOf({ tokens }: Line): Token[][] {
  const runs: Token[][] = [];
  for (const token of tokens) {
    const run = runs.at(-1);
    if (run && belong(run.at(-1)!, token)) run.push(token);
    else runs.push([token]);
  }
  return runs;
}

function belong(left: Token, right: Token): boolean {
  const height = Math.max(left.y1 - left.y0, right.y1 - right.y0);
  return right.x0 - left.x1 <= COLUMN_GAP * height && step(left, right) <= LINE_STEP * height;
}

/** How far two words stand apart in height, by whichever of top, middle and foot agrees best: letters differ in reach. */
function step(a: { y0: number; y1: number }, b: { y0: number; y1: number }): number {
  return Math.min(Math.abs(a.y0 - b.y0), Math.abs(a.y1 - b.y1), Math.abs(a.y0 + a.y1 - b.y0 - b.y1) / 2);
}

/** So many words in a run are a sentence, in which labels are mere words. */
const SENTENCE = 9;

/** A label ends in a colon, or it opens a short run of words. */
function isMeant(label: Label<string>): boolean {
  if (/[:#]$/.test(label.tokens.at(-1)!.text)) return true;
  const run = runsOf(label.line).find((each) => each[0] === label.tokens[0]);
  return run !== undefined && run.length < SENTENCE;
}

/** Words with which a label only goes on: `Advertiser` `Name:`. */
const TAIL = /^(?:name|full|company|legal):?$/i;

/** The words behind a label; in print whose lines do not meet, those at the label's own height. */
function runBehind(label: Label<string>, labels: readonly Label<string>[]): Segment | null {
  const { line } = label;
  const last = label.tokens.at(-1)!;
  const rest = line.tokens.slice(label.end);
  const goesOn = rest.findIndex(({ text }) => !TAIL.test(text));
  const behind = rest[goesOn - 1]?.text.endsWith(':') ? rest.slice(goesOn) : rest;
  const runs = runsOf({ ...line, tokens: behind }).slice(0, 2);
  const [first, second] = runs;
  const height = last.y1 - last.y0;
  const isNearer = first && second && step(last, first[0]!) - step(last, second[0]!) > 0.25 * height;
  const run = isNearer ? second : first;
  return run ? upToLabel(line, run, labels) : null;
}

/** The words before the next label; none where a label stands there itself. */
function upToLabel(line: Line, run: readonly Token[], labels: readonly Label<string>[]): Segment | null {
  const own = labels.filter((label) => label.line === line && run.includes(label.tokens[0]!));
  const opens = own.some((label) => label.tokens[0] === run[0] && isWall(label, run));
  if (opens || isColonLabel(run)) return null;
  const next = own.find((label) => label.tokens[0] !== run[0] && label.tokens.at(-1)!.text.endsWith(':'));
  return toSegment(next ? run.slice(0, run.indexOf(next.tokens[0]!)) : run);
}

/** A word of the vocabulary opens many a name; a label fills its run, has several words or ends in a colon. */
function isWall({ tokens }: Label<string>, run: readonly Token[]): boolean {
  return /[:#]$/.test(tokens.at(-1)!.text) || run.length === tokens.length || tokens.length > 1;
}

/** One to four words and a colon at the start of a run name something, whatever it is. */
function isColonLabel(run: readonly Token[]): boolean {
  const colon = run.findIndex(({ text }) => text.endsWith(':'));
  return colon >= 0 && colon < 4;
}

function runUnder(
  layout: Layout,
  label: Label<string>,
  labels: readonly Label<string>[],
): { run: Segment; line: Line } | null {
  const box = boxAround(label.tokens);
  for (const line of layout.lines.slice(label.line.index + 1, label.line.index + 6)) {
    if (line.page !== label.line.page || (line.y0 - box.y1) / layout.textHeight > REACH) return null;
    for (const tokens of runsOf(line)) {
      const { x0, x1 } = boxAround(tokens);
      const aligned = Math.abs(x0 - box.x0) < layout.textHeight;
      if (!aligned && Math.min(x1, box.x1) - Math.max(x0, box.x0) <= 0.5 * (box.x1 - box.x0)) continue;
      const run = upToLabel(line, tokens, labels);
      return run && { run, line };
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
  run: Segment,
  labels: readonly Label<string>[],
): readonly Token[] {
  const next = layout.lines[label.line.index + 1];
  const edge = layout.textHeight;
  if (!next || next.page !== label.line.page || next.y0 - run.y1 > 0.8 * edge) return run.tokens;
  const below = runsOf(next).find((each) => Math.abs(each[0]!.x0 - run.x0) < 0.5 * edge);
  const more = below && upToLabel(next, below, labels);
  if (!more || hasNeighbour(layout, label, run, more)) return run.tokens;
  if (more.tokens.length < below.length || isAddress(more.text)) return run.tokens;
  return [...run.tokens, ...more.tokens];
}

/** Whether words stand beside those, in the column of the label: then they are that line's own. */
function hasNeighbour(layout: Layout, label: Label<string>, run: Segment, more: Segment): boolean {
  const left = label.tokens[0]!.x0 - layout.textHeight;
  const right = run.x0 - 0.5 * layout.textHeight;
  const middle = (more.y0 + more.y1) / 2;
  return layout.lines
    .slice(label.line.index + 1, label.line.index + 4)
    .filter(({ page }) => page === more.page)
    .flatMap(({ tokens }) => tokens)
    .some(({ x0, x1, y0, y1 }) => x1 > left && x0 < right && y0 < middle && y1 > middle);
}

function isAddress(text: string): boolean {
  return isStreet(text) || hasPostcode(text) || /^p\.?\s?o\.?\s?box\b|^postfach\b/i.test(text);
}

/** The words up to a form's rule, without signs around them and without a register's number in brackets behind a name. */
function cleaned(tokens: readonly Token[]): string {
  const text = tokens.map((token) => token.text).join(' ');
  return text
    .replace(/(?<=\w.*)\s?\|(?:\s.*)?$/, '')
    .replace(/^[\s:;,.#|-]+|[\s:;|]+$/g, '')
    .replace(/\s*\(\d{3,}\)?$/, '')
    .slice(0, 300);
}
