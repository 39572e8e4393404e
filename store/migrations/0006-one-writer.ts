import { type Kysely, sql } from 'kysely';

/** Intents that a person left, turns at a key, and the versions of bots that are up. */
const CHANGES = [
  'alter table effects drop constraint effects_state_check',
  `alter table effects add constraint effects_state_check check (state in ('intended', 'proven', 'withdrawn', 'left'))`,
  `alter table effects add column closed_at timestamptz, add column closed_because text, add column closed_by text`,
  'create index effects_by_key on effects (application, screen, key)',
  `create table key_waits (
    task text not null references tasks,
    step text not null,
    application text not null,
    screen text not null,
    key text not null,
    since timestamptz not null default clock_timestamp(),
    primary key (task, step)
  )`,
  'create index key_waits_by_key on key_waits (application, screen, key)',
  `create table running_versions (
    bot text not null,
    version text not null,
    seen_at timestamptz not null default clock_timestamp(),
    primary key (bot, version)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES) await sql.raw(statement).execute(db);
}
