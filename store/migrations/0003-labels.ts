import { type Kysely, sql } from 'kysely';

const TABLES = [
  `create table labels (
    id bigint generated always as identity primary key,
    task text not null references tasks,
    step text not null,
    field text not null,
    reading_group text not null,
    trust double precision not null,
    is_right boolean not null,
    sampled boolean not null,
    at timestamptz not null default clock_timestamp(),
    constraint one_label_per_field unique (task, step, field)
  )`,
  `create table trust_layers (
    version bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    body json not null,
    taken_back_at timestamptz
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES) await sql.raw(statement).execute(db);
}
