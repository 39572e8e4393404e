import { type Kysely, sql } from 'kysely';

/** What corrections taught by layout, and what papers looked like, so that the same one is noticed when it comes again. */
const TABLES = [
  `create table layouts (
    id text primary key,
    extractor text not null,
    revision integer not null,
    signature json not null,
    sketch integer[] not null,
    changed_at timestamptz not null default clock_timestamp()
  )`,
  'create index layouts_by_sketch on layouts using gin (sketch)',
  `create table kept_papers (
    layout text not null references layouts,
    sha256 text not null,
    pages json not null,
    read_values json not null,
    said_values json not null,
    at timestamptz not null default clock_timestamp(),
    primary key (layout, sha256)
  )`,
  `create table lessons (
    layout text not null references layouts,
    field text not null,
    version integer not null,
    state text not null check (state in ('active', 'inactive', 'replaced', 'reverted')),
    reason text,
    body json not null,
    right_on integer not null,
    papers integer not null,
    paper text not null,
    by_person text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (layout, field, version)
  )`,
  `create unique index one_lesson_in_use on lessons (layout, field) where state = 'active'`,
  `create table seen_papers (
    task text primary key references tasks,
    bot text not null,
    document json not null,
    sketch integer[] not null,
    facts json not null,
    received_at timestamptz not null
  )`,
  'create index seen_papers_by_sketch on seen_papers using gin (sketch)',
  'create index seen_papers_by_age on seen_papers (bot, received_at)',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES) await sql.raw(statement).execute(db);
}
