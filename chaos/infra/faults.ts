import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { Fault, Need, Profile, Site } from '../fault.ts';
import { startRedis } from '../servers/index.ts';
import { BOT } from '../worker/bot.ts';
import { cutTail, endConnections, fill, makeRoom, takeAllConnections, tellRedis } from './damage.ts';
import { type OwnServers, ownPlaces, portOf, serversOf } from './places.ts';

/** How long a server stays away: longer than a lease of the workers struck here. */
const AWAY_MS = 5000;
const AWAY_LONG_MS = 60_000;

interface Damage {
  readonly name: string;
  readonly profiles?: readonly Profile[];
  readonly needs?: readonly Need[];
  readonly tasks?: number;
  readonly smallDisk?: boolean;
  /** What is done to the servers while workers are at work, until they are sound again. */
  inflict(servers: OwnServers, site: Site, point: string): Promise<void>;
  points?(quick: boolean): readonly string[];
}

/** Letters are posted by two workers; after the first few the servers are damaged and mended. */
function serverFault(damage: Damage): Fault {
  const { name, profiles = ['redis'], needs, tasks = 60, smallDisk = false, inflict } = damage;
  return {
    name,
    profiles,
    ...(needs && { needs }),
    points: ({ quick }) => damage.points?.(quick) ?? ['under load'],
    places: ownPlaces({ smallDisk }),
    async strike(site, point) {
      await site.accept(tasks, 'letter');
      await Promise.all([site.startWorker({ concurrency: 4 }), site.startWorker({ concurrency: 4 })]);
      await untilDone(site, Math.min(10, tasks / 4));
      await inflict(serversOf(site), site, point);
    },
  };
}

async function untilDone(site: Site, tasks: number): Promise<void> {
  const done = () => site.record(async (store) => (await store.tasks.counts(BOT)).done);
  while ((await done()) < tasks) await pass(200);
}

function redisOf({ redis }: OwnServers): NonNullable<OwnServers['redis']> {
  if (!redis) throw new Error('This profile has no Redis.');
  return redis;
}

const flushed = serverFault({
  name: 'redis-flushed',
  tasks: 1000,
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

const RECORD: readonly Profile[] = ['postgres', 'redis'];

const restarted = serverFault({
  name: 'postgres-restarted',
  profiles: RECORD,
  points: () => ['politely', 'as by a power cut'],
  inflict: async ({ postgres }, _site, point) => {
    await (point === 'politely' ? postgres.stop() : postgres.kill());
    await pass(AWAY_MS);
    await postgres.start();
  },
});

const connectionsEnded = serverFault({
  name: 'postgres-connections-killed',
  profiles: RECORD,
  inflict: async ({ database }, site) => {
    for (let round = 0; round < 6; round++) {
      await pass(1000 * (0.2 + site.random()));
      await endConnections(database);
    }
  },
});

const exhausted = serverFault({
  name: 'postgres-out-of-connections',
  profiles: RECORD,
  inflict: async ({ postgres, database }) => {
    await endConnections(database);
    const giveBack = await takeAllConnections(postgres.url);
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
  inflict: async ({ postgres, disk }) => {
    await disk?.fill();
    await pass(AWAY_MS);
    await disk?.makeRoom();
    await postgres.kill();
    await postgres.start();
  },
});

/** What can happen to Redis and PostgreSQL. */
export const serverFaults: readonly Fault[] = [
  ...[flushed, tailCut, full, failover, cutOff],
  ...[restarted, connectionsEnded, exhausted, diskFull],
];
