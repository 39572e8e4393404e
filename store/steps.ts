import { type Selectable, sql } from 'kysely';
import type { StepKind, StepRecord, Task } from '#core';
import { tell } from './events.ts';
import { toJsonOrNull } from './json.ts';
import type { Db, StepTable } from './schema.ts';

/** A step that returned nothing comes back with nothing, one that returned null with null. */
export const stepColumns = ['name', 'kind', 'value', 'at', sql<boolean>`value is null`.as('nothing')] as const;

export function stepOf(
  row: Pick<Selectable<StepTable>, 'name' | 'kind' | 'value' | 'at'> & { nothing: boolean },
): StepRecord {
  return { name: row.name, kind: row.kind, value: row.nothing ? undefined : row.value, at: row.at.toISOString() };
}

export async function recall(db: Db, task: string, step: string): Promise<StepRecord | undefined> {
  const row = await db
    .selectFrom('steps')
    .select(stepColumns)
    .where('task', '=', task)
    .where('name', '=', step)
    .executeTakeFirst();
  return row && stepOf(row);
}

/** A name already there is left as it stands. */
export async function remember(trx: Db, task: Task, step: string, kind: StepKind, value: unknown): Promise<void> {
  const added = await trx
    .insertInto('steps')
    .values({ task: task.id, name: step, kind, value: toJsonOrNull(value) })
    .onConflict((conflict) => conflict.columns(['task', 'name']).doNothing())
    .returning('name')
    .executeTakeFirst();
  if (added) await tell(trx, task, 'step', { step, kind });
}
