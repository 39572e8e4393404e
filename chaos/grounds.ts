import { randomUUID } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import { openStore, type StorePlace } from '#store';
import type { Places, Profile } from './fault.ts';
import { freshDatabase, hasPostgres, hasRedis, startPostgres, startRedis } from './servers/index.ts';

/** Where runs of one profile take place: servers they share, and a fresh installation for each. */
export interface Ground {
  /** An empty, migrated installation; what of it lies in files lies below this folder. */
  places(folder: string): Promise<Places>;
  close(): Promise<void>;
}

/** What this machine lacks for a profile, as its package is called; undefined when nothing. */
export function missingFor(profile: Profile): string | undefined {
  if (profile !== 'embedded' && !hasPostgres()) return 'postgresql';
  if (profile === 'redis' && !hasRedis()) return 'redis-server';
  return undefined;
}

export async function openGround(profile: Profile, folder: string): Promise<Ground> {
  if (profile === 'embedded') return onFolders(path.join(folder, 'empty'));
  await mkdir(path.join(folder, 'postgres-server'));
  const postgres = await startPostgres(path.join(folder, 'postgres-server'));
  const template = await freshDatabase(postgres.url);
  await migrate({ kind: 'postgres', url: template });
  const store = async (): Promise<StorePlace> => ({
    kind: 'postgres',
    url: await freshDatabase(postgres.url, template),
  });
  if (profile === 'postgres') {
    return { places: async () => ({ store: await store(), dispatch: 'with-store' }), close: postgres.stop };
  }
  const redis = await startRedis(folder);
  return {
    places: async () => ({
      store: await store(),
      dispatch: { kind: 'redis', url: redis.url, prefix: `{${randomUUID()}}` },
    }),
    close: async () => {
      await redis.stop();
      await postgres.stop();
    },
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
