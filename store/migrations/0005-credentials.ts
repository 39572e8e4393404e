import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table credentials (
        application text not null,
        account text not null,
        key_id text not null,
        wrapped_key text not null,
        body text not null,
        code_period bigint,
        changed_at timestamptz not null default clock_timestamp(),
        primary key (application, account)
      )`,
    )
    .execute(db);
}
