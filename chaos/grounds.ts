import { randomUUID } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import { openStore, type StorePlace } from '#store';
import type { Ground, Profile } from './fault.ts';
import { freshDatabase, hasPostgres, hasRedis, startPostgres, startRedis } from './servers/index.ts';

/** What this machine lacks for a profile, as its package is called; undefined when nothing. */
export function missingFor(profile: Profile): string | undefined {
  if (profile !== 'embedded' && !hasPostgres()) return 'postgresql';
  if (profile === 'redis' && !hasRedis()) return 'redis-server';
  return undefined;
}

export interface Grounds {
  ground(profile: Profile): Promise<Ground>;
  close(): Promise<void>;
}

/** Grounds below a folder, opened as they are asked for; the profiles on servers share one PostgreSQL. */
export function openGrounds(folder: string): Grounds {
  const opened = new Map<string, Promise<Ground>>();
  const once = (name: string, open: () => Promise<Ground>): Promise<Ground> => {
    const ground = opened.get(name) ?? open();
    opened.set(name, ground);
    return ground;
  };
  const ground = (profile: Profile): Promise<Ground> =>
    once(profile, async () => {
      if (profile === 'embedded') return onFolders(path.join(folder, 'empty'));
      if (profile === 'postgres') return onPostgres(folder);
      return onRedis(folder, await ground('postgres'));
    });
  return {
    ground,
    close: async () => {
      for (const each of [...opened.values()].reverse()) await (await each).close();
    },
  };
}

async function onPostgres(folder: string): Promise<Ground> {
  const own = path.join(folder, 'postgres-server');
  await mkdir(own);
  const postgres = await startPostgres(own);
  const template = await freshDatabase(postgres.url);
  await migrate({ kind: 'postgres', url: template });
  return {
    places: async () => ({
      store: { kind: 'postgres', url: await freshDatabase(postgres.url, template) },
      dispatch: 'with-store',
    }),
    close: postgres.stop,
  };
}

async function onRedis(folder: string, record: Ground): Promise<Ground> {
  const redis = await startRedis(folder);
  return {
    places: async (own) => ({
      ...(await record.places(own)),
      dispatch: { kind: 'redis', url: redis.url, prefix: `{${randomUUID()}}` },
    }),
    close: redis.stop,
  };
}

async function onFolders(empty: string): Promise<Ground> {
  await migrate({ kind: 'embedded', folder: empty });
  return {
    places: async (folder) => {
      const own = path.join(folder, 'store');
      await cp(empty, own, { recursive: true });
      return { store: { kind: 'embedded', folder: own }, dispatch: 'with-store' };
    },
    close: async () => undefined,
  };
}

/** Makes all tables, those of the tickets too, and leaves. */
async function migrate(place: StorePlace): Promise<void> {
  const log = silentLogger;
  const store = await openStore(place, { log });
  const dispatch = await openDispatch({ kind: 'postgres', pool: store.pool }, { log });
  await dispatch.close();
  await store.close();
}
