import type { Draft, Reading } from '#core';
import { pluggedInGroup } from '../confidence/trustClass.ts';
import type { Extractor } from './extractor.ts';

/** Values nobody read: a record, a person or the paper's own data say them. */
const SETTLED = ['known', 'person', 'e-invoice'];

/** As sure as a reader may be of itself: 1 is what records and people say. */
const SUREST = 0.9999;

/**
 * A draft in which every value that was read is counted with others like it. What an extractor of somebody's own says of
 * its own certainty is borne out by no label that ships: its values are counted by themselves, and wait for people's answers.
 */
export function counted<T>({ name }: Pick<Extractor<T>, 'name'>, draft: Draft<T>): Draft<T> {
  const readings = Object.entries<Reading<unknown>>(draft).map(([field, reading]) => [
    field,
    isCounted(reading) ? reading : pluggedIn(name, reading),
  ]);
  return Object.fromEntries(readings) as Draft<T>;
}

function isCounted({ group, evidence }: Reading<unknown>): boolean {
  return group !== undefined || evidence.some((word) => SETTLED.includes(word));
}

function pluggedIn(name: string, reading: Reading<unknown>): Reading<unknown> {
  const { probability, absent } = reading;
  return {
    ...reading,
    probability: Math.min(probability, SUREST),
    absent: Math.min(absent, SUREST),
    group: pluggedInGroup(name),
  };
}
