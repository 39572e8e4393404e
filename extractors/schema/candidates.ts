import { type Label, strengthFor } from '../fields/labels.ts';
import { type Candidate, nearLabels, type Spotted } from '../fields/nearLabel.ts';
import type { Sheet } from '../fields/sheet.ts';
import { crossings } from './crossings.ts';
import { type FieldPlan, labelName, namesField } from './plan.ts';
import { textsNear } from './texts.ts';
import { reachOfRows, type SpanEnd, valuesOf } from './values.ts';

/** Below this a place says nothing. */
const LEAST_SCORE = 0.25;
/** What each label of the author's is worth beside the one before, and the last of many beside the first. */
const NEXT_LABEL = 0.97;
const LAST_LABEL = 0.5;
/** What a value's look alone is worth, where no label stands. */
const LOOK_ALONE = 0.3;
/** Weaker than a label of the field's own, surer than a column's first value. */
const REACH_OF_ROWS = 0.45;
const UNLIKE_EXAMPLES = 0.85;
/** Forms print amounts of nothing by the dozen. */
const EMPTY = 0.7;

/** What may be the field's value, the best first. */
export function candidatesOf(plan: FieldPlan, sheet: Sheet, labels: readonly Label<string>[]): Candidate<string>[] {
  const labelled = plan.labels.flatMap((_, rank) =>
    nearOne(plan, rank, sheet, labels).map((each) => ({ ...each, score: each.score * preference(rank) })),
  );
  const judged = lookedAt(plan, withRepeats(onePerPlace(labelled)), sheet)
    .filter(({ score }) => score >= LEAST_SCORE)
    .map(narrowed(plan));
  const found = [...(judged.length > 0 ? judged : lookalikes(plan, sheet)), ...reaches(plan, sheet)];
  return found.sort((a, b) => b.score - a.score);
}

/** The whole reach of a table's rows, for an end of a span that no label of its own gives. */
function reaches({ hints }: FieldPlan, sheet: Sheet): Candidate<string>[] {
  const reach = hints.end && reachOfRows(sheet, hints.end);
  return reach ? [{ ...reach, score: REACH_OF_ROWS, evidence: ['computed'] }] : [];
}

function preference(rank: number): number {
  return Math.max(LAST_LABEL, NEXT_LABEL ** rank);
}

function nearOne(plan: FieldPlan, rank: number, sheet: Sheet, labels: readonly Label<string>[]): Candidate<string>[] {
  const { layout } = sheet;
  const name = labelName(plan.name, rank);
  if (!labels.some((label) => strengthFor(label, name) > 0)) return [];
  if (plan.kind === 'name' || plan.kind === 'address') return textsNear(layout, labels, name, plan);
  const values = valuesOf(plan, sheet);
  const sums = plan.kind === 'money' || plan.kind === 'quantity';
  const near = nearLabels(layout, labels, values, name, { prefer: sums ? 'last' : 'first', below: sums ? 1.6 : 2.6 });
  const own = unclaimed(near, plan, sheet, labels);
  return sums ? [...own, ...crossings(layout, labels, values, name)] : own;
}

/** A value that the label of something else claims more strongly is not this field's. */
function unclaimed(
  candidates: readonly Candidate<string>[],
  plan: FieldPlan,
  { layout }: Sheet,
  labels: readonly Label<string>[],
): Candidate<string>[] {
  const foreign = labels.filter(
    (label) => ![...label.names, ...label.weak].some((name) => namesField(plan.name, name)),
  );
  const names = new Set(foreign.flatMap((label) => [...label.names, ...label.weak]));
  const claims = new Map<unknown, number>();
  for (const name of names) {
    for (const { tokens, score } of nearLabels(layout, foreign, candidates, name, { prefer: 'first' })) {
      claims.set(tokens[0], Math.max(claims.get(tokens[0]) ?? 0, score));
    }
  }
  return candidates.map((candidate) => {
    const claim = claims.get(candidate.tokens[0]) ?? 0;
    return claim > candidate.score ? { ...candidate, score: candidate.score - 0.6 * claim } : candidate;
  });
}

