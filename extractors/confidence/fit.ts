import type { Draft, Reading } from '#core';
import { kindOfField } from '../types/fieldKinds.ts';
import { absenceKey, type Calibration, evidenceKey, type Tally } from './calibration.ts';

/** One field of one paper: what was read, and what a careful person reads there. */
export interface Observation {
  readonly extractor: string;
  readonly field: string;
  readonly medium: 'text' | 'ocr';
  readonly reading: Reading<unknown>;
  /** null where the paper does not carry the field. */
  readonly truth: unknown;
}

/** A draft beside its truth, field by field; fields without a truth of their own are left out. */
export function observe(
  extractor: string,
  medium: 'text' | 'ocr',
  draft: Draft<Record<string, unknown>>,
  truth: Readonly<Record<string, unknown>>,
): Observation[] {
  return Object.entries(draft).flatMap(([field, reading]) =>
    truth[field] === undefined ? [] : [{ extractor, field, medium, reading, truth: truth[field] }],
  );
}

/** Names compare without case and spacing, other values as they are. */
export function isRight({ field, reading, truth }: Observation): boolean {
  if (reading.value === null || truth === null) return reading.value === truth;
  if (kindOfField(field) === 'items')
    return JSON.stringify(reading.value).normalize('NFKC') === JSON.stringify(truth).normalize('NFKC');
  const fold = (value: unknown) => String(value).replace(/\s+/g, '').toLowerCase();
  const isText = kindOfField(field) === 'name' || kindOfField(field) === 'address';
  return isText ? fold(reading.value) === fold(truth) : reading.value === String(truth);
}

/** Counts how often each kind of evidence was right, and each absence true. */
export function fitCalibration(
  observations: readonly Observation[],
  origin: Readonly<Record<string, unknown>>,
): Calibration {
  const found = observations.filter(({ reading }) => reading.value !== null);
  const missing = observations.filter(({ reading }) => reading.value === null);
  return {
    origin,
    values: tallied(found, ({ field, reading }) => evidenceKey(kindOfField(field), reading.evidence)),
    absence: tallied(missing, ({ extractor, field, medium, reading }) =>
      absenceKey(extractor, field, medium, reading.evidence),
    ),
  };
}

function tallied(
  observations: readonly Observation[],
  keyOf: (observation: Observation) => string,
): Record<string, Tally> {
  const groups = Map.groupBy(observations, keyOf);
  const rows = [...groups].map(([key, group]): [string, Tally] => [
    key,
    { n: group.length, right: group.filter(isRight).length },
  ]);
  return Object.fromEntries(rows.sort(([a], [b]) => a.localeCompare(b)));
}
