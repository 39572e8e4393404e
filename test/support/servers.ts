import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { hasPostgres, hasRedis, startPostgres, startRedis } from '../../chaos/servers/index.ts';
import { cachedImage } from './pgliteImage.ts';

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
  return [...(hasPostgres() ? [] : ['postgresql']), ...(hasRedis() ? [] : ['redis-server'])];
}
