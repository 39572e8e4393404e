import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, inject, vi } from 'vitest';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import { type OpenStore, openStore } from '#store';
import type { DispatchUnderTest } from '../conformance/dispatch.ts';
import { startRedis } from './redisServer.ts';
import { freshDatabase, memoryStore } from './stores.ts';

const quiet = { log: silentLogger };

export async function pgliteDispatch(): Promise<DispatchUnderTest> {
  const store = await memoryStore();
  return onStores(store, store);
}

export async function postgresDispatch(): Promise<DispatchUnderTest> {
  const url = await freshDatabase();
  const open = () => openStore({ kind: 'postgres', url }, quiet);
  return onStores(await open(), await open());
}

export function redisDispatch(): Promise<DispatchUnderTest> {
  return onRedis(inject('redisUrl'));
}

/** Two addresses make it a cluster's; here both are those of its only node. */
export async function clusterDispatch(): Promise<DispatchUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-cluster-'));
  const node = await startRedis(folder, '--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1');
  const client = new Redis(node.url);
  await client.cluster('ADDSLOTSRANGE', 0, 16383);
  await vi.waitFor(async () => expect(await client.cluster('INFO')).toContain('cluster_state:ok'), { timeout: 20_000 });
  client.disconnect();
  const opened = await onRedis(`${node.url},${node.url}`);
  return { ...opened, close: () => opened.close().finally(() => node.stop()) };
}

async function onRedis(url: string): Promise<DispatchUnderTest> {
  const place = { kind: 'redis', url, prefix: `{${randomUUID()}}` } as const;
  const [dispatch, neighbour] = [await openDispatch(place, quiet), await openDispatch(place, quiet)];
  return { dispatch, neighbour, close: () => closeAll([dispatch, neighbour]) };
}

async function onStores(one: OpenStore, two: OpenStore): Promise<DispatchUnderTest> {
  const dispatch = await openDispatch({ kind: 'postgres', pool: one.pool }, quiet);
  const neighbour = await openDispatch({ kind: 'postgres', pool: two.pool }, quiet);
  return { dispatch, neighbour, close: () => closeAll([dispatch, neighbour, ...new Set([one, two])]) };
}

async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close();
}
