import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { folderOf, freePort, idsOf, listed, type MortalServer, startServer } from './program.ts';

export interface PostgresServer extends MortalServer {
  /** Its data folder. */
  readonly data: string;
}

/** Nothing is kept through a power cut: for servers that end with what they were started for. */
const HASTY = { fsync: 'off' };
const LEAVE_MS = 20_000;
/** PostgreSQL's code for an object that somebody uses. */
const IN_USE = '55006';
const VERSIONS = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs: on the path, or the newest where Debian keeps them. */
function programs(): string | undefined {
  const newestFirst = listed(VERSIONS).sort((a, b) => Number(b) - Number(a));
  return folderOf(
    'initdb',
    newestFirst.map((version) => join(VERSIONS, version, 'bin')),
  );
}

export function hasPostgres(): boolean {
  return programs() !== undefined;
}

/** A PostgreSQL of one's own on a free port, its data below `folder`. Settings as in postgresql.conf. */
export async function startPostgres(
  folder: string,
  settings: Readonly<Record<string, string>> = HASTY,
): Promise<PostgresServer> {
  const bin = programs()!;
  // PostgreSQL refuses to run as root: then it runs as its own user.
  const owner = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  const data = join(folder, 'postgres');
  mkdirSync(data);
  if (owner) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
  const initdb = ['-D', data, '-U', 'rekey', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  // Waited for without holding up the process, in which others' wires and timers run.
  await promisify(execFile)(join(bin, 'initdb'), initdb, { ...owner, cwd: folder });
  const port = await freePort();
  const url = `postgres://rekey@127.0.0.1:${port}/postgres`;
  const all = { listen_addresses: '127.0.0.1', max_connections: '300', ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = await startServer(url, {
    name: 'PostgreSQL',
    start: () =>
      spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, ...options], {
        ...owner,
        cwd: folder,
        stdio: 'ignore',
      }),
    ask: () => query(url, 'select 1'),
    politely: 'SIGINT',
    rudely: 'SIGQUIT',
  });
  return { ...server, data };
}

/** A new database on that server, empty or a copy of one that nobody is connected to: its address. */
export async function freshDatabase(server: string, template?: string): Promise<string> {
  const name = `run_${randomUUID().replaceAll('-', '')}`;
  const from = template ? ` template ${new URL(template).pathname.slice(1)}` : '';
  await untilLeft(() => query(server, `create database ${name}${from}`));
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

/** Who has closed its connection to a template may stand in the server's list for a moment longer. */
async function untilLeft(create: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + LEAVE_MS;
  for (;;) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === IN_USE) || Date.now() > deadline) throw error;
      await pass(50);
    }
  }
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
