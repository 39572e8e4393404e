import { type Kysely, sql } from 'kysely';

/** Key of the events' lock. Held for a moment, so that no event is between its number and its commit. */
const EVENTS_LOCK = 727_301;

/**
 * What has ended is counted once, so that figures cost the same however much that is; what waits or was refused has an
 * index. Workers of the release before go on writing events, which is all that is counted from. Beside that: what was
 * mended, by day.
 */
const CHANGES = [
  `create table ended_sums (
    bot text not null,
    state text not null check (state in ('done', 'rejected')),
    straight boolean not null,
    pace integer,
    tasks integer not null,
    unique nulls not distinct (bot, state, straight, pace)
  )`,
  'create table summed_events (until bigint not null)',
  `select pg_advisory_lock(${EVENTS_LOCK})`,
  'insert into summed_events select coalesce(max(seq), 0) from events',
  `select pg_advisory_unlock(${EVENTS_LOCK})`,
  `insert into ended_sums (bot, state, straight, pace, tasks)
    select bot, state, straight,
      case when straight then round(ln(greatest(seconds, 0.001)) / ln(1.02))::integer end as pace, count(*)::integer
    from (
      select tasks.bot, tasks.state,
        tasks.state = 'done' and answered.task is null as straight,
        extract(epoch from tasks.ended_at - begun.at)::float8 as seconds
      from (
        select distinct task from events, summed_events where seq <= until and kind in ('done', 'rejected')
      ) ended
      join tasks on tasks.id = ended.task and tasks.ended_at is not null
      left join (select task, min(started_at) as at from runs group by task) begun on begun.task = tasks.id
      left join (select distinct task from questions where answered_by is not null) answered on answered.task = tasks.id
    ) each
    group by 1, 2, 3, 4`,
  `create index waiting_by_promise on tasks (bot, due_at) where state = 'waiting'`,
  `create index rejected_by_age on tasks (received_at desc, id desc) where state = 'rejected'`,
  `create table mended (
    day date not null,
    kind text not null,
    bot text not null,
    times integer not null,
    tasks integer not null,
    last_at timestamptz not null,
    primary key (day, kind, bot)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES) await sql.raw(statement).execute(db);
}
