import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { silentLogger } from '#core';
import { type OpenStore, openStore } from '#store';
import { migrations, SCHEMA } from '../../store/migrations/index.ts';
import { PglitePool } from '../../store/pglite/pool.ts';
import type { Client } from '../golden/journals/story.ts';
import { freshDatabase } from './stores.ts';

/** A database as an older release made it, to be written to as that release did, and to be opened by this one. */
export interface OlderDatabase {
  /** One connection of the older release. */
  readonly client: Client;
  /** Today's store on it, which brings it up to this release. */
  open(): Promise<OpenStore>;
  /** Brings it up to this release while the older one's connection stays. */
  bringUp(): Promise<void>;
  close(): Promise<void>;
}

export type Place = 'PGlite' | 'PostgreSQL';
const SEARCH_PATH = `set search_path to ${SCHEMA}, bullmq, public`;

export async function olderDatabase(place: Place, migration: string): Promise<OlderDatabase> {
  return place === 'PGlite' ? onPglite(migration) : onPostgres(migration);
}

async function onPglite(migration: string): Promise<OlderDatabase> {
  const db = await PGlite.create({ parsers: { 20: (text) => text } });
  await db.exec(SEARCH_PATH);
  const pool = new PglitePool(db);
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await migrate(kysely, migration);
  return {
    client: await pool.connect(),
    bringUp: () => migrate(kysely),
    open: async () => openStore({ kind: 'memory', image: await db.dumpDataDir('none') }, { log: silentLogger }),
    close: () => db.close(),
  };
}

async function onPostgres(migration: string): Promise<OlderDatabase> {
  const url = await freshDatabase();
  const onConnect = async (client: pg.ClientBase) => void (await client.query(SEARCH_PATH));
  const pool = new pg.Pool({ connectionString: url, onConnect });
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await migrate(kysely, migration);
  const client = await pool.connect();
  return {
    client,
    bringUp: () => migrate(kysely),
    open: () => openStore({ kind: 'postgres', url }, { log: silentLogger }),
    close: async () => {
      client.release();
      await kysely.destroy();
    },
  };
}

/** Up to that migration, or to the newest. */
async function migrate(db: Kysely<unknown>, upTo?: string): Promise<void> {
  const provider = { getMigrations: async () => ({ ...migrations }) };
  const migrator = new Migrator({ db, provider, migrationTableSchema: SCHEMA });
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (error) throw error;
}
