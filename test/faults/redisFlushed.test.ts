import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished, vi } from 'vitest';
import { silentLogger, systemClock } from '#core';
import { openDispatch, startReconciler, startWorker } from '#queues';
import type { OpenStore } from '#store';
import { ManualClock } from '../support/clocks.ts';
import { startRedis } from '../support/redisServer.ts';
import { postgresStore } from '../support/stores.ts';
import { someBot, submitted } from '../support/work.ts';

it('works every task once, though Redis forgets all tickets, before and in the middle of it, and tells that it mended it', async () => {
  const server = await startRedis(tmpdir());
  onTestFinished(() => server.stop());
  const store = await postgresStore();
  const log = silentLogger;
  const dispatch = await openDispatch({ kind: 'redis', url: server.url, prefix: `{${randomUUID()}}` }, { log });
  const bot = someBot();
  const submit = async (tasks: number) => {
    await Promise.all(
      Array.from({ length: tasks }, async () => {
        await submitted(store, bot);
        await dispatch.ticket(bot.name);
      }),
    );
  };
  await store.announceVersions([bot]);
  await submit(1000);
  await flush(server.url);

  const worked: string[] = [];
  const options = { store, dispatch, clock: systemClock, log };
  const worker = await startWorker({
    ...options,
    bot,
    concurrency: 2,
    worker: 'w1',
    perform: async ({ task }) => {
      worked.push(task.id);
      if (worked.length === 300) await flush(server.url);
      return { kind: 'done', output: null };
    },
  });
  const reconciler = startReconciler({ ...options, lanes: [bot.name], everySeconds: 0.3 });
  onTestFinished(async () => {
    await reconciler.stop();
    await worker.drain(1);
    await dispatch.close();
    await store.close();
  });
  const untilDone = (done: number) =>
    vi.waitFor(async () => expect(await store.tasks.counts(bot.name)).toMatchObject({ done }), { timeout: 120_000 });
  await untilDone(1000);
  await submit(10);
  await flush(server.url);
  await untilDone(1010);
  expect(new Set(worked).size).toBe(worked.length);
  expect(await store.mended()).toMatchObject([{ kind: 'tickets-lost', bot: bot.name }]);
});

it('tells of 1,000 that Redis forgot in one round of the reconciler at its usual pace: ten seconds', async () => {
  const server = await startRedis(tmpdir());
  const store = await postgresStore();
  const log = silentLogger;
  const dispatch = await openDispatch({ kind: 'redis', url: server.url, prefix: `{${randomUUID()}}` }, { log });
  const bot = someBot();
  await store.announceVersions([bot]);
  const clock = new ManualClock();
  const reconciler = startReconciler({ store, dispatch, lanes: [bot.name], clock, log });
  const worked: string[] = [];
  const worker = await startWorker({
    ...{ store, dispatch, bot, concurrency: 4, worker: 'w1', clock: systemClock, log },
    perform: async ({ task }) => {
      worked.push(task.id);
      return { kind: 'done', output: null };
    },
  });
  onTestFinished(async () => {
    await reconciler.stop();
    await worker.drain(1);
    await dispatch.close();
    await store.close();
    await server.stop();
  });
  // Its first round is over: the next one comes when its clock says so.
  await vi.waitFor(() => expect(clock.sleeping).toBe(1), { timeout: 30_000 });
  await Promise.all(Array.from({ length: 1000 }, () => submitted(store, bot)));
  // As they stand when Redis has forgotten their tickets: old enough to be missed.
  await queryOf(store)("update tasks set available_at = available_at - interval '11 seconds'");
  await flush(server.url);
  expect(await dispatch.tickets(bot.name)).toBe(0);

  await clock.pass(10_000);
  await vi.waitFor(async () => expect(await store.tasks.counts(bot.name)).toMatchObject({ done: 1000 }), {
    timeout: 120_000,
  });
  expect(new Set(worked).size).toBe(1000);
  expect(worked).toHaveLength(1000);
  expect(await store.mended()).toMatchObject([{ kind: 'tickets-lost', bot: bot.name, tasks: 1000 }]);
});

function queryOf({ pool }: OpenStore): (text: string) => Promise<unknown> {
  const asking: { query(text: string): Promise<unknown> } = pool;
  return (text) => asking.query(text);
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushall();
  redis.disconnect();
}
