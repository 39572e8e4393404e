import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Fault, OwnPlaces, Places, Site } from '../fault.ts';
import { freshDatabase, type MortalServer, startPostgres, startRedis } from '../servers/index.ts';
import { KEPT_IN_FILE } from './damage.ts';
import { openWire, type Wire } from './proxy.ts';
import { openSmallDisk, type SmallDisk } from './smallDisk.ts';

/** Servers of one run, to be damaged. */
export interface OwnServers {
  readonly postgres: MortalServer;
  /** Address of the run's database. */
  readonly database: string;
  /** The disk of PostgreSQL, where it has one of its own. */
  readonly disk?: SmallDisk;
  readonly redis?: { readonly server: MortalServer; readonly folder: string; readonly wire: Wire };
}

/** Enough for an empty installation, and soon full. */
const SMALL_DISK_MB = 160;
const SMALL_LOG = { max_wal_size: '48MB', min_wal_size: '32MB' };
/** So that all connections can be taken; without a socket file, whose path may be too long in a run's folder. */
const FEW_CONNECTIONS = { max_connections: '60', unix_socket_directories: '' };

const servers = new WeakMap<Places, OwnServers>();

/** The servers that `ownPlaces` started for this run. */
export function serversOf({ places }: Site): OwnServers {
  const own = servers.get(places);
  if (!own) throw new Error('This run has no servers of its own.');
  return own;
}

/** Places on servers that are started for the run; Redis keeps a file, and is reached over a wire that can be cut. */
export function ownPlaces({ smallDisk = false } = {}): NonNullable<Fault['places']> {
  return async ({ profile, folder }) => {
    const below = async (name: string) => {
      await mkdir(path.join(folder, name), { recursive: true });
      return path.join(folder, name);
    };
    const disk = smallDisk ? await openSmallDisk(SMALL_DISK_MB) : undefined;
    const settings = { fsync: 'off', ...FEW_CONNECTIONS, ...(disk && SMALL_LOG) };
    const postgres = await startPostgres(disk?.folder ?? (await below('postgres-server')), settings);
    const database = await freshDatabase(postgres.url);
    const redis = profile === 'redis' ? await startWiredRedis(await below('redis-server')) : undefined;
    const places: OwnPlaces = {
      store: { kind: 'postgres', url: database },
      dispatch: redis ? { kind: 'redis', url: `redis://127.0.0.1:${redis.wire.port}` } : 'with-store',
      close: async () => {
        await redis?.wire.close();
        await redis?.server.kill();
        await postgres.kill();
        await disk?.close();
      },
    };
    servers.set(places, { postgres, database, ...(disk && { disk }), ...(redis && { redis }) });
    return places;
  };
}

async function startWiredRedis(folder: string) {
  const server = await startRedis(folder, ...KEPT_IN_FILE);
  return { server, folder, wire: await openWire(portOf(server)) };
}

export function portOf({ url }: MortalServer): number {
  return Number(new URL(url).port);
}
