import { createPostgresBackend, type PgPool, runMigrations, withBackend } from 'bullmq';
import type { DatabasePool } from '#store';
import { type Lanes, WORKER_SETTINGS } from './lanes.ts';

const bull = withBackend(createPostgresBackend);

/** Lanes in the store's own database, on its pool; the same code on a server and on embedded PGlite. */
export async function postgresLanes(pool: DatabasePool): Promise<Lanes> {
  await migrate(pool);
  // BullMQ declares its own shape of a pool; pg's differs from it in how listeners are typed, not in what it does.
  const connection = pool as PgPool;
  const streams = { events: { maxLen: 100 } };
  return {
    queue: (name) => new bull.Queue(name, { connection, streams }),
    worker: (name, concurrency, onTicket) =>
      new bull.Worker(name, onTicket, { connection, concurrency, ...WORKER_SETTINGS }),
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
