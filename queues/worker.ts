import {
  type BotCard,
  type Clock,
  Defect,
  type Dispatch,
  type Journal,
  type Lease,
  LeaseLost,
  type Logger,
  type Outcome,
  type Store,
  within,
} from '#core';
import { keepLease } from './heartbeat.ts';
import { outcomeOfError } from './unexpected.ts';

export interface WorkerOptions {
  readonly store: Store;
  readonly dispatch: Dispatch;
  readonly bot: BotCard;
  readonly concurrency: number;
  /** Runs the bot's code on the journal. Does not throw; what it throws all the same is treated by its class. */
  readonly perform: (lease: Lease, journal: Journal, signal: AbortSignal) => Promise<Outcome>;
  /** This worker's name, for the task's story. */
  readonly worker: string;
  readonly leaseSeconds?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface RunningWorker {
  /** Takes no more tasks, waits so long for those under way, then stops them and gives them back. */
  drain(seconds: number): Promise<void>;
}

/** How long a run may take to stop once it was told to. What does not stop is left to its lease's end. */
const STOP_SECONDS = 5;
/** Between tries to write an outcome down while the database is away. */
const FINISH_RETRY_SECONDS = 1;
const GIVEN_BACK: Outcome = { kind: 'retry', afterSeconds: 0, spendsAttempt: false, reason: 'worker-stopped' };

/** Told to a run that must stop because its worker does. */
class WorkerStops extends Error {}

/**
 * Works the lane of one bot:
 *
 *     idle ──ticket──> claim ──nothing open──> idle
 *       ^                │ lease
 *       │                v
 *       │             perform ──lease lost──> aborted, nothing written ──> claim
 *       │                │ outcome                (heartbeat renews the lease meanwhile)
 *       │                v
 *       └──draining── finish ──> claim            (a lane is worked until it is empty: a lost ticket stalls nothing)
 */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { store, dispatch, bot, concurrency, worker, leaseSeconds = 30, clock, log } = options;
  const underWay = new Set<AbortController>();
  let draining = false;

  const drawing = await dispatch.work(bot.name, concurrency, async () => {
    while (!draining) {
      const lease = await store.tasks.claim(bot, worker, leaseSeconds);
      if (!lease) return;
      const { task, run } = lease;
      await within({ bot: bot.name, run, task: task.id, attempt: task.attempt + 1 }, () => workOn(lease));
    }
  });

  async function workOn(lease: Lease): Promise<void> {
    const run = new AbortController();
    underWay.add(run);
    const heartbeat = keepLease(lease, { store, leaseSeconds, clock, log, onLost: (error) => run.abort(error) });
    try {
      const outcome = await outcomeOf(lease, run.signal);
      if (outcome) await writeDown(lease, outcome, run.signal);
    } finally {
      await heartbeat.stop();
      underWay.delete(run);
    }
  }

  async function outcomeOf(lease: Lease, signal: AbortSignal): Promise<Outcome | undefined> {
    const journal = store.tasks.journal(lease);
    try {
      return await options.perform(lease, journal, signal);
    } catch (error) {
      if (signal.reason instanceof WorkerStops) return GIVEN_BACK;
      if (signal.aborted || error instanceof LeaseLost) return undefined;
      log.error({ error }, 'run ended with an unexpected error');
      return outcomeOfError(error, lease, journal);
    }
  }

  /** Tries until it is written or the lease is lost: what was done must not be done again because the database was away. */
  async function writeDown(lease: Lease, outcome: Outcome, signal: AbortSignal): Promise<void> {
    try {
      await store.tasks.finish(lease, outcome);
    } catch (error) {
      if (error instanceof LeaseLost) return log.warn('outcome refused: the lease is no longer ours');
      if (error instanceof Defect && !isStoppedBy(outcome, error)) {
        return writeDown(lease, { kind: 'stop-bot', code: error.code, message: error.message }, signal);
      }
      if (signal.reason instanceof LeaseLost) return log.warn('outcome not written: the lease ran out');
      log.warn({ error }, 'outcome not written yet');
      await clock.sleep(FINISH_RETRY_SECONDS * 1000);
      return writeDown(lease, outcome, signal);
    }
    log.info({ outcome: outcome.kind }, 'run finished');
    // Who waits for an application is woken when it can be worked with again.
    const wakesByItself = outcome.kind === 'retry' && !outcome.throttled?.application;
    if (wakesByItself) await dispatch.ticket(bot.name, { delaySeconds: outcome.afterSeconds });
  }

  return {
    drain: async (seconds) => {
      draining = true;
      const closed = drawing.close();
      if (await settles(closed, seconds, clock)) return;
      for (const run of underWay) run.abort(new WorkerStops('This worker stops.'));
      if (!(await settles(closed, STOP_SECONDS, clock))) log.warn({ runs: underWay.size }, 'runs left to their lease');
    },
  };
}

function isStoppedBy(outcome: Outcome, { code }: Defect): boolean {
  return outcome.kind === 'stop-bot' && outcome.code === code;
}

async function settles(work: Promise<void>, seconds: number, clock: Clock): Promise<boolean> {
  const waiting = new AbortController();
  const timeout = clock.sleep(seconds * 1000, waiting.signal).then(
    () => false,
    () => true,
  );
  const settled = work.then(() => true);
  return Promise.race([settled, timeout]).finally(() => waiting.abort());
}
