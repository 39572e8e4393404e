import { type Kysely, sql } from 'kysely';

/** Tasks that may not be erased, and those that were. */
const TABLES = [
  `create table legal_holds (
    task text primary key references tasks,
    why text not null,
    by_person text not null,
    at timestamptz not null default clock_timestamp()
  )`,
  `create table erasures (
    task text primary key references tasks,
    by_person text not null,
    at timestamptz not null default clock_timestamp(),
    blobs json not null,
    finished_at timestamptz
  )`,
  'create index unfinished_erasures on erasures (at) where finished_at is null',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES) await sql.raw(statement).execute(db);
}
