import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Fault, OwnPlaces, Places, Site } from '../fault.ts';
import { freshDatabase, type MortalServer, startPostgres, startRedis } from '../servers/index.ts';
import { KEPT_IN_FILE } from './damage.ts';
import { openWire, type Wire } from './proxy.ts';
import { openSmallDisk, type SmallDisk } from './smallDisk.ts';

export interface OwnRedis {
  readonly server: MortalServer;
  readonly folder: string;
  readonly wire: Wire;
}

export interface OwnPostgres {
  readonly server: MortalServer;
  /** Address of the run's database, past the wire. */
  readonly database: string;
  /** Over which the run reaches it. */
  readonly wire: Wire;
  /** Its disk, where it has one of its own. */
  readonly disk?: SmallDisk;
}

/** Servers of one run, to be damaged. */
export interface OwnServers {
  readonly postgres?: OwnPostgres;
  readonly redis?: OwnRedis;
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

/** The run's own Redis beside the shared PostgreSQL: it keeps a file, and is reached over a wire that can be cut. */
export const ownRedis: NonNullable<Fault['places']> = async ({ folder, ground }) => {
  const redis = await startWiredRedis(folder);
  const places: OwnPlaces = {
    ...(await ground.places(folder)),
    dispatch: placeOf(redis),
    close: () => endRedis(redis),
  };
  servers.set(places, { redis });
  return places;
};

/**
 * The run's own PostgreSQL, reached over a wire, and where the profile has one, the run's own Redis. A queue alone lies on PostgreSQL: on another
 * server it would not notice.
 */
export function ownPostgres({ smallDisk = false } = {}): NonNullable<Fault['places']> {
  return async ({ profile, folder, without }) => {
    const disk = smallDisk ? await openSmallDisk(SMALL_DISK_MB) : undefined;
    const settings = { fsync: 'off', ...FEW_CONNECTIONS, ...(disk && SMALL_LOG) };
    const postgres = await startPostgres(disk?.folder ?? (await below(folder, 'postgres-server')), settings);
    const database = await freshDatabase(postgres.url);
    const wire = await openWire(portOf(postgres));
    const redis = profile === 'redis' && !without ? await startWiredRedis(folder) : undefined;
    const places: OwnPlaces = {
      store: { kind: 'postgres', url: atPort(database, wire.port) },
      dispatch: redis ? placeOf(redis) : 'with-store',
      close: async () => {
        if (redis) await endRedis(redis);
        await wire.close();
        await postgres.kill();
        await disk?.close();
      },
    };
    const own = { server: postgres, database, wire, ...(disk && { disk }) };
    servers.set(places, { postgres: own, ...(redis && { redis }) });
    return places;
  };
}

async function below(folder: string, name: string): Promise<string> {
  await mkdir(path.join(folder, name), { recursive: true });
  return path.join(folder, name);
}

function placeOf({ wire }: OwnRedis) {
  return { kind: 'redis', url: `redis://127.0.0.1:${wire.port}` } as const;
}

async function endRedis({ wire, server }: OwnRedis): Promise<void> {
  await wire.close();
  await server.kill();
}

async function startWiredRedis(run: string): Promise<OwnRedis> {
  const folder = await below(run, 'redis-server');
  const server = await startRedis(folder, ...KEPT_IN_FILE);
  return { server, folder, wire: await openWire(portOf(server)) };
}

function atPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}

export function portOf({ url }: MortalServer): number {
  return Number(new URL(url).port);
}
