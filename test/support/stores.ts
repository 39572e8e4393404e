import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { silentLogger } from '#core';
import { type OpenStore, openStore } from '#store';

const quiet = { log: silentLogger };

/** A store of the test's own in memory, open in under a second. */
export async function memoryStore(): Promise<OpenStore> {
  return openStore({ kind: 'memory', image: await openAsBlob(inject('pgliteImage')) }, quiet);
}

export async function folderStore(): Promise<OpenStore> {
  return openStore({ kind: 'embedded', folder: await mkdtemp(join(tmpdir(), 'rekey-store-')) }, quiet);
}

export async function postgresStore(limits: { readonly connections?: number } = {}): Promise<OpenStore> {
  return openStore({ kind: 'postgres', url: await freshDatabase(), ...limits }, quiet);
}

/** A new, empty database on the test run's server. */
export async function freshDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = name;
  return url.href;
}

/** Lets a running task's lease run out, as if its worker had been silent for an hour. */
export async function expire(store: OpenStore, task: string): Promise<void> {
  const pool: { query(text: string, values: unknown[]): Promise<unknown> } = store.pool;
  await pool.query("update tasks set lease_until = clock_timestamp() - interval '1 hour' where id = $1", [task]);
}
