import { Queue, Worker } from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import { type Logger, SystemException } from '#core';
import { type Lanes, WORKER_SETTINGS } from './lanes.ts';

/** In braces, so that a cluster keeps all our keys on one node, which BullMQ's scripts need. */
const PREFIX = '{rekey}';
const COMMAND_TIMEOUT_MS = 5000;

type Connection = Redis | Cluster;

/** Lanes on Redis or Redis Cluster. Refuses a Redis that would throw tickets away to make room. */
export async function redisLanes(place: { url: string; prefix?: string }, log: Logger): Promise<Lanes> {
  const { url, prefix = PREFIX } = place;
  // Issuing tickets fails fast while Redis is away; drawing them waits for it to come back.
  const issuing = connect(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  const drawing = connect(url, { maxRetriesPerRequest: null });
  const close = async () => {
    issuing.disconnect();
    drawing.disconnect();
  };
  for (const connection of [issuing, drawing]) {
    connection.on('error', (error) => log.warn({ error }, 'redis connection disturbed'));
  }
  try {
    await Promise.all([issuing.connect(), drawing.connect()]);
    await refuseEviction(issuing);
  } catch (error) {
    await close();
    if (error instanceof SystemException) throw error;
    throw new SystemException('redis-unreachable', 'Redis does not answer; check REDIS_URL and the server.', {
      cause: error,
    });
  }
  return {
    queue: (name) => new Queue(name, { connection: issuing, prefix }),
    worker: (name, concurrency, onTicket) =>
      new Worker(name, onTicket, { connection: drawing, prefix, concurrency, ...WORKER_SETTINGS }),
    close,
  };
}

interface Settings {
  readonly maxRetriesPerRequest: number | null;
  readonly enableOfflineQueue?: boolean;
  readonly commandTimeout?: number;
}

function connect(url: string, settings: Settings): Connection {
  const nodes = url.split(',').map((node) => node.trim());
  if (nodes.length === 1) return new Redis(nodes[0]!, { ...settings, lazyConnect: true });
  return connectCluster(nodes, settings);
}

/** A cluster that never answered is an error at the start; one that did is waited for. */
function connectCluster(nodes: string[], settings: Settings): Cluster {
  let answered = false;
  const cluster = new Cluster(nodes, {
    redisOptions: settings,
    lazyConnect: true,
    clusterRetryStrategy: (times) => (answered || times < 3 ? Math.min(100 * times, 2000) : null),
  });
  return cluster.once('ready', () => {
    answered = true;
  });
}

async function refuseEviction(connection: Connection): Promise<void> {
  const memory = await connection.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  throw new SystemException(
    'redis-evicts',
    `Redis drops keys when it is full (maxmemory-policy ${policy}); set it to noeviction.`,
  );
}
