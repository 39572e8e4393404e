import { type Clock, type Lease, LeaseLost, type Logger, type TaskStore } from '#core';

interface Heart {
  readonly store: { readonly tasks: Pick<TaskStore, 'renew'> };
  readonly leaseSeconds: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onLost: (error: LeaseLost) => void;
}

/**
 * Renews the lease every third of it. Lost means: another worker has it, or no renewal got through before it ran out,
 * so that another may have it. A database that is away for a moment is neither.
 */
export function keepLease(lease: Lease, heart: Heart): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const beating = beat(lease, heart, stopped.signal);
  return {
    stop: () => {
      stopped.abort();
      return beating;
    },
  };
}

async function beat(lease: Lease, { store, leaseSeconds, clock, log, onLost }: Heart, stopped: AbortSignal) {
  const leaseMs = leaseSeconds * 1000;
  let heldUntil = clock.now() + leaseMs;
  while (await slept(clock, leaseMs / 3, stopped)) {
    const askedAt = clock.now();
    try {
      await before(heldUntil, clock, stopped, store.tasks.renew(lease, leaseSeconds), lease);
      heldUntil = askedAt + leaseMs;
    } catch (error) {
      if (stopped.aborted) return;
      if (error instanceof LeaseLost) return onLost(error);
      if (clock.now() >= heldUntil) return onLost(new LeaseLost(lease.task.id));
      log.warn({ error }, 'lease not renewed yet');
    }
  }
}

/** Waits for a renewal no longer than the lease lasts: a database that hangs must not keep a lost run going. */
async function before(
  deadline: number,
  clock: Clock,
  stopped: AbortSignal,
  renewal: Promise<void>,
  lease: Lease,
): Promise<void> {
  const answered = new AbortController();
  const late = clock
    .sleep(Math.max(deadline - clock.now(), 0), AbortSignal.any([answered.signal, stopped]))
    .then(() => Promise.reject(new LeaseLost(lease.task.id)));
  try {
    await Promise.race([renewal, late]);
  } finally {
    answered.abort();
    late.catch(() => undefined);
  }
}

/** False when it was stopped instead. */
async function slept(clock: Clock, ms: number, stopped: AbortSignal): Promise<boolean> {
  if (stopped.aborted) return false;
  return clock.sleep(ms, stopped).then(
    () => true,
    () => false,
  );
}