function onePerPlace(candidates: readonly Candidate<string>[]): Candidate<string>[] {
  const best = new Map<unknown, Candidate<string>>();
  for (const candidate of candidates) {
    const known = best.get(candidate.tokens[0]);
    if (!known || candidate.score > known.score) best.set(candidate.tokens[0], candidate);
  }
  return [...best.values()];
}

/** What stands by its label on several pages, or in several tables, is meant. */
function withRepeats(candidates: readonly Candidate<string>[]): Candidate<string>[] {
  const counts = Map.groupBy(candidates, ({ value }) => value.toLowerCase());
  return candidates.map((each) => {
    const more = Math.min(3, (counts.get(each.value.toLowerCase())?.length ?? 1) - 1);
    return { ...each, score: each.score * (1 + 0.04 * more) };
  });
}

/** Weighs the author's hints: where on the paper the value stands, and what it looks like. */
function lookedAt(
  { hints, kind }: FieldPlan,
  candidates: readonly Candidate<string>[],
  sheet: Sheet,
): Candidate<string>[] {
  const shapes = new Set((hints.examples ?? []).map(shapeOf));
  const lines = Math.max(1, sheet.layout.lines.length);
  return candidates.map((each) => {
    const depth = each.line.index / lines;
    const place = hints.place === 'top' ? 1 - 0.2 * depth : hints.place ? 0.8 + 0.2 * depth : 1;
    const look = shapes.size === 0 || shapes.has(shapeOf(textOf(each))) ? 1 : UNLIKE_EXAMPLES;
    const zero = kind === 'money' && Number(each.value) === 0 ? EMPTY : 1;
    return { ...each, score: each.score * place * look * zero };
  });
}

/** Where no label stands: values that look like the examples, or the one of its kind that the author's place points at. */
function lookalikes(plan: FieldPlan, sheet: Sheet): Candidate<string>[] {
  const shapes = new Set((plan.hints.examples ?? []).map(shapeOf));
  const values = valuesOf(plan, sheet);
  const alike = pointedAt(plan, values) ?? values.filter((each) => shapes.has(shapeOf(textOf(each))));
  return alike
    .slice(0, 4)
    .map((each, i) => ({ ...each, score: LOOK_ALONE / (i + 1), evidence: ['position'] }))
    .map(narrowed(plan));
}

function pointedAt({ hints }: FieldPlan, values: readonly Spotted<string>[]): readonly Spotted<string>[] | null {
  if (hints.place === 'last') return values.slice(-1);
  if (hints.place === 'greatest') return values.toSorted((a, b) => Number(b.value) - Number(a.value)).slice(0, 2);
  return hints.end ? values.filter((each) => 'ends' in each).slice(0, 2) : null;
}

/** Runs of letters and of digits by their lengths: `FF-20040160` is `A2-92`. */
function shapeOf(text: string): string {
  return text
    .replace(/\p{L}+/gu, (run) => `A${Math.min(9, run.length)}`)
    .replace(/(?<!A)\d+/g, (run) => `9${Math.min(9, run.length)}`);
}

function textOf({ tokens }: Spotted<string>): string {
  return tokens.map((token) => token.text).join(' ');
}

/** Of a span of days only the words of the wanted end are the value's. */
function narrowed({ hints: { end } }: FieldPlan): (candidate: Candidate<string>) => Candidate<string> {
  return (candidate) => {
    if (!end || !isSpanEnd(candidate)) return candidate;
    return { ...candidate, tokens: end === 'from' ? candidate.ends.fromTokens : candidate.ends.toTokens };
  };
}

function isSpanEnd(candidate: Candidate<string>): candidate is Candidate<string> & SpanEnd {
  return 'ends' in candidate;
}
