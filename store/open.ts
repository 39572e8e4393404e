import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type pg from 'pg';
import { type BotCard, type Logger, type Mended, type Store, SystemException } from '#core';
import { accessStore } from './access.ts';
import { calendarStore } from './calendars.ts';
import { credentialStore } from './credentials.ts';
import { erasureStore } from './erasure.ts';
import { eventStore } from './events.ts';
import { sumUp } from './figures.ts';
import { isAsleep, type OpenLane, openLanes } from './lanes.ts';
import { layoutMemory } from './memory.ts';
import { mended, noteMended } from './mended.ts';
import { migrate } from './migrations/index.ts';
import { humanQueue } from './people.ts';
import { endLeases } from './pglite/endLeases.ts';
import { lockFolder } from './pglite/folderLock.ts';
import { PglitePool } from './pglite/pool.ts';
import { type PostgresLimits, postgresPool, SEARCH_PATH, unhurriedPool } from './postgresPool.ts';
import { prepared } from './prepared.ts';
import { haltedOf } from './rows.ts';
import { scheduleStore } from './schedules.ts';
import type { Db, Tables } from './schema.ts';
import { seenPapers } from './seenPapers.ts';
import { taskStore } from './tasks.ts';
import { databaseTime } from './time.ts';
import { trustStore } from './trust.ts';
import { announceVersions, type MarkedTasks } from './versions.ts';

/** Where the record lies. `memory` is for tests: gone when closed, fast to open from an image (see `memoryImage`). */
export type StorePlace =
  | { readonly kind: 'embedded'; readonly folder: string }
  | ({ readonly kind: 'postgres'; readonly url: string } & PostgresLimits)
  | { readonly kind: 'memory'; readonly image?: Blob };

/** The pool all of the process shares, BullMQ's PostgreSQL backend included. */
export type DatabasePool = pg.Pool | PglitePool;

export interface OpenStore extends Store {
  readonly pool: DatabasePool;
  /** Counts what has ended since it was last counted, which figures are the slower for; how many events it went through. */
  sumUp(): Promise<number>;
  /** Lanes with work that could be taken now, for the reconciler. */
  openLanes(): Promise<readonly OpenLane[]>;
  /** Whether a task of that bot that some worker could take has been left lying for so long. */
  isAsleep(bot: string, seconds: number): Promise<boolean>;
  /** Keeps down what was set right; what several processes find within `onceInSeconds` counts once. */
  noteMended(what: Pick<Mended, 'kind' | 'bot' | 'tasks'>, onceInSeconds: number): Promise<void>;
  /** Which versions of bots are worked here; open tasks that nobody can go on with are marked so. */
  announceVersions(bots: readonly BotCard[]): Promise<MarkedTasks>;
}

export async function openStore(place: StorePlace, { log }: { log: Logger }): Promise<OpenStore> {
  switch (place.kind) {
    case 'postgres':
      return openPostgres(place.url, place, log);
    case 'embedded':
      return openEmbedded(place.folder);
    case 'memory':
      return openOn(await createPglite(place.image ? { loadDataDir: place.image } : {}));
  }
}

/** An empty, migrated database in memory, as an image from which further ones open in a fraction of the time. */
export async function memoryImage(): Promise<Blob> {
  const db = await createPglite({});
  const store = await openOn(db);
  const image = await db.dumpDataDir('none');
  await store.close();
  return image;
}

async function openPostgres(url: string, limits: PostgresLimits, log: Logger): Promise<OpenStore> {
  await migratePostgres(url, log);
  const pool = postgresPool(url, limits, log);
  return storeOn(recordOn(prepared(pool)), pool, async () => undefined);
}

async function migratePostgres(url: string, log: Logger): Promise<void> {
  const pool = unhurriedPool(url, log);
  const db = recordOn(pool);
  try {
    await reach(pool);
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

async function reach(pool: pg.Pool): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (error) {
    throw new SystemException('store-unreachable', 'The database does not answer; check DATABASE_URL and the server.', {
      cause: error,
    });
  }
}

async function openEmbedded(folder: string): Promise<OpenStore> {
  const lock = await lockFolder(join(folder, 'database.lock'));
  try {
    const db = await createPglite({ dataDir: join(folder, 'database') });
    const store = await openOn(db, () => lock.release());
    await endLeases(db);
    return store;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** `int8` as text, as `pg` gives it. */
function createPglite(options: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> {
  return PGlite.create({ ...options, parsers: { 20: (text) => text } });
}

async function openOn(database: PGlite, afterClose: () => Promise<void> = async () => undefined): Promise<OpenStore> {
  await database.exec(SEARCH_PATH);
  const pool = new PglitePool(database);
  const db = recordOn(pool);
  const closed = async () => {
    await database.close();
    await afterClose();
  };
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    await closed();
    throw error;
  }
  return storeOn(db, pool, closed);
}

function recordOn(pool: PostgresPool): Db {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** On a database that stands as this release needs it. */
function storeOn(db: Db, pool: DatabasePool, closed: () => Promise<void>): OpenStore {
  return {
    pool,
    tasks: taskStore(db),
    people: humanQueue(db),
    schedules: scheduleStore(db),
    calendars: calendarStore(db),
    events: eventStore(db),
    memory: layoutMemory(db),
    papers: seenPapers(db),
    trust: trustStore(db),
    credentials: credentialStore(db),
    access: accessStore(db),
    erasure: erasureStore(db),
    sumUp: () => sumUp(db),
    openLanes: () => openLanes(db),
    isAsleep: (bot, seconds) => isAsleep(db, bot, seconds),
    noteMended: (what, onceInSeconds) => noteMended(db, what, onceInSeconds),
    mended: () => mended(db),
    announceVersions: (bots) => announceVersions(db, bots),
    halted: async () => (await db.selectFrom('halted_bots').selectAll().orderBy('at').execute()).map(haltedOf),
    resume: async (bot) => {
      const resumed = await db.deleteFrom('halted_bots').where('bot', '=', bot).returning('version').execute();
      return resumed.length > 0;
    },
    now: () => databaseTime(db),
    close: async () => {
      await db.destroy();
      await closed();
    },
  };
}
