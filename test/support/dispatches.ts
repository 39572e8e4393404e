import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import { type OpenStore, openStore } from '#store';
import type { DispatchUnderTest } from '../conformance/dispatch.ts';
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

export async function redisDispatch(): Promise<DispatchUnderTest> {
  const place = { kind: 'redis', url: inject('redisUrl'), prefix: `{${randomUUID()}}` } as const;
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
