import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { Control, Fault, Need, Profile, Site } from '../fault.ts';
import { startRedis } from '../servers/index.ts';
import {
  cutTail,
  endConnections,
  fill,
  makeRoom,
  setPolicy,
  takeAllConnections,
  tellRedis,
  useUpLogs,
} from './damage.ts';
import {
  type OwnPostgres,
  type OwnRedis,
  type OwnServers,
  ownPostgres,
  ownRedis,
  portOf,
  serversOf,
} from './places.ts';

/** How long a server stays away: longer than a lease of the workers struck here. */
const AWAY_MS = 5000;
const AWAY_LONG_MS = 60_000;

/** Letters posted before the damage is done. */
const FIRST_FEW = 10;

interface Damage {
  readonly name: string;
  readonly profiles?: readonly Profile[];
  readonly needs?: readonly Need[];
  readonly tasks?: (point: string) => number;
  readonly smallDisk?: boolean;
  /** What is done to the servers while workers are at work, until they are sound again. */
  inflict(servers: OwnServers, site: Site, point: string): Promise<void>;
  points?(quick: boolean): readonly string[];
}

/** Letters are posted by two workers; after the first few the servers are damaged and mended. */
const DAWDLES_SECONDS = 0.5;

function serverFault(damage: Damage): Fault {
  const { name, profiles = ['redis'], needs, tasks = () => 60, smallDisk = false, inflict } = damage;
  const isRecord = profiles === RECORD;
  const control: Control = { point: 'under load', without: 'record' };
  return {
    name,
    profiles,
    ...(needs && { needs }),
    points: ({ quick }) => damage.points?.(quick) ?? ['under load'],
    controls: ({ quick }) => [{ ...control, point: damage.points?.(quick)[0] ?? control.point }],
    places: isRecord ? ownPostgres({ smallDisk }) : ownRedis,
    async strike(site, point) {
      await site.accept(tasks(point), 'letter');
      // Letters are taken and not answered yet whenever it strikes.
      if (isRecord) site.dawdle(DAWDLES_SECONDS);
      await Promise.all([site.startWorker({ concurrency: 4 }), site.startWorker({ concurrency: 4 })]);
      while (site.posted() < FIRST_FEW) await pass(50);
      await inflict(serversOf(site), site, point);
      site.dawdle(0);
    },
  };
}

const RECORD: readonly Profile[] = ['postgres', 'redis'];

function redisOf({ redis }: OwnServers): OwnRedis {
  if (!redis) throw new Error('This run has no Redis of its own.');
  return redis;
}

function postgresOf({ postgres }: OwnServers): OwnPostgres {
  if (!postgres) throw new Error('This run has no PostgreSQL of its own.');
  return postgres;
}

const flushed = serverFault({
  name: 'redis-flushed',
  points: (quick) => (quick ? ['100 in flight'] : ['1000 in flight']),
  tasks: (point) => Number.parseInt(point, 10),
  inflict: async (servers) => {
    await tellRedis(redisOf(servers).server.url, (redis) => redis.flushall());
  },
});

const tailCut = serverFault({
  name: 'redis-killed-tail-lost',
  inflict: async (servers) => {
    const { server, folder } = redisOf(servers);
    if ((await cutTail(server, folder, 64 * 1024)) === 0) throw new Error('Nothing was cut.');
  },
});

const full = serverFault({
  name: 'redis-full',
  inflict: async (servers, site) => {
    const { url } = redisOf(servers).server;
    await fill(url);
    await site.accept(20, 'letter');
    await pass(AWAY_MS);
    await makeRoom(url);
  },
});

/** Set to throw away what it has no room for: tickets go, and a worker that starts meanwhile is refused. */
const evicts = serverFault({
  name: 'redis-evicts',
  inflict: async (servers, site) => {
    const { url } = redisOf(servers).server;
    await setPolicy(url, 'allkeys-random');
    await fill(url);
    await site.accept(40, 'letter');
    if (!site.without) await mustBeRefused(site);
    await pass(AWAY_MS);
    await setPolicy(url, 'noeviction');
    await makeRoom(url);
  },
});

