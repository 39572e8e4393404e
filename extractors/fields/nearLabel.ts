import { type Label, strengthFor } from './labels.ts';
import { boxAround, type Layout, type Line } from './lines.ts';
import type { Found } from './money.ts';
import type { LabelName } from './vocabulary.ts';

/** A value with its place on the paper. */
export interface Spotted<V> extends Found<V> {
  readonly line: Line;
}

/** A value that may be a field's, and how much its place speaks for it: 0 to 1. */
export interface Candidate<V> extends Spotted<V> {
  readonly score: number;
  readonly evidence: readonly string[];
}

export interface NearOptions {
  /** Amounts stand at the end of their line (`VAT 19 % of 100.00 19.00`), other values right behind their label. */
  readonly prefer: 'first' | 'last';
  /** How many text heights below its label a value may stand. */
  readonly below?: number;
}

/** Values beside or under labels of that name, the best first, each value's place once. */
export function nearLabels<V, N extends string = LabelName>(
  layout: Layout,
  labels: readonly Label<N>[],
  values: readonly Spotted<V>[],
  name: N,
  options: NearOptions,
): Candidate<V>[] {
  const best = new Map<Spotted<V>, Candidate<V>>();
  for (const label of labels) {
    const strength = strengthFor(label, name);
    if (strength === 0) continue;
    const right = valuesRight(labels, values, label, options);
    const below = valuesBelow(layout, labels, values, label, options.below ?? 2.6, right.length > 0);
    const wrapped = right.length > 0 ? [] : valueInNextLine(layout, values, label);
    for (const [value, place] of [...right, ...below, ...wrapped]) {
      const score = strength * place * opening(label);
      if (score > (best.get(value)?.score ?? 0)) best.set(value, { ...value, score, evidence: ['label'] });
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

/** Small words that a line's break can bring to its start. */
const PARTICLE = /^(?:vom|le|to)$/i;

/** Digits enough for a date, an amount or a number: what stands behind such a value begins something new. */
const VALUE = /(?:\d.*){4}/;

/** A label that opens its segment, follows a value or ends in a colon is meant as one; a word in mid-sentence hardly is. */
function opening(label: Label<string>): number {
  if (PARTICLE.test(label.tokens[0]!.text)) return 0.75;
  const before = label.line.tokens[label.start - 1];
  const first = label.tokens[0]!;
  const opens = !before || VALUE.test(before.text) || first.x0 - before.x1 > 1.1 * (first.y1 - first.y0);
  return opens || /[:#]$/.test(label.tokens.at(-1)!.text) ? 1 : 0.75;
}

function valuesRight<V>(
  labels: readonly Label<string>[],
  values: readonly Spotted<V>[],
  label: Label<string>,
  { prefer }: NearOptions,
): [Spotted<V>, number][] {
  const { line } = label;
  const others = labels.filter((other) => other.line === line && other.start >= label.end);
  const wall = others.find((other) => !attached(line, label, other))?.start ?? Number.POSITIVE_INFINITY;
  const reachable = values.filter((value) => {
    const at = value.line === line ? line.tokens.indexOf(value.tokens[0]!) : -1;
    return at >= label.end && at < wall;
  });
  const page = Math.max(1, line.x1);
  return reachable.map((value, i) => {
    const rank = prefer === 'last' ? reachable.length - 1 - i : i;
    const gap = Math.max(0, value.tokens[0]!.x0 - label.tokens.at(-1)!.x1) / page;
    const phrase = others.some((other) => other.end <= line.tokens.indexOf(value.tokens[0]!)) ? 0.85 : 1;
    return [value, Math.max(0.1, (1 - 0.15 * gap - 0.2 * rank) * phrase)];
  });
}

/** A second label within the same phrase does not end the first one's reach. */
function attached(line: Line, label: Label<string>, other: Label<string>): boolean {
  const left = line.tokens[other.start - 1]!;
  const right = line.tokens[other.start]!;
  return other.start <= label.end + 1 && right.x0 - left.x1 < 0.8 * (right.y1 - right.y0) && !left.text.endsWith(':');
}

/** In running text a label can end its line, and the value begins the next, perhaps after the label's last word. */
function valueInNextLine<V>(
  layout: Layout,
  values: readonly Spotted<V>[],
  label: Label<string>,
): [Spotted<V>, number][] {
  const { line } = label;
  const next = layout.lines[line.index + 1];
  const running = line.segments.length === 1 && line.tokens.length >= 6 && label.end === line.tokens.length;
  if (
    !running ||
    PARTICLE.test(label.tokens[0]!.text) ||
    next?.page !== line.page ||
    next.y0 - line.y1 > layout.textHeight
  )
    return [];
  return values
    .filter((value) => value.line === next && next.tokens.indexOf(value.tokens[0]!) <= 1)
    .map((value) => [value, 0.9]);
}

function valuesBelow<V>(
  layout: Layout,
  labels: readonly Label<string>[],
  values: readonly Spotted<V>[],
  label: Label<string>,
  reach: number,
  hasRight: boolean,
): [Spotted<V>, number][] {
  const box = boxAround(label.tokens);
  const found: [Spotted<V>, number][] = [];
  for (const value of values) {
    if (value.line.page !== label.line.page || value.line.index <= label.line.index) continue;
    const place = boxAround(value.tokens);
    const drop = (place.y0 - box.y1) / layout.textHeight;
    if (drop > reach || drop < -0.3 || !under(box, place, layout.textHeight)) continue;
    if (hasOwnLabel(labels, value, box) || coveredBy(labels, label, value)) continue;
    found.push([value, (hasRight ? 0.5 : 0.9) - 0.06 * Math.max(0, drop)]);
  }
  return found;
}

function under(label: { x0: number; x1: number }, value: { x0: number; x1: number }, height: number): boolean {
  const overlap = Math.min(label.x1, value.x1) - Math.max(label.x0, value.x0);
  return overlap > 0.3 * Math.min(label.x1 - label.x0, value.x1 - value.x0) || Math.abs(label.x0 - value.x0) < height;
}

/** The value stands behind a label of its own: right behind it, or in the same column of facts. */
function hasOwnLabel(labels: readonly Label<string>[], value: Spotted<unknown>, above: { x0: number }): boolean {
  const first = value.tokens[0]!;
  const height = first.y1 - first.y0;
  return labels.some((label) => {
    const last = label.tokens.at(-1)!;
    if (label.line !== value.line || last.x1 > first.x0 + 1) return false;
    return first.x0 - last.x1 < 0.8 * height || label.tokens[0]!.x0 >= above.x0 - 3 * height;
  });
}

/** Another label stands between the two. */
function coveredBy(labels: readonly Label<string>[], label: Label<string>, value: Spotted<unknown>): boolean {
  const place = boxAround(value.tokens);
  return labels.some((other) => {
    if (other.line.page !== label.line.page) return false;
    if (other.line.index <= label.line.index || other.line.index >= value.line.index) return false;
    const box = boxAround(other.tokens);
    return Math.min(box.x1, place.x1) - Math.max(box.x0, place.x0) > 0;
  });
}

/** Values with the lines they stand in. */
export function spot<V, L extends { readonly line: Line }>(
  perLine: readonly L[],
  pick: (values: L) => readonly Found<V>[],
): Spotted<V>[] {
  return perLine.flatMap((values) => pick(values).map((found) => ({ ...found, line: values.line })));
}
