import { Redis } from 'ioredis';
import { expect, inject, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';

const quiet = { log: silentLogger };

it('refuses a Redis that throws tickets away when it is full', async () => {
  const redis = new Redis(inject('redisUrl'));
  onTestFinished(async () => {
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    redis.disconnect();
  });
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const opening = openDispatch({ kind: 'redis', url: inject('redisUrl') }, quiet);
  await expect(opening).rejects.toMatchObject({ kind: 'system', code: 'redis-evicts' });
});

it('says so when there is no Redis', async () => {
  const opening = openDispatch({ kind: 'redis', url: 'redis://127.0.0.1:1' }, quiet);
  await expect(opening).rejects.toMatchObject({ kind: 'system', code: 'redis-unreachable' });
});
