import { normaliseField, strictField, type ValueType } from './normalise.ts';
import { f1 } from './tally.ts';
import { givenFor, type Judged, type Truth } from './truth.ts';

/** How one value of the truth was met, or one value that no truth asked for. */
export interface ValueScore {
  readonly file: string;
  readonly field: string;
  /** False for a surplus value of a field that may have several. */
  readonly wanted: boolean;
  readonly given: boolean;
  readonly right: boolean;
  /** Right as it is spelled, but for spaces and case. */
  readonly strict: boolean;
  readonly confidence: number;
  readonly truth: unknown;
  readonly value: unknown;
}

/** A whole document: right where each of its fields is, and as sure as the least sure of them. */
export interface DocumentScore {
  readonly file: string;
  readonly right: boolean;
  readonly confidence: number;
}

type Answer = Pick<DocumentScore, 'right' | 'confidence'>;
const PRECISION = 0.99;

export interface FieldScores {
  readonly values: readonly ValueScore[];
  readonly documents: readonly DocumentScore[];
}

/** Fields that have a truth and can be read on the page; values of other fields are not judged. */
export function scoreFields(judged: readonly Judged[]): FieldScores {
  const perDocument = judged
    .map((each) => askedFields(each.truth).flatMap((field) => valueScores(each, field)))
    .filter((asked) => asked.length > 0);
  return { values: perDocument.flat(), documents: perDocument.flatMap(documentScore) };
}

function askedFields({ fields, visible }: Truth): string[] {
  return Object.keys(fields).filter((field) => !visible || visible.includes(field));
}

function documentScore(values: readonly ValueScore[]): DocumentScore[] {
  const [first] = values;
  if (!first) return [];
  const document = {
    file: first.file,
    right: values.every(({ right }) => right),
    confidence: Math.min(1, ...values.map(({ given, wanted, confidence }) => (given || !wanted ? confidence : 0))),
  };
  return [document];
}

function valueScores(judged: Judged, field: string): ValueScore[] {
  const wanted = judged.truth.fields[field];
  return Array.isArray(wanted) ? severalValues(judged, field, wanted) : [oneValue(judged, field, wanted)];
}

function oneValue({ truth, prediction }: Judged, field: string, wanted: unknown): ValueScore {
  const found = givenFor(prediction, field);
  const value = found?.values[0];
  const comparison = { dayFirst: truth.dayfirst, type: truth.types[field] as ValueType | undefined };
  const same = (spell: typeof normaliseField) => spell(field, value, comparison) === spell(field, wanted, comparison);
  const given = value !== undefined;
  return {
    ...{ file: truth.file, field, wanted: true, given, truth: wanted, value },
    right: given && same(normaliseField),
    strict: given && same(strictField),
    confidence: found?.confidence ?? 0,
  };
}

/** Each value of the truth is looked for among the given ones; those left over are wrong. */
function severalValues({ truth, prediction }: Judged, field: string, wanted: readonly unknown[]): ValueScore[] {
  const found = givenFor(prediction, field);
  const comparison = { dayFirst: truth.dayfirst };
  const left = (found?.values ?? []).map((value) => normaliseField(field, value, comparison));
  const about = { file: truth.file, field, confidence: found?.confidence ?? 0 };
  const met = wanted.map((value): ValueScore => {
    const at = left.indexOf(normaliseField(field, value, comparison));
    const right = at >= 0;
    if (right) left.splice(at, 1);
    return { ...about, wanted: true, given: right, right, strict: right, truth: value, value: found?.values };
  });
  const surplus = left.map((value): ValueScore => {
    return { ...about, wanted: false, given: true, right: false, strict: false, truth: undefined, value };
  });
  return [...met, ...surplus];
}

export function fieldF1(values: readonly ValueScore[], verdict: 'right' | 'strict' = 'right'): number {
  return f1({
    right: values.filter((each) => each[verdict]).length,
    given: values.filter(({ given }) => given).length,
    wanted: values.filter(({ wanted }) => wanted).length,
  });
}

/**
 * The largest share of `total` that may be accepted, surest first and equals together, with at least `precision` of it
 * right. The threshold is picked on the very data: optimistic; see `acrossHalves`.
 */
export function coverage(answers: readonly Answer[], total: number, precision = PRECISION): number {
  const least = leastSure(answers, precision);
  if (total === 0 || least === undefined) return 0;
  return answers.filter(({ confidence }) => confidence >= least).length / total;
}

/** How sure an answer must be so that at least `precision` of those as sure are right; undefined where none may pass. */
export function leastSure(answers: readonly Answer[], precision = PRECISION): number | undefined {
  const sure = Map.groupBy(answers, ({ confidence }) => confidence);
  let least: number | undefined;
  let [right, taken] = [0, 0];
  for (const confidence of [...sure.keys()].sort((a, b) => b - a)) {
    const equals = sure.get(confidence) ?? [];
    taken += equals.length;
    right += equals.filter((each) => each.right).length;
    if (right >= precision * taken - 1e-9) least = confidence;
  }
  return least;
}
