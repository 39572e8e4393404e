import { readdir, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { MortalServer } from '../servers/index.ts';

/** What `redis-cli` would do: one command on a connection of its own. */
export async function tellRedis<T>(url: string, tell: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  try {
    return await tell(redis);
  } finally {
    redis.disconnect();
  }
}

/** Settings of a Redis that keeps what it was told in a file; `cutTail` cuts it. */
export const KEPT_IN_FILE = ['--appendonly', 'yes', '--appendfsync', 'always'];

/** Kills a Redis that works in `folder`, takes so many bytes from the end of its file, and starts it again; how many it took. */
export async function cutTail(server: MortalServer, folder: string, bytes: number): Promise<number> {
  await server.kill();
  const kept = path.join(folder, 'appendonlydir');
  const newest = (await readdir(kept))
    .filter((name) => name.endsWith('.incr.aof'))
    .sort()
    .at(-1);
  if (!newest) throw new Error('Redis keeps no file.');
  const file = path.join(kept, newest);
  const { size } = await stat(file);
  await truncate(file, Math.max(size - bytes, 0));
  await server.start();
  return Math.min(size, bytes);
}

/** Lets a Redis take no byte more than it holds now. */
export async function fill(url: string): Promise<void> {
  await tellRedis(url, async (redis) => {
    const used = Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
    await redis.config('SET', 'maxmemory', String(used));
  });
}

/** What a Redis without room does with what it holds: `noeviction`, `allkeys-random` and so on. */
export async function setPolicy(url: string, policy: string): Promise<void> {
  await tellRedis(url, (redis) => redis.config('SET', 'maxmemory-policy', policy));
}

export async function makeRoom(url: string): Promise<void> {
  await tellRedis(url, (redis) => redis.config('SET', 'maxmemory', '0'));
}

/** Ends every other connection to this database, in whatever statement or transaction it is; how many. */
export async function endConnections(url: string): Promise<number> {
  return askPostgres(url, async (client) => {
    const ended = await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return ended.rowCount ?? 0;
  });
}

/** Log files that a server keeps ready. */
const SPARE_LOGS = 8;

/** Has a server begin new log files until it has none ready and needs room for one; one that goes down by it is down. */
export async function useUpLogs(url: string): Promise<void> {
  for (let used = 0; used < SPARE_LOGS; used++) {
    const began = await askPostgres(url, (client) => client.query('select txid_current(), pg_switch_wal()')).then(
      () => true,
      () => false,
    );
    if (!began) return;
  }
}

/** Takes all connections that are left on the server and gives them back with the function it answers. */
export async function takeAllConnections(url: string): Promise<() => Promise<void>> {
  const taken: pg.Client[] = [];
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      taken.push(client);
    } catch {
      break;
    }
  }
  return async () => {
    await Promise.all(taken.map((client) => client.end()));
  };
}

async function askPostgres<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // One that ends while it waits fails what it was asked, too.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}
