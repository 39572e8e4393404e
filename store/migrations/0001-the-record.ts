import { type Kysely, sql } from 'kysely';

/** Opaque values are `json`, not `jsonb`: it keeps the order of keys, every number and every character as written. */
const TABLES = [
  `create table tasks (
    id text primary key,
    bot text not null,
    bot_version text,
    key text not null,
    input json not null,
    state text not null check (state in ('ready', 'running', 'waiting', 'done', 'rejected')),
    reason text,
    skill text not null,
    value double precision not null check (value > 0),
    received_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null,
    ended_at timestamptz,
    attempt integer not null default 0,
    output json,
    available_at timestamptz not null default clock_timestamp(),
    lease_token integer not null default 0,
    lease_run text,
    lease_until timestamptz,
    deaths integer not null default 0,
    constraint one_task_per_key unique (bot, key),
    constraint ended_when_ended check ((state in ('done', 'rejected')) = (ended_at is not null)),
    constraint leased_when_running check ((state = 'running') = (lease_until is not null))
  )`,
  `create index open_tasks on tasks (bot, available_at) where state in ('ready', 'running')`,
  'create index tasks_by_age on tasks (received_at desc, id desc)',
  `create table runs (
    id text primary key,
    task text not null references tasks,
    bot text not null,
    bot_version text not null,
    worker text not null,
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    outcome text
  )`,
  'create index runs_of_task on runs (task)',
  `create table steps (
    task text not null references tasks,
    name text not null,
    kind text not null,
    value json,
    at timestamptz not null default clock_timestamp(),
    primary key (task, name)
  )`,
  `create table effects (
    id bigint generated always as identity primary key,
    task text not null references tasks,
    step text not null,
    application text not null,
    screen text not null,
    key text not null,
    state text not null check (state in ('intended', 'proven', 'withdrawn')),
    record json not null,
    intended_at timestamptz not null default clock_timestamp(),
    receipt json
  )`,
  `create unique index one_writer_per_key on effects (application, screen, key) where state in ('intended', 'proven')`,
  `create unique index one_effect_per_step on effects (task, step) where state in ('intended', 'proven')`,
  'create index effects_of_task on effects (task)',
  `create table questions (
    id text primary key,
    task text not null references tasks,
    bot text not null,
    skill text not null,
    step text not null,
    kind text not null,
    code text not null,
    body json not null,
    open boolean not null default true,
    asked_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null,
    claimed_by text,
    claimed_until timestamptz,
    answer json,
    answered_by text,
    answered_at timestamptz,
    used boolean not null default false
  )`,
  'create unique index one_open_question_per_step on questions (task, step) where open',
  'create index questions_of_task on questions (task)',
  'create index open_questions on questions (due_at) where open',
  `create table evidence (
    id bigint generated always as identity primary key,
    task text not null references tasks,
    step text not null,
    label text not null,
    sha256 text not null,
    at timestamptz not null default clock_timestamp()
  )`,
  'create index evidence_of_task on evidence (task)',
  `create table events (
    seq bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    task text not null references tasks,
    bot text not null,
    kind text not null,
    facts json not null
  )`,
  'create index events_of_task on events (task)',
  `create table schedules (
    name text primary key,
    bot text not null,
    cron text not null,
    time_zone text not null,
    input json not null,
    missed text not null,
    overlap text not null,
    paused boolean not null,
    done_until timestamptz not null default clock_timestamp(),
    last_task text
  )`,
  `create table halted_bots (
    bot text not null,
    version text not null,
    code text not null,
    message text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (bot, version)
  )`,
  `create table lanes (
    bot text primary key,
    claims integer not null default 0,
    handling_seconds double precision not null default 60,
    drawn_at timestamptz
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES) await sql.raw(statement).execute(db);
}
