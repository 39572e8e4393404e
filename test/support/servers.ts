import { execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, constants, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { cachedImage } from './pgliteImage.ts';
import { freePort, type Server, startRedis, stop, untilAnswers } from './redisServer.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A private PostgreSQL, ready to create databases in. */
    postgresUrl: string;
    /** A private Redis. */
    redisUrl: string;
    /** File with an empty, migrated PGlite. */
    pgliteImage: string;
  }
}

/** Real servers of this test run's own, on free ports, in a folder that goes with them. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  installMissing();
  const folder = mkdtempSync(join(tmpdir(), 'rekey-servers-'));
  const [postgres, redis, image] = await Promise.all([startPostgres(folder), startRedis(folder), cachedImage()]);
  project.provide('postgresUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  project.provide('pgliteImage', image);
  return async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}

async function startPostgres(folder: string): Promise<Server> {
  const bin = postgresFolder()!;
  const owner = serverUser();
  const data = join(folder, 'postgres');
  mkdirSync(data);
  if (owner) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
  const initdb = ['-D', data, '-U', 'rekey', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', fsync: 'off', max_connections: '300' };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), '-k', folder, ...options], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  });
  const url = `postgres://rekey@127.0.0.1:${port}/postgres`;
  await untilAnswers(server, 'PostgreSQL', async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect().finally(() => client.end());
  });
  return { url, stop: () => stop(server, 'SIGINT') };
}

/** Installs what is missing where that is possible, and says else what to install: a test that needs it is never left out. */
function installMissing(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { stdio: 'ignore' });
  } catch {
    // Said below.
  }
  if (missingPackages().length > 0) {
    throw new Error(`The tests need PostgreSQL and Redis: install ${missing.join(' and ')} and run them again.`);
  }
}

function missingPackages(): string[] {
  return [
    ...(postgresFolder() ? [] : ['postgresql']),
    ...(onPath('redis-server') && onPath('redis-cli') ? [] : ['redis-server']),
  ];
}

function postgresFolder(): string | undefined {
  const onPathToo = onPath('initdb');
  if (onPathToo) return onPathToo;
  const versions = listed('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join('/usr/lib/postgresql', version, 'bin')).find((bin) => isThere(bin, 'initdb'));
}

function onPath(program: string): string | undefined {
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
