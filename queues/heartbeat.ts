import { type Clock, inTime, type Lease, LeaseLost, type Logger, SystemException, type TaskStore } from '#core';

interface Heart {
  readonly store: { readonly tasks: Pick<TaskStore, 'renew'> };
  readonly leaseSeconds: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onLost: (error: LeaseLost) => void;
}

/** Given as the reason, because an error made for nobody would be made, with its stack, for every run. */
const STOPPED = 'stopped';

/**
 * Renews the lease every third of it. Lost means: another worker has it, or no renewal got through before it ran out,
 * so that another may have it. A database that is away for a moment is neither.
 */
export function keepLease(lease: Lease, heart: Heart): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const beating = beat(lease, heart, stopped.signal);
  return {
    stop: () => {
      stopped.abort(STOPPED);
      return beating;
    },
  };
}

async function beat(lease: Lease, { store, leaseSeconds, clock, log, onLost }: Heart, stopped: AbortSignal) {
  const leaseMs = leaseSeconds * 1000;
  const third = leaseMs / 3;
  let heldUntil = clock.now() + leaseMs;
  let pause = third;
  while (await slept(clock, pause, stopped)) {
    const askedAt = clock.now();
    try {
      const ms = Math.min(third, heldUntil - askedAt);
      await inTime(store.tasks.renew(lease, leaseSeconds), ms, unanswered, { clock, stopped });
      heldUntil = askedAt + leaseMs;
    } catch (error) {
      if (stopped.aborted) return;
      if (error instanceof LeaseLost) return onLost(error);
      if (clock.now() >= heldUntil) return onLost(new LeaseLost(lease.task.id));
      log.warn({ error }, 'lease not renewed yet');
    }
    pause = Math.max(third - (clock.now() - askedAt), 0);
  }
}

/** One whose connection hangs must not keep the next, which may get through over another, nor a lost run going. */
function unanswered(): SystemException {
  return new SystemException('database-silent', 'The renewal of a lease got no answer in time.');
}

/** False when it was stopped instead. */
async function slept(clock: Clock, ms: number, stopped: AbortSignal): Promise<boolean> {
  if (stopped.aborted) return false;
  return clock.sleep(ms, stopped).then(
    () => true,
    () => false,
  );
}