async function mustBeRefused(site: Site): Promise<void> {
  const started = await site.startWorker().then(
    () => true,
    () => false,
  );
  if (started) throw new Error('A worker started on a Redis that throws tickets away.');
}

/** Another Redis, which has none of the tickets, takes the first one's place and later gives it back as it was left. */
const failover = serverFault({
  name: 'redis-failover-writes-lost',
  inflict: async (servers, site) => {
    const { server, wire } = redisOf(servers);
    const folder = path.join(site.folder, 'redis-other');
    await mkdir(folder, { recursive: true });
    const other = await startRedis(folder);
    try {
      wire.leadTo(portOf(other));
      await site.accept(20, 'letter');
      await pass(AWAY_MS);
    } finally {
      wire.leadTo(portOf(server));
      await other.kill();
    }
  },
});

const cutOff = serverFault({
  name: 'redis-cut-off',
  points: (quick) => (quick ? ['5 s'] : ['5 s', '60 s']),
  inflict: async (servers, site, point) => {
    const { server, wire } = redisOf(servers);
    wire.cut();
    await site.accept(20, 'letter');
    await pass(point === '60 s' ? AWAY_LONG_MS : AWAY_MS);
    wire.leadTo(portOf(server));
  },
});

/** Packets vanish, and neither side is told: what was asked before is never answered. Or whoever asks is refused. */
const recordCutOff = serverFault({
  name: 'postgres-cut-off',
  profiles: RECORD,
  points: (quick) => (quick ? ['silent for 5 s'] : ['silent for 60 s', 'refused for 60 s']),
  inflict: async (servers, _site, point) => {
    const { server, wire } = postgresOf(servers);
    const isSilent = point.startsWith('silent');
    if (isSilent) wire.swallow('everything');
    else wire.cut();
    await pass(point.endsWith(' 60 s') ? AWAY_LONG_MS : AWAY_MS);
    if (isSilent) wire.carry();
    else wire.leadTo(portOf(server));
  },
});

const restarted = serverFault({
  name: 'postgres-restarted',
  profiles: RECORD,
  points: (quick) => (quick ? ['as by a power cut'] : ['as by a power cut', 'politely']),
  inflict: async (servers, _site, point) => {
    const { server } = postgresOf(servers);
    await (point === 'politely' ? server.stop() : server.kill());
    await pass(AWAY_MS);
    await server.start();
  },
});

const connectionsEnded = serverFault({
  name: 'postgres-connections-killed',
  profiles: RECORD,
  tasks: () => 120,
  inflict: async (servers, site) => {
    const { database } = postgresOf(servers);
    // In quick succession, while the work is not over yet.
    for (let round = 0; round < 6; round++) {
      await pass(300 * site.random());
      await endConnections(database);
    }
  },
});

const exhausted = serverFault({
  name: 'postgres-out-of-connections',
  profiles: RECORD,
  inflict: async (servers) => {
    const { server, database } = postgresOf(servers);
    await endConnections(database);
    const giveBack = await takeAllConnections(server.url);
    await pass(AWAY_MS);
    await giveBack();
  },
});

/** What could not be written down on the full disk may have brought the server down; then it is started again. */
const diskFull = serverFault({
  name: 'postgres-disk-full',
  profiles: RECORD,
  needs: ['root'],
  smallDisk: true,
  // Filling the disk takes a moment, in which many are posted.
  tasks: () => 80,
  inflict: async (servers) => {
    const { server, disk } = postgresOf(servers);
    await disk?.fill();
    await useUpLogs(server.url);
    await pass(AWAY_MS);
    await disk?.makeRoom();
    await server.kill();
    await server.start();
  },
});

/** What can happen to Redis and PostgreSQL. */
export const serverFaults: readonly Fault[] = [
  ...[flushed, tailCut, full, evicts, failover, cutOff],
  ...[recordCutOff, restarted, connectionsEnded, exhausted, diskFull],
];
