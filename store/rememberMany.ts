import { sql } from 'kysely';
import { type Lease, LeaseLost, type StepKind } from '#core';
import { telling } from './events.ts';
import { toJsonOrNull } from './json.ts';
import { heldAmong } from './lease.ts';
import type { Db } from './schema.ts';
import { writeTogether } from './writeTogether.ts';

interface Finished {
  readonly lease: Lease;
  readonly name: string;
  readonly kind: StepKind;
  /** JSON text; null of a step that returned nothing. */
  readonly value: string | null;
}

export type Remember = (lease: Lease, name: string, kind: StepKind, value: unknown) => Promise<void>;

/** Remembers steps; those that finish at the same time in different runs go together, each with its own fence. */
export function rememberTogether(db: Db): Remember {
  const remember = writeTogether((all: readonly Finished[]) => rememberAll(db, all));
  return async (lease, name, kind, value) => {
    const held = await remember({ lease, name, kind, value: toJsonOrNull(value) });
    if (!held) throw new LeaseLost(lease.task.id);
  };
}

/** Whether each still held its lease. A name already there is left as it stands. */
async function rememberAll(db: Db, all: readonly Finished[]): Promise<boolean[]> {
  const given = all.map(({ lease: { task, token }, ...step }) => ({ ...step, task: task.id, token }));
  const { rows } = await sql<{ id: string; token: number }>`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(given)}::json)
        as given (task text, token integer, name text, kind text, value text)
    ), held as materialized (
      ${heldAmong(sql`(select distinct task, token from given) lease`)}
    ), added as (
      insert into steps (task, name, kind, value)
      select given.task, name, kind, value::json from given join held on held.task = given.task and held.token = given.token
      on conflict (task, name) do nothing
      returning task, name, kind
    ), named as (
      select held.id, held.bot, added.name, added.kind from added join held on held.id = added.task
    ), ${telling('named', [['step', sql`json_build_object('step', name, 'kind', kind)`]])}
    select id, token from held`.execute(db);
  const held = new Set(rows.map(({ id, token }) => `${id} ${token}`));
  return all.map(({ lease }) => held.has(`${lease.task.id} ${lease.token}`));
}
