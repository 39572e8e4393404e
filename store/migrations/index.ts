import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { SystemException } from '#core';
import { up as theRecord } from './0001-the-record.ts';
import { up as memory } from './0002-memory.ts';
import { up as labels } from './0003-labels.ts';
import { up as access } from './0004-access.ts';
import { up as credentials } from './0005-credentials.ts';
import { up as oneWriter } from './0006-one-writer.ts';
import { up as schedules } from './0007-schedules.ts';
import { up as claims } from './0008-claims.ts';
import { up as sums } from './0009-sums.ts';
import { up as erasure } from './0010-erasure.ts';
import { up as codeThatRuns } from './0011-code-that-runs.ts';

/** In the order of their names. One that was ever released is never changed: what it made stands in users' databases. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-the-record': { up: theRecord },
  '0002-memory': { up: memory },
  '0003-labels': { up: labels },
  '0004-access': { up: access },
  '0005-credentials': { up: credentials },
  '0006-one-writer': { up: oneWriter },
  '0007-schedules': { up: schedules },
  '0008-claims': { up: claims },
  '0009-sums': { up: sums },
  '0010-erasure': { up: erasure },
  '0011-code-that-runs': { up: codeThatRuns },
};

/** Our tables' own schema, beside BullMQ's `bullmq`. */
export const SCHEMA = 'rekey';

/**
 * Brings the database up to this release; processes that start together wait for each other. One that a newer release has
 * brought further is left as it is: migrations only add, so that workers of the older release go on beside newer ones, and
 * start again there.
 */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableSchema: SCHEMA,
  });
  if (await isAhead(db)) return;
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  // A newer release, started at the same moment, may have been faster.
  if (await isAhead(db)) return;
  const message = 'The database could not be brought up to this release; it stands as it stood before.';
  throw new SystemException('store-migration-failed', message, { cause: error });
}

/** Whether it has everything of this release, and more. */
async function isAhead<T>(db: Kysely<T>): Promise<boolean> {
  const table = `${SCHEMA}.kysely_migration`;
  const { rows: tables } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(db);
  if (!tables[0]?.there) return false;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)}`.execute(db);
  const done = new Set(rows.map(({ name }) => name));
  const ours = Object.keys(migrations);
  return done.size > ours.length && ours.every((name) => done.has(name));
}
