import { createPostgresBackend, type PgPool, runMigrations, withBackend } from 'bullmq';
import { SystemException } from '#core';
import type { DatabasePool } from '#store';
import { type Lanes, WORKER_SETTINGS } from './lanes.ts';

/** Connections that statements need beside those that listen. */
const FOR_STATEMENTS = 4;

const bull = withBackend(createPostgresBackend);

/** Lanes in the store's own database, on its pool; the same code on a server and on embedded PGlite. */
export async function postgresLanes(pool: DatabasePool): Promise<Lanes> {
  await migrate(pool);
  // BullMQ declares its own shape of a pool; pg's differs from it in how listeners are typed, not in what it does.
  const connection = pool as PgPool;
  const streams = { events: { maxLen: 100 } };
  let listening = 0;
  return {
    queue: (name) => new bull.Queue(name, { connection, streams }),
    worker: (name, concurrency, onTicket) => {
      refuseTooMany(++listening, pool);
      return new bull.Worker(name, onTicket, { connection, concurrency, ...WORKER_SETTINGS });
    },
    close: async () => undefined,
  };
}

/** BullMQ leaves the tables of a pool it was handed to whoever handed it over. */
async function migrate(pool: DatabasePool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
}

/** Each worker keeps a connection to listen on: the last ones would find none, and the statements neither. */
function refuseTooMany(listening: number, pool: DatabasePool): void {
  if (!('max' in pool.options) || listening + FOR_STATEMENTS <= pool.options.max) return;
  throw new SystemException(
    'too-few-connections',
    `${listening} bots or more need at least ${listening + FOR_STATEMENTS} connections; set REKEY_CONNECTIONS higher.`,
  );
}
