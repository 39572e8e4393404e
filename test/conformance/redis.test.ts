import { tmpdir } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import { startRedis } from '../support/redisServer.ts';

const quiet = { log: silentLogger };

it('refuses a Redis that throws tickets away when it is full', async () => {
  const redis = await startRedis(tmpdir(), '--maxmemory-policy', 'allkeys-lru');
  onTestFinished(() => redis.stop());
  const opening = openDispatch({ kind: 'redis', url: redis.url }, quiet);
  await expect(opening).rejects.toMatchObject({ kind: 'system', code: 'redis-evicts' });
});

it.each(['redis://127.0.0.1:1', 'redis://127.0.0.1:1,redis://127.0.0.1:2'])(
  'says so when there is no %s',
  async (url) => {
    const opening = openDispatch({ kind: 'redis', url }, quiet);
    await expect(opening).rejects.toMatchObject({ kind: 'system', code: 'redis-unreachable' });
  },
);
