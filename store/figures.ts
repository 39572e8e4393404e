import { type RawBuilder, sql } from 'kysely';
import { type Counts, type Figures, NO_TASKS, sumOfCounts, type TaskState } from '#core';
import { settledEvents } from './events.ts';
import type { Db } from './schema.ts';

/** Seconds of a task are kept as the nearest power of this: the median is right to a hundredth. */
const STEP = 1.02;
const SHORTEST_SECONDS = 0.001;
/** Events that are counted with one statement: so few that their tasks are looked up one by one, however many there are. */
const AT_ONCE = 5000;

/**
 * Tasks that ended by these events, as they are counted: a task that no person answered a question of went straight
 * through, and its pace is the time from its first run to its end. The numbers stand in the statement, so that it is
 * planned for as few events as they are.
 */
function endedBetween(after: number, upTo?: number): RawBuilder<unknown> {
  const range = sql`seq > ${sql.lit(after)} ${upTo === undefined ? sql`` : sql`and seq <= ${sql.lit(upTo)}`}`;
  return sql`
    select tasks.bot, tasks.state, how.straight, count(*)::integer as tasks,
      case when how.straight
        then round(ln(greatest(how.seconds, ${sql.lit(SHORTEST_SECONDS)})) / ln(${sql.lit(STEP)}))::integer end as pace
    from (select distinct task from events where ${range} and kind in ('done', 'rejected')) ended
    join tasks on tasks.id = ended.task and tasks.ended_at is not null
    cross join lateral (select
      tasks.state = 'done' and not exists (
        select from questions where questions.task = tasks.id and answered_by is not null) as straight,
      extract(epoch from tasks.ended_at
        - (select min(started_at) from runs where runs.task = tasks.id))::float8 as seconds) how
    group by tasks.bot, tasks.state, how.straight, pace`;
}

/** Counts what has ended since it was last counted; how many events it went through. One process at a time does. */
export async function sumUp(db: Db): Promise<number> {
  if (!(await isWorthIt(db))) return 0;
  const latest = await settledEvents(db);
  let all = 0;
  for (;;) {
    const some = await db.transaction().execute((trx) => sumSome(trx, latest));
    all += some;
    if (some < AT_ONCE) return all;
  }
}

/**
 * Whether anything is there to count and nobody else is at it. What has settled is asked under a lock that keeps all from
 * writing events: that is not worth it for nothing.
 */
function isWorthIt(db: Db): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const summed = await trx.selectFrom('summed_events').select('until').forUpdate().skipLocked().executeTakeFirst();
    const newest = await trx.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
    return summed !== undefined && Number(newest?.seq ?? 0) > Number(summed.until);
  });
}

async function sumSome(trx: Db, latest: number): Promise<number> {
  const summed = await trx.selectFrom('summed_events').select('until').forUpdate().skipLocked().executeTakeFirst();
  const after = summed ? Number(summed.until) : latest;
  const upTo = Math.min(latest, after + AT_ONCE);
  if (upTo <= after) return 0;
  await sql`
    insert into ended_sums as known (bot, state, straight, pace, tasks)
    select bot, state, straight, pace, tasks from (${endedBetween(after, upTo)}) ended
    on conflict (bot, state, straight, pace) do update set tasks = known.tasks + excluded.tasks`.execute(trx);
  await trx.updateTable('summed_events').set({ until: upTo }).execute();
  return upTo - after;
}

/** Sees one moment: what is summed, and what ended since. */
function atOnce<T>(db: Db, read: (trx: Db, ended: RawBuilder<unknown>) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const { until } = await trx.selectFrom('summed_events').select('until').executeTakeFirstOrThrow();
      const sums = sql`select bot, state, straight, tasks, pace from ended_sums`;
      return read(trx, sql`(${sums} union all ${endedBetween(Number(until))})`);
    });
}

/** How many tasks stand in each state, bot by bot; of one bot only, if one is named. */
export function countsByBot(db: Db, bot?: string): Promise<ReadonlyMap<string, Counts>> {
  const ofBot = bot === undefined ? sql`true` : sql`bot = ${bot}`;
  return atOnce(db, async (trx, ended) => {
    const open = (['ready', 'running', 'waiting'] as const).map(
      (state) => sql`
        select bot, ${sql.lit(state)} as state, count(*)::integer as tasks
        from tasks where state = ${sql.lit(state)} and ${ofBot} group by bot`,
    );
    const { rows } = await sql<{ bot: string; state: TaskState; tasks: number }>`
      ${sql.join(open, sql` union all `)}
      union all
      select bot, state, sum(tasks)::integer from ${ended} ended where ${ofBot} group by bot, state`.execute(trx);
    const counts = new Map<string, Counts>();
    for (const row of rows) counts.set(row.bot, { ...(counts.get(row.bot) ?? NO_TASKS), [row.state]: row.tasks });
    return counts;
  });
}

/** Of all tasks, or of one bot's. */
export async function counts(db: Db, bot?: string): Promise<Counts> {
  return sumOfCounts((await countsByBot(db, bot)).values());
}

export function figures(db: Db): Promise<Figures> {
  return atOnce(db, async (trx, ended) => {
    const late = (['ready', 'running', 'waiting'] as const).map(
      (state) => sql`(
        select count(*) from tasks where state = ${sql.lit(state)} and value > 0 and due_at < clock_timestamp())`,
    );
    const { rows } = await sql<Figures>`
      with finished as materialized (select straight, pace, tasks from ${ended} ended where state = 'done'),
      paces as (
        select pace, sum(tasks) over (order by pace) as so_far, sum(tasks) over () as all_of_them
        from (select pace, sum(tasks) as tasks from finished where straight group by pace) by_pace
      )
      select
        (select sum(tasks) filter (where straight)::float8 / sum(tasks) from finished) as "straightThrough",
        (select power(${STEP}::float8, min(pace)) from paces where so_far * 2 >= all_of_them) as "medianSeconds",
        (select count(*)::integer from questions join tasks on tasks.id = questions.task
          where questions.open and tasks.ended_at is null) as "exceptions",
        (${sql.join(late, sql` + `)})::integer as "late"`.execute(trx);
    return rows[0]!;
  });
}
