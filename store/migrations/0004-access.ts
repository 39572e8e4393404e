import { type Kysely, sql } from 'kysely';

/** Applications that are out of order, accounts and who has them, and the tasks that wait for either. */
const CHANGES = [
  `create table applications (
    name text primary key,
    failures integer not null default 0,
    parked_at timestamptz,
    parked_code text,
    probe_at timestamptz,
    probes integer not null default 0,
    closed_since timestamptz,
    closed_until timestamptz,
    wanted_by text,
    wanted_until timestamptz
  )`,
  `create table accounts (
    application text not null references applications,
    account text not null,
    held_at timestamptz,
    held_code text,
    held_fingerprint text,
    look_at timestamptz,
    submitted_at timestamptz,
    password_expires_at timestamptz,
    warned_at timestamptz,
    primary key (application, account)
  )`,
  `create table account_loans (
    application text not null,
    account text not null,
    slot integer not null,
    token integer not null default 0,
    holder text,
    lent_until timestamptz,
    spell_at timestamptz,
    probing boolean not null default false,
    primary key (application, account, slot),
    foreign key (application, account) references accounts
  )`,
  `create table access_events (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    application text not null,
    account text,
    kind text not null,
    facts json not null
  )`,
  'alter table tasks add column parked_on text',
  'alter table tasks add column throttled_since timestamptz',
  `create index parked_tasks on tasks (parked_on, reason, due_at) where parked_on is not null and state = 'ready'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of CHANGES) await sql.raw(statement).execute(db);
}
