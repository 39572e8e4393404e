import { sql } from 'kysely';
import { type Lease, LeaseLost, type StepKind } from '#core';
import { telling } from './events.ts';
import { toJsonOrNull } from './json.ts';
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
    ), locked as materialized (
      select tasks.id, tasks.bot, tasks.lease_token from given join tasks on tasks.id = given.task
      where tasks.state = 'running' and tasks.lease_token = given.token
      order by tasks.id
      for no key update of tasks
    ), held as materialized (
      select distinct * from locked
    ), added as (
      insert into steps (task, name, kind, value)
      select task, name, kind, value::json from given join held on held.id = given.task and held.lease_token = given.token
      on conflict (task, name) do nothing
      returning task, name, kind
    ), named as (
      select held.id, held.bot, added.name, added.kind from added join held on held.id = added.task
    ), ${telling('named', [['step', sql`json_build_object('step', name, 'kind', kind)`]])}
    select id, lease_token as token from held`.execute(db);
  const held = new Set(rows.map(({ id, token }) => `${id} ${token}`));
  return all.map(({ lease }) => held.has(`${lease.task.id} ${lease.token}`));
}
