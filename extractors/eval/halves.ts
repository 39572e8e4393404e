import { sha256 } from '#core';
import { type DocumentScore, type FieldScores, leastSure, type ValueScore } from './fields.ts';

/** What was accepted of papers that had no part in picking the thresholds. */
export interface Accepted {
  readonly accepted: number;
  readonly right: number;
  readonly wanted: number;
}

export interface Crossed {
  readonly fields: Accepted;
  readonly documents: Accepted;
}

/**
 * Thresholds for 99 % right, a field's own each, picked on one half of the papers and used on the other, both ways. A
 * paper's half is told by its name, so that it stays the same when papers come and go.
 */
export function acrossHalves({ values, documents }: FieldScores): Crossed {
  const byField = [...Map.groupBy(values, ({ field }) => field).values()];
  return { fields: together(byField.map(crossed)), documents: crossed(documents.map(asValue)) };
}

export function together(all: readonly Accepted[]): Accepted {
  const sum = (key: keyof Accepted) => all.reduce((total, each) => total + each[key], 0);
  return { accepted: sum('accepted'), right: sum('right'), wanted: sum('wanted') };
}

type Answer = Pick<ValueScore, 'file' | 'given' | 'wanted' | 'right' | 'confidence'>;

/** A document is one answer: all of its values together. */
function asValue(document: DocumentScore): Answer {
  return { ...document, given: true, wanted: true };
}

function crossed(answers: readonly Answer[]): Accepted {
  const [first = [], second = []] = [0, 1].map((half) => answers.filter(({ file }) => halfOf(file) === half));
  return together([judgedBy(first, second), judgedBy(second, first)]);
}

function judgedBy(fitted: readonly Answer[], used: readonly Answer[]): Accepted {
  const least = leastSure(fitted.filter(({ given }) => given));
  const accepted = used.filter(({ given, confidence }) => given && least !== undefined && confidence >= least);
  return {
    accepted: accepted.length,
    right: accepted.filter(({ right }) => right).length,
    wanted: used.filter(({ wanted }) => wanted).length,
  };
}

function halfOf(file: string): number {
  return Number.parseInt(sha256(file).slice(0, 8), 16) % 2;
}
