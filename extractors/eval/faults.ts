import { fieldF1, scoreFields, type ValueScore } from './fields.ts';
import { outcomeOf } from './outcome.ts';
import type { Judged } from './truth.ts';

/** What remains wrong with one field of a set. */
export interface FieldFaults {
  readonly field: string;
  readonly f1: number;
  readonly wanted: number;
  /** No value was given; a value was given and is another; a value was given beside the right ones. */
  readonly missing: readonly ValueScore[];
  readonly wrong: readonly ValueScore[];
  readonly surplus: readonly ValueScore[];
}

/** The fields of a set, the worst first. */
export function fieldFaults(judged: readonly Judged[]): FieldFaults[] {
  const byField = Map.groupBy(scoreFields(judged).values, ({ field }) => field);
  const faults = [...byField].map(([field, values]): FieldFaults => {
    const wanted = values.filter((value) => value.wanted);
    return {
      field,
      f1: fieldF1(values),
      wanted: wanted.length,
      missing: wanted.filter(({ given }) => !given),
      wrong: wanted.filter(({ given, right }) => given && !right),
      surplus: values.filter((value) => !value.wanted),
    };
  });
  return faults.sort((a, b) => a.f1 - b.f1);
}

/** Files that gave nothing, by why: the error's kind, or `missing`. */
export function lostFiles(judged: readonly Judged[]): ReadonlyMap<string, readonly string[]> {
  const lost = judged.flatMap((each): { why: string; file: string }[] => {
    const outcome = outcomeOf(each);
    const refused = ['missing', 'crash', 'timeout', 'error', 'unnamed-error', 'lost', 'partial'].includes(outcome);
    return refused ? [{ why: each.prediction?.error_kind ?? outcome, file: each.truth.file }] : [];
  });
  return new Map([...Map.groupBy(lost, ({ why }) => why)].map(([why, each]) => [why, each.map(({ file }) => file)]));
}
