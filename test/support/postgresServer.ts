import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { freePort, type Server, stop, untilAnswers } from './redisServer.ts';

export interface PostgresServer extends Server {
  /** Its data folder. */
  readonly data: string;
  /** As a power cut does: no checkpoint, no goodbye to its clients. */
  kill(): Promise<void>;
  /** On the same port and data folder, after `stop` or `kill`. */
  start(): Promise<void>;
}

/** Nothing is kept through a power cut: for tests, which end with their servers. */
const HASTY = { fsync: 'off' };

/** A PostgreSQL of one's own on a free port, its data below `folder`. Settings as in postgresql.conf. */
export async function startPostgres(
  folder: string,
  settings: Readonly<Record<string, string>> = HASTY,
): Promise<PostgresServer> {
  const bin = postgresFolder()!;
  const owner = serverUser();
  const data = join(folder, 'postgres');
  mkdirSync(data);
  if (owner) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
  const initdb = ['-D', data, '-U', 'rekey', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const url = `postgres://rekey@127.0.0.1:${port}/postgres`;
  const all = { listen_addresses: '127.0.0.1', max_connections: '300', ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess;
  const start = async () => {
    server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, ...options], {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    });
    await untilAnswers(server, 'PostgreSQL', async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect().finally(() => client.end());
    });
  };
  await start();
  return { url, data, start, stop: () => stop(server, 'SIGINT'), kill: () => stop(server, 'SIGQUIT') };
}

export function postgresFolder(): string | undefined {
  const onPathToo = onPath('initdb');
  if (onPathToo) return onPathToo;
  const versions = listed('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join('/usr/lib/postgresql', version, 'bin')).find((bin) => isThere(bin, 'initdb'));
}

export function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '').split(delimiter).find((folder) => isThere(folder, program));
}

function isThere(folder: string, program: string): boolean {
  try {
    accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** PostgreSQL refuses to run as root: then it runs as its own user. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
