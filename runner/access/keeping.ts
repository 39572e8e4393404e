import {
  type AccessStore,
  type AccountLoan,
  type Clock,
  inTime,
  type Logger,
  SessionLost,
  SystemException,
} from '#core';

interface Keeping {
  readonly access: Pick<AccessStore, 'renew'>;
  readonly seconds: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Renews a loan every third of it, until it is stopped, or the account is another's, or may be. */
export function keepLoan(loan: AccountLoan, keeping: Keeping): { readonly lost: Promise<never>; stop(): void } {
  const stopped = new AbortController();
  const { promise: lost, reject } = Promise.withResolvers<never>();
  lost.catch(() => {});
  renew(loan, keeping, stopped.signal).catch(reject);
  return { lost, stop: () => stopped.abort() };
}

/** Ends when it is stopped; rejects with SessionLost. A database that is away for a moment is no loss yet. */
async function renew(loan: AccountLoan, { access, seconds, clock, log }: Keeping, stopped: AbortSignal): Promise<void> {
  const third = (seconds * 1000) / 3;
  let ours = clock.now() + seconds * 1000;
  let pause = third;
  for (;;) {
    const slept = await clock.sleep(pause, stopped).then(
      () => true,
      () => false,
    );
    if (!slept || stopped.aborted) return;
    const askedAt = clock.now();
    try {
      await inTime(access.renew(loan, seconds), Math.min(third, ours - askedAt), unanswered, { clock, stopped });
      ours = askedAt + seconds * 1000;
    } catch (error) {
      if (stopped.aborted) return;
      if (error instanceof SessionLost) throw error;
      if (clock.now() >= ours) {
        throw new SessionLost('account-lost', `The account of ${loan.application} could not be kept.`, {
          cause: error,
        });
      }
      log.warn({ error, application: loan.application }, 'account not renewed yet');
    }
    pause = Math.max(third - (clock.now() - askedAt), 0);
  }
}

/** One whose connection hangs must not keep the next, which may get through over another. */
function unanswered(): SystemException {
  return new SystemException('database-silent', 'The renewal of an account got no answer in time.');
}
