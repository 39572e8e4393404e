import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, vi } from 'vitest';
import { type BotCard, type Journal, silentLogger, systemClock } from '#core';
import { type DispatchPlace, openDispatch, startReconciler, startWorker, type WorkerOptions } from '#queues';
import { type OpenStore, openStore, type StorePlace } from '#store';
import { someBot, someReceipt, submitted } from './work.ts';

const log = silentLogger;
const PATIENCE = { timeout: 45_000, interval: 50 };

/** An installation whose bot writes one line into a book that nobody can see into but by looking, and its workers. */
export interface Office {
  readonly bot: BotCard;
  readonly store: OpenStore;
  /** What the book holds, by task. */
  readonly book: readonly string[];
  /** Submits so many, each with a ticket of its own. */
  submit(tasks: number): Promise<void>;
  /** Resolves when so many lines are in the book. */
  untilWritten(lines: number): Promise<void>;
  /** Resolves when so many tasks are done, and sees that each wrote its line once. */
  untilDone(tasks: number): Promise<void>;
}

export async function openOffice(
  place: StorePlace,
  dispatchOn: 'store' | Extract<DispatchPlace, { kind: 'redis' }>,
  options: { workers?: number; concurrency?: number; leaseSeconds?: number } = {},
): Promise<Office> {
  const { workers = 2, concurrency = 4, leaseSeconds = 3 } = options;
  const store = await openStore(place, { log });
  const dispatch = await openDispatch(
    dispatchOn === 'store' ? { kind: 'postgres', pool: store.pool } : { prefix: `{${randomUUID()}}`, ...dispatchOn },
    { log },
  );
  const bot = someBot();
  const book: string[] = [];
  const perform: WorkerOptions['perform'] = async ({ task }, journal) => {
    await journal.remember('look', 'step', 1);
    if ((await journal.effect('write'))?.state !== 'proven') await write(task.id, journal);
    return { kind: 'done', output: null };
  };
  const write = async (line: string, journal: Journal) => {
    await journal.intend({
      step: 'write',
      application: 'book',
      screen: 'line',
      key: line,
      record: null,
      quietSeconds: 0,
    });
    await journal.checkLease();
    if (!book.includes(line)) book.push(line);
    await journal.prove('write', someReceipt({ application: 'book' }));
  };
  const common = { store, dispatch, clock: systemClock, log };
  const started = await Promise.all(
    Array.from({ length: workers }, (_, n) =>
      startWorker({ ...common, bot, concurrency, worker: `w${n}`, leaseSeconds, perform }),
    ),
  );
  const reconciler = startReconciler({ ...common, lanes: [bot.name], everySeconds: 0.5 });
  onTestFinished(async () => {
    await reconciler.stop();
    await Promise.all(started.map((worker) => worker.drain(1)));
    await dispatch.close();
    await store.close();
  });
  return {
    ...{ bot, store, book },
    submit: async (tasks) => {
      await Promise.all(
        Array.from({ length: tasks }, async () => {
          await submitted(store, bot);
          await dispatch.ticket(bot.name);
        }),
      );
    },
    untilWritten: (lines) => vi.waitFor(() => expect(book.length).toBeGreaterThanOrEqual(lines), PATIENCE),
    untilDone: async (tasks) => {
      await vi.waitFor(async () => expect(await store.tasks.counts(bot.name)).toMatchObject({ done: tasks }), PATIENCE);
      expect(book).toHaveLength(tasks);
    },
  };
}
