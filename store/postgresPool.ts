import { Socket } from 'node:net';
import pg from 'pg';
import { type Logger, SystemException } from '#core';
import { SCHEMA } from './migrations/index.ts';

export interface PostgresLimits {
  /** Connections of this process, at the most: who finds none free waits. */
  readonly connections?: number;
  /** The longest a statement may take. */
  readonly statementSeconds?: number;
}

/** Our tables first, then BullMQ's, whose statements name theirs without a schema. */
export const SEARCH_PATH = `set search_path to ${SCHEMA}, bullmq, public`;
const CONNECTIONS = 24;
const STATEMENT_SECONDS = 15;
/** For the handshake, and for who waits until a connection is free; less where statements have less. */
const CONNECT_SECONDS = 10;

/**
 * A pool none of whose users waits for ever. The server breaks off a statement that takes too long and a transaction that
 * its client has forgotten, with the locks it holds; a connection whose packets vanish, which neither side is told of, is
 * found out by its silence (see `giveUpWhenSilent`), by the server through its keep-alive.
 */
export function postgresPool(url: string, limits: PostgresLimits, log: Logger): pg.Pool {
  const { connections = CONNECTIONS, statementSeconds = STATEMENT_SECONDS } = limits;
  const connectSeconds = Math.min(CONNECT_SECONDS, statementSeconds);
  return openPool({ url, connections, connectSeconds, log }, async (client) => {
    giveUpWhenSilent(client, statementSeconds);
    await client.query(serverLimits(statementSeconds));
  });
}

/** For what may take as long as it takes: bringing a large database up to a new release. */
export function unhurriedPool(url: string, log: Logger): pg.Pool {
  return openPool({ url, connections: 2, connectSeconds: CONNECT_SECONDS, log }, async () => undefined);
}

interface PoolOf {
  readonly url: string;
  readonly connections: number;
  readonly connectSeconds: number;
  readonly log: Logger;
}

function openPool(
  { url, connections, connectSeconds, log }: PoolOf,
  onConnect: (client: pg.ClientBase) => Promise<void>,
): pg.Pool {
  const pool = new pg.Pool({
    ...{ connectionString: url, max: connections, application_name: 'rekey' },
    ...{ connectionTimeoutMillis: connectSeconds * 1000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
    onConnect: async (client) => {
      // One that breaks in use fails its statement; without a listener it would end the process besides.
      client.on('error', (error) => log.warn({ error }, 'database connection lost'));
      await onConnect(client);
      await client.query(SEARCH_PATH);
    },
  });
  pool.setMaxListeners(0);
  // A connection that breaks while idle is replaced with the next query; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ error }, 'idle database connection lost'));
  return pool;
}

/** Set by statement, because poolers of connections refuse them when they connect. */
function serverLimits(statementSeconds: number): string {
  const ms = statementSeconds * 1000;
  const settings = {
    statement_timeout: ms,
    idle_in_transaction_session_timeout: ms / 2,
    tcp_user_timeout: ms * 2,
    tcp_keepalives_idle: statementSeconds,
    tcp_keepalives_interval: Math.ceil(statementSeconds / 3),
    tcp_keepalives_count: 3,
  };
  return Object.entries(settings)
    .map(([name, value]) => `set ${name} = ${Math.ceil(value)}`)
    .join('; ');
}

/**
 * Asks a connection that was silent as long as a statement may take for a sign of life, and gives it up when there is none
 * in half that time: whatever waits on it fails, and whether it was done has to be looked up. Idle ones and those that
 * listen are asked too.
 */
function giveUpWhenSilent(client: pg.ClientBase, statementSeconds: number): void {
  if (!(client instanceof pg.Client)) return;
  const { stream } = client.connection;
  if (!(stream instanceof Socket)) return;
  const ms = statementSeconds * 1000;
  let doubted = false;
  let said = 0;
  stream.on('data', () => {
    said = stream.bytesWritten;
    if (doubted) stream.setTimeout(ms);
    doubted = false;
  });
  stream.on('timeout', () => {
    if (doubted) return stream.destroy(silent(statementSeconds));
    doubted = true;
    stream.setTimeout(ms / 2);
    // One that owes an answer is asked already.
    if (said === stream.bytesWritten) client.query('select').catch(() => undefined);
  });
  stream.setTimeout(ms);
}

function silent(statementSeconds: number): SystemException {
  const seconds = Math.round(statementSeconds * 1.5);
  return new SystemException('database-silent', `Nothing was heard from the database for ${seconds} seconds.`);
}
