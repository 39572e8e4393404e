import { type Selectable, sql } from 'kysely';
import type { StepRecord } from '#core';
import type { StepTable } from './schema.ts';

/** A step that returned nothing comes back with nothing, one that returned null with null. */
export const stepColumns = ['name', 'kind', 'value', 'at', sql<boolean>`value is null`.as('nothing')] as const;

export function stepOf(
  row: Pick<Selectable<StepTable>, 'name' | 'kind' | 'value' | 'at'> & { nothing: boolean },
): StepRecord {
  return { name: row.name, kind: row.kind, value: row.nothing ? undefined : row.value, at: row.at.toISOString() };
}
