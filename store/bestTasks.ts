import { type Selectable, sql } from 'kysely';
import type { Db, LaneTable, TaskTable } from './schema.ts';

/** How far ahead of its promise a task begins to press: in handling times of the present backlog. */
const LOOK_AHEAD = 2;
/** Every so many claims the oldest late task goes first, whatever it is worth, so that none grows old unseen. */
const AGE_GUARD = 10;
/** The oldest late task is looked for among so many that are the longest past their promise. */
const LATE_LOOKED_AT = 200;
/** So many different values, the highest, are looked at each for itself; of the others only the soonest promises. */
const VALUES_LOOKED_AT = 32;

type TaskRow = Selectable<TaskTable>;

/** For the transaction of a claim. Plans look dear in the planner's eyes then, and would be compiled before they are run. */
export const BY_INDEX_ONLY = sql<string>`concat(${sql.join(
  ['enable_sort', 'enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'].map(
    (setting) => sql`set_config(${sql.lit(setting)}, 'off', true)`,
  ),
)})`;

/** What a worker may take of a lane: tasks begun by these versions, and such as have not begun. */
export interface Takes {
  readonly begunBy: readonly string[];
  readonly fresh: boolean;
}

function among({ begunBy, fresh }: Takes) {
  return sql<boolean>`(bot_version in (${sql.join(begunBy)})${fresh ? sql` or bot_version is null` : sql``})`;
}

/**
 * Locks the lane's `most` best tasks now, the best first: open ones, and those of a worker that let its lease run out.
 *
 * Best by apparent tardiness cost: value per minute of expected handling, decaying with the slack left over the work
 * in front. Compared by its logarithm, which orders alike and never underflows; the expected minutes, the same for all
 * tasks of a lane, fall out of it. Of tasks of one value it is the one promised soonest, so it is enough to look at the
 * soonest promises of each value: what a claim costs does not grow with the backlog, nor with what has ended.
 *
 * A queue is empty in one moment and full in the next, so the planner's statistics of it are never right. What would
 * sort or read the whole backlog is therefore switched off for the transaction (`BY_INDEX_ONLY`), the index by promise is only open to
 * those who ask for values above 0, and the tasks chosen are fetched in a way that only their ids can serve.
 */
export async function bestTasks(
  trx: Db,
  lane: Selectable<LaneTable>,
  takes: Takes,
  most: number,
): Promise<readonly TaskRow[]> {
  const handling = Math.max(lane.handling_seconds, 1);
  const guarded = Math.floor((lane.claims + most) / AGE_GUARD) - Math.floor(lane.claims / AGE_GUARD);
  const ready = sql`bot = ${lane.bot} and state = 'ready' and available_at <= (select at from now) and ${among(takes)}`;
  const silent = sql`bot = ${lane.bot} and state = 'running' and lease_until < (select at from now) and ${among(takes)}`;
  const soonest = sql`order by due_at, received_at, id limit ${most}`;
  const slack = sql`greatest(extract(epoch from due_at - now.at)::float8 - ${handling}::float8, 0)`;
  const urgency = sql`ln(value) - ${slack} / ${LOOK_AHEAD * handling * Math.max(lane.backlog, 1)}::float8`;
  const { rows } = await sql<TaskRow>`
    with recursive now as materialized (select clock_timestamp() as at),
    worths (value) as (
      (select value from tasks where bot = ${lane.bot} and state = 'ready' order by value desc limit 1)
      union all
      (select lower.value from worths cross join lateral (
        select value from tasks where bot = ${lane.bot} and state = 'ready' and value < worths.value
        order by value desc limit 1) lower)
    ),
    candidates (id, state, value, due_at, received_at) as (
      select found.* from (select value from worths limit ${VALUES_LOOKED_AT}) worth cross join lateral (
        select id, state, tasks.value, due_at, received_at from tasks
        where ${ready} and tasks.value = worth.value ${soonest}) found
      union
      (select id, state, value, due_at, received_at from tasks where ${ready} and value > 0 ${soonest})
      union
      (select id, state, value, due_at, received_at from tasks where ${silent} ${soonest})
    ),
    late as (
      (select id, state, received_at from tasks where ${ready} and value > 0 and due_at < (select at from now)
        order by due_at limit ${guarded === 0 ? 0 : LATE_LOOKED_AT})
      union
      (select id, state, received_at from tasks where ${silent} and due_at < (select at from now)
        order by due_at limit ${guarded === 0 ? 0 : LATE_LOOKED_AT})
    ),
    oldest as materialized (select id, state from late order by received_at, id limit ${guarded}),
    urgent as (
      select id, state, row_number() over (order by ${urgency} desc, due_at, received_at, id) as place
      from candidates, now where id not in (select id from oldest)
      order by place limit ${most} - (select count(*) from oldest)
    ),
    chosen (id, state, place) as (select id, state, 0 from oldest union all select id, state, place from urgent)
    select tasks.* from chosen join tasks on tasks.id = chosen.id
      and tasks.state = chosen.state and coalesce(tasks.lease_until < clock_timestamp(), true)
    order by chosen.place
    for no key update of tasks skip locked`.execute(trx);
  return rows;
}
