import { sql } from 'kysely';
import { type Lease, LeaseLost } from '#core';
import { telling } from './events.ts';
import { NEWEST_WEIGHT } from './finish.ts';
import { toJson } from './json.ts';
import { heldAmong } from './lease.ts';
import type { Db } from './schema.ts';
import { writeTogether } from './writeTogether.ts';

interface Done {
  readonly lease: Lease;
  /** JSON text. */
  readonly output: string;
}

/** Ends runs that are done; those that end at the same time are written down together, each with its own fence. */
export function endDone(db: Db): (lease: Lease, output: unknown) => Promise<void> {
  const end = writeTogether((all: readonly Done[]) => endAll(db, all));
  return async (lease, output) => {
    const held = await end({ lease, output: toJson(output ?? null) });
    if (!held) throw new LeaseLost(lease.task.id);
  };
}

/** Whether each still held its lease. A lane that a claim works on at the moment does not learn from these runs. */
async function endAll(db: Db, all: readonly Done[]): Promise<boolean[]> {
  const given = all.map(({ lease: { task, token, run }, output }) => ({ task: task.id, token, run, output }));
  const { rows } = await sql<{ id: string }>`
    with held as materialized (
      ${heldAmong(sql`json_to_recordset(${JSON.stringify(given)}::json) as given (task text, token integer, run text, output text)`)}
    ), ran as (
      update runs set ended_at = clock_timestamp(), outcome = 'done' from held where runs.id = held.run
      returning runs.bot, extract(epoch from runs.ended_at - runs.started_at)::float8 as seconds
    ), ended as (
      update tasks set
        state = 'done', reason = null, output = held.output::json, ended_at = clock_timestamp(),
        lease_run = null, lease_until = null, deaths = 0, parked_on = null, throttled_since = null
      from held where tasks.id = held.id
      returning tasks.id, tasks.bot, held.run
    ), idle as materialized (
      select bot from lanes where bot in (select bot from ran) for no key update skip locked
    ), learned as (
      update lanes set handling_seconds = mean.seconds + (handling_seconds - mean.seconds) * power(${1 - NEWEST_WEIGHT}::float8, mean.runs)
      from (select bot, count(*) as runs, avg(seconds) as seconds from ran group by bot) mean
      where lanes.bot = mean.bot and lanes.bot in (select bot from idle)
    ), ${telling('ended', [['done', sql`json_build_object('run', run)`]])}
    select id from ended`.execute(db);
  const ended = new Set(rows.map(({ id }) => id));
  return all.map(({ lease }) => ended.has(lease.task.id));
}
