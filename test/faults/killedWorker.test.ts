import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { silentLogger, systemClock } from '#core';
import { openDispatch, startReconciler, startWorker, type WorkerOptions } from '#queues';
import { openStore, type StorePlace } from '#store';
import { freshDatabase } from '../support/stores.ts';
import { someBot } from '../support/work.ts';

const log = silentLogger;

// On PGlite nobody waits for the lease to run out: who opens the folder is alone in it.
it.each<[string, number, () => Promise<StorePlace>]>([
  ['PostgreSQL', 1, async () => ({ kind: 'postgres', url: await freshDatabase() })],
  ['PGlite', 3600, async () => ({ kind: 'embedded', folder: await mkdtemp(join(tmpdir(), 'rekey-killed-')) })],
])('another worker goes on where one was killed, on %s', async (_name, leaseSeconds, makePlace) => {
  const place = await makePlace();
  const bot = someBot();
  const card = JSON.stringify(bot);
  const doomed = fork('test/support/leaseHolder/child.ts', [JSON.stringify(place), card, String(leaseSeconds)]);
  await once(doomed, 'message');
  doomed.kill('SIGKILL');
  await once(doomed, 'exit');

  const store = await openStore(place, { log });
  const dispatch = await openDispatch({ kind: 'postgres', pool: store.pool }, { log });
  const perform = vi.fn<WorkerOptions['perform']>(async (_lease, journal) => {
    const first = await journal.recall('first');
    const effect = await journal.effect('key');
    return { kind: 'done', output: { first: first?.value, effect: effect?.state } };
  });
  const options = { store, dispatch, clock: systemClock, log };
  const worker = await startWorker({ ...options, bot, concurrency: 2, worker: 'the next', perform });
  const reconciler = startReconciler({ ...options, lanes: [bot.name], everySeconds: 0.3 });
  onTestFinished(async () => {
    await reconciler.stop();
    await worker.drain(1);
    await dispatch.close();
    await store.close();
  });

  await vi.waitFor(async () => expect(await store.tasks.counts(bot.name)).toMatchObject({ done: 1 }), {
    timeout: 30_000,
    interval: 50,
  });
  const [task] = await store.tasks.list({ bot: bot.name });
  expect(task?.output).toEqual({ first: doomed.pid, effect: 'intended' });
  expect(perform).toHaveBeenCalledOnce();
  const story = await store.tasks.story(task!.id);
  expect(story?.events.map(({ kind }) => kind)).toContain('taken-over');
});
