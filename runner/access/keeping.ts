import { type AccessStore, type AccountLoan, type Clock, type Logger, SessionLost } from '#core';

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
  let ours = clock.now() + seconds * 1000;
  for (;;) {
    const slept = await clock.sleep((seconds * 1000) / 3, stopped).then(
      () => true,
      () => false,
    );
    if (!slept || stopped.aborted) return;
    const askedAt = clock.now();
    try {
      await access.renew(loan, seconds);
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
  }
}
