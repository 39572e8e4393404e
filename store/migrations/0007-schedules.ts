import { type Kysely, sql } from 'kysely';

/**
 * Schedulers of the release before stay up beside: they read `paused` and `cron` and write `done_until`. What they
 * would start at the wrong time (calendars, windows) they see as paused; `held` is then whether it really is.
 */
const STATEMENTS = [
  `alter table schedules
    add column calendar text,
    add column workday integer,
    add column day_off text not null default 'skip',
    add column window_from text,
    add column window_to text,
    add column outside text not null default 'wait',
    add column jitter_seconds integer not null default 0,
    add column held boolean,
    add column held_until timestamptz,
    add column decided_until timestamptz not null default clock_timestamp(),
    add column through_day text,
    add column waiting_due timestamptz,
    add column revision integer not null default 0`,
  'update schedules set decided_until = done_until',
  `create table schedule_times (
    schedule text not null,
    due_at timestamptz not null,
    task text,
    reason text,
    count integer not null default 1,
    decided_at timestamptz not null default clock_timestamp(),
    primary key (schedule, due_at)
  )`,
  `create table calendars (
    name text not null,
    version integer not null,
    working_days json not null,
    special_days json not null,
    at timestamptz not null default clock_timestamp(),
    primary key (name, version)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
