import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { BusinessException, Defect, type Outcome, silentLogger, systemClock } from '#core';
import { type OpenDispatch, openDispatch, startReconciler, startWorker, type WorkerOptions } from '#queues';
import type { OpenStore } from '#store';
import { expire, memoryStore } from '../support/stores.ts';
import { someBot, submitted } from '../support/work.ts';

const PATIENCE = { timeout: 20_000, interval: 25 };
const DONE: Outcome = { kind: 'done', output: null };

describe('a worker', () => {
  let store: OpenStore;
  let dispatch: OpenDispatch;
  beforeAll(async () => {
    store = await memoryStore();
    dispatch = await openDispatch({ kind: 'postgres', pool: store.pool }, { log: silentLogger });
  });
  afterAll(async () => {
    await dispatch.close();
    await store.close();
  });

  async function working(bot: WorkerOptions['bot'], changes: Partial<WorkerOptions>) {
    const perform = async () => DONE;
    const given = {
      store,
      dispatch,
      bot,
      concurrency: 1,
      worker: 'w1',
      clock: systemClock,
      log: silentLogger,
      perform,
    };
    const worker = await startWorker({ ...given, ...changes });
    onTestFinished(() => worker.drain(0));
    return worker;
  }
  const untilDone = (bot: string, tasks: number) =>
    vi.waitFor(async () => expect(await store.tasks.counts(bot)).toMatchObject({ done: tasks }), PATIENCE);

  it('works a lane until it is empty, with one ticket', async () => {
    const bot = someBot();
    for (let n = 0; n < 8; n++) await submitted(store, bot);
    await working(bot, {});
    await dispatch.ticket(bot.name);
    await untilDone(bot.name, 8);
  });

  it('shares a lane with another and no task is worked twice', async () => {
    const bot = someBot();
    for (let n = 0; n < 20; n++) await submitted(store, bot);
    const worked: string[] = [];
    const perform: WorkerOptions['perform'] = async ({ task }, journal) => {
      worked.push(task.id);
      await journal.remember('look', 'step', 1);
      return DONE;
    };
    await working(bot, { perform, worker: 'w1', concurrency: 3 });
    await working(bot, { perform, worker: 'w2', concurrency: 3 });
    for (let n = 0; n < 20; n++) await dispatch.ticket(bot.name);
    await untilDone(bot.name, 20);
    expect(new Set(worked).size).toBe(worked.length);
  });

  it('tries again when it is time, by a ticket of its own', async () => {
    const bot = someBot();
    await submitted(store, bot);
    const attempts: number[] = [];
    await working(bot, {
      perform: async ({ task }) => {
        attempts.push(task.attempt);
        const again = { kind: 'retry', afterSeconds: 0.2, spendsAttempt: true, reason: 'app-down' } as const;
        return attempts.length < 3 ? again : DONE;
      },
    });
    await dispatch.ticket(bot.name);
    await untilDone(bot.name, 1);
    expect(attempts).toEqual([0, 1, 2]);
  });

  it.each([
    ['a person decides', new BusinessException('no-order', 'No open order.'), { state: 'waiting', reason: 'no-order' }],
    ['it is tried again', new Error('fell over'), { state: 'ready', attempt: 1, reason: 'unknown-error' }],
    ['the bot stops', new Defect('step-twice', 'Named twice.'), { state: 'ready', reason: 'step-twice' }],
    ['the bot stops', new TypeError('x is not a function'), { state: 'ready', reason: 'bot-crashed' }],
  ])('treats what a run throws by its class: %s', async (_name, error, expected) => {
    const bot = someBot();
    const task = await submitted(store, bot);
    const perform = vi.fn<WorkerOptions['perform']>(() => Promise.reject(error));
    await working(bot, { perform });
    await dispatch.ticket(bot.name);
    await vi.waitFor(async () => expect(await store.tasks.get(task.id)).toMatchObject(expected), PATIENCE);
    expect(perform).toHaveBeenCalledOnce();
  });

  it('stops a bot whose output cannot be stored', async () => {
    const bot = someBot();
    const task = await submitted(store, bot);
    await working(bot, { perform: async () => ({ kind: 'done', output: new Date(0) }) });
    await dispatch.ticket(bot.name);
    await vi.waitFor(async () => {
      expect(await store.tasks.get(task.id)).toMatchObject({ state: 'ready', reason: 'value-not-plain' });
    }, PATIENCE);
  });

  it('stops a bot whose outcome the database refuses, instead of writing it for ever', async () => {
    const bot = someBot();
    const task = await submitted(store, bot);
    const reason = 'app\0down';
    await working(bot, { perform: async () => ({ kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason }) });
    await dispatch.ticket(bot.name);
    await vi.waitFor(async () => {
      expect(await store.tasks.get(task.id)).toMatchObject({ state: 'ready', reason: 'outcome-refused' });
    }, PATIENCE);
  });

  it('tries later to stop a bot when even that is refused', async () => {
    const bot = someBot();
    const task = await submitted(store, bot);
    let refusals = 2;
    const finish: OpenStore['tasks']['finish'] = async (lease, outcome) => {
      if (refusals-- > 0) throw new Defect('outcome-refused', 'Refused.');
      return store.tasks.finish(lease, outcome);
    };
    const sleep = vi.fn((ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 20, signal));
    const clock = { ...systemClock, sleep };
    await working(bot, { store: { ...store, tasks: { ...store.tasks, finish } }, clock });
    await dispatch.ticket(bot.name);
    await vi.waitFor(async () => {
      expect(await store.tasks.get(task.id)).toMatchObject({ state: 'ready', reason: 'outcome-refused' });
    }, PATIENCE);
    expect(sleep).toHaveBeenCalledWith(1000);
  });

  it('keeps a long run’s lease, and tells the run when it is lost', async () => {
    const bot = someBot();
    const task = await submitted(store, bot);
    const started = Promise.withResolvers<void>();
    const told = Promise.withResolvers<unknown>();
    await working(bot, {
      // Long enough that a busy machine renews it in time.
      leaseSeconds: 3,
      perform: (_lease, _journal, signal) => {
        started.resolve();
        signal.addEventListener('abort', () => told.resolve(signal.reason));
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    await dispatch.ticket(bot.name);
    await started.promise;
    const begun = performance.now();
    await vi.waitFor(async () => {
      expect(performance.now() - begun).toBeGreaterThan(4000);
      expect(await store.tasks.claim(bot, 'thief', 30)).toBeUndefined();
    }, PATIENCE);
    // The run may renew its lease in between, as long as nobody has taken it.
    await vi.waitFor(async () => {
      await expire(store, task.id);
      const thief = await store.tasks.claim(bot, 'thief', 30);
      expect(thief?.task.id).toBe(task.id);
    }, PATIENCE);
    expect(await told.promise).toMatchObject({ name: 'LeaseLost' });
  });

  it('finishes on draining what is under way and takes nothing new', async () => {
    const bot = someBot();
    for (let n = 0; n < 3; n++) await submitted(store, bot);
    const started = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const worker = await working(bot, {
      perform: async () => {
        started.resolve();
        await gate.promise;
        return DONE;
      },
    });
    await dispatch.ticket(bot.name);
    await started.promise;
    const drained = worker.drain(30);
    gate.resolve();
    await drained;
    expect(await store.tasks.counts(bot.name)).toMatchObject({ done: 1, ready: 2, running: 0 });
  });

  it('gives back on draining what takes too long, without spending an attempt', async () => {
    const bot = someBot();
    const task = await submitted(store, bot);
    const started = Promise.withResolvers<void>();
    const worker = await working(bot, {
      perform: (_lease, _journal, signal) => {
        started.resolve();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    await dispatch.ticket(bot.name);
    await started.promise;
    await worker.drain(0.1);
    expect(await store.tasks.get(task.id)).toMatchObject({ state: 'ready', attempt: 0, reason: 'worker-stopped' });
  });

  it('writes the outcome down when the database comes back', async () => {
    const bot = someBot();
    await submitted(store, bot);
    let refusals = 2;
    const finish: OpenStore['tasks']['finish'] = async (lease, outcome) => {
      if (refusals-- > 0) throw new Error('connection refused');
      return store.tasks.finish(lease, outcome);
    };
    const clock = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 20, signal) };
    await working(bot, { store: { ...store, tasks: { ...store.tasks, finish } }, clock });
    await dispatch.ticket(bot.name);
    await untilDone(bot.name, 1);
  });

  it('needs no ticket that arrived: the reconciler issues another', async () => {
    const bot = someBot();
    await submitted(store, bot);
    await working(bot, {});
    const reconciler = startReconciler({
      store,
      dispatch,
      lanes: [bot.name],
      everySeconds: 0.2,
      clock: systemClock,
      log: silentLogger,
    });
    onTestFinished(() => reconciler.stop());
    await untilDone(bot.name, 1);
  });
});
