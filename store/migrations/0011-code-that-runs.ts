import { type Kysely, sql } from 'kysely';

/**
 * Whose code goes on with a version's tasks, and whether that version takes new ones; a worker of the release before says
 * neither, and runs each version by its own code. Beside that: when a parked application was last looked at.
 */
const CHANGES = [
  'alter table running_versions add column code text',
  'alter table running_versions add column takes_new boolean',
  'alter table applications add column looked_at timestamptz',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const change of CHANGES) await sql.raw(change).execute(db);
}
