import {
  type AccessStore,
  type AccountLoan,
  type AccountNeed,
  type Bearing,
  type Clock,
  type HeldAccount,
  type Lending,
  type Logger,
  Throttled,
} from '#core';
import type { Account, App } from '../app.ts';
import { isFingerprintOf } from './fingerprint.ts';
import { readHours } from './hours.ts';
import { keepLoan } from './keeping.ts';

export interface LendingOptions {
  /** What all workers know together of applications and accounts. */
  readonly access: AccessStore;
  /** This process, among all workers. */
  readonly holder: string;
  /** How long a worker that says nothing keeps its accounts; 30 where absent. */
  readonly leaseSeconds?: number;
  /** Lanes that got work, since an application or an account came free. */
  readonly onWork: (lanes: readonly string[]) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** An account that is this run's until it is given back. */
export interface Borrowed {
  readonly account: Account;
  readonly loan: AccountLoan;
  /** Rejects with SessionLost when the account is another's. */
  readonly lost: Promise<never>;
  giveBack(bearing: Bearing): Promise<void>;
}

export interface AccountDesk {
  /**
   * An account of the application for this run alone, the longest waiting run of this process first. Rejects with Throttled
   * when the application is closed or out of order, every account is held, or none came free in time.
   */
  borrow(app: App, accounts: readonly Account[], signal?: AbortSignal): Promise<Borrowed>;
}

/** How long a run waits for an account before it makes room for others. */
const PATIENCE_SECONDS = 30;
/** Whoever still waits then is woken before that, as a rule: when an account comes free. */
const BUSY_SECONDS = 30;
/** A day is as good as for ever: what waits for an application is woken. */
const PARKED_SECONDS = 86_400;
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 1000;

export function openAccountDesk(options: LendingOptions): AccountDesk {
  const { access, holder, leaseSeconds = 30, onWork, clock, log } = options;
  const lines = new Map<string, Promise<unknown>>();
  /** Rings when this process gives an account of the application back. */
  const bells = new Map<string, PromiseWithResolvers<void>>();

  function bell(application: string): PromiseWithResolvers<void> {
    const known = bells.get(application) ?? Promise.withResolvers<void>();
    bells.set(application, known);
    return known;
  }

  async function mustBeOpen(app: App): Promise<void> {
    if (!app.openingHours) return;
    const now = Date.parse(await access.now());
    const until = readHours(app.openingHours).closedUntil(now);
    if (until === undefined) return;
    await access.closed(app.name, new Date(until).toISOString());
    throw new Throttled('outside-hours', `${app.name} is closed; it opens at ${new Date(until).toISOString()}.`, {
      afterSeconds: Math.ceil((until - now) / 1000),
      application: app.name,
    });
  }

  async function waitForLoan(app: App, accounts: readonly Account[], deadline: number, signal?: AbortSignal) {
    const need: AccountNeed = {
      application: app.name,
      accounts: accounts.map(({ name }) => name),
      sessions: app.sessionsPerAccount ?? 1,
      ...{ holder, seconds: leaseSeconds },
    };
    for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 2, LAST_LOOK_MS)) {
      signal?.throwIfAborted();
      const rung = bell(app.name).promise;
      const lending = await access.lend(need);
      if (lending.state === 'lent') return lending.loan;
      if (lending.state === 'held' && (await releaseChanged(app, lending.accounts, accounts))) continue;
      if (lending.state !== 'busy' || clock.now() >= deadline) throw putOff(app, lending);
      await rungWithin(pause, rung, clock, signal);
    }
  }

  /** Lets those go whose credentials are not the refused ones any more. */
  async function releaseChanged(
    app: App,
    held: readonly HeldAccount[],
    accounts: readonly Account[],
  ): Promise<boolean> {
    let released = false;
    for (const { account: name, fingerprint } of held) {
      if (fingerprint === null) continue;
      const account = accounts.find((each) => each.name === name);
      if (!account || (await isFingerprintOf(account, fingerprint))) continue;
      const lanes = await access.release(app.name, name, 'credentials-changed');
      log.info({ application: app.name, account: name }, 'account let go: its credentials have changed');
      onWork(lanes ?? []);
      released = true;
    }
    return released;
  }

  function borrowed(app: App, account: Account, loan: AccountLoan): Borrowed {
    const keeping = keepLoan(loan, { access, seconds: leaseSeconds, clock, log });
    return {
      ...{ account, loan, lost: keeping.lost },
      async giveBack(bearing) {
        keeping.stop();
        try {
          const { lanes, parked } = await access.giveBack(loan, bearing);
          if (parked) log.error({ application: app.name, code: 'application-parked' }, 'application out of order');
          onWork(lanes);
        } catch (error) {
          log.warn({ error, application: app.name }, 'account not given back: it is free when the loan runs out');
        }
        bells.get(app.name)?.resolve();
        bells.delete(app.name);
      },
    };
  }

  return {
    async borrow(app, accounts, signal) {
      const deadline = clock.now() + PATIENCE_SECONDS * 1000;
      const before = lines.get(app.name) ?? Promise.resolve();
      const asking = before.then(async () => {
        await mustBeOpen(app);
        return waitForLoan(app, accounts, deadline, signal);
      });
      lines.set(
        app.name,
        asking.catch(() => {}),
      );
      const loan = await asking;
      const own = borrowed(app, accounts.find(({ name }) => name === loan.account)!, loan);
      try {
        // Where all are held, somebody looks at them now and then; where only some are, whoever signs in does.
        if (!loan.kept && accounts.length > 1) {
          await releaseChanged(app, await access.heldAccounts(app.name), accounts);
        }
      } catch (error) {
        await own.giveBack({ bore: 'unclear' });
        throw error;
      }
      return own;
    },
  };
}

/** What a run is told that gets no account. */
export function putOff({ name }: App, { state }: Pick<Lending, 'state'>): Throttled {
  switch (state) {
    case 'parked':
      return new Throttled('application-parked', `${name} is out of order; its tasks go on when it is well again.`, {
        ...{ application: name, afterSeconds: PARKED_SECONDS },
      });
    case 'held':
      return new Throttled(
        'account-held',
        `Every account of ${name} is held: set right what was refused, or let it go.`,
        { application: name, afterSeconds: PARKED_SECONDS },
      );
    default:
      return new Throttled('account-busy', `Every account of ${name} is in use.`, {
        ...{ application: name, afterSeconds: BUSY_SECONDS },
      });
  }
}

/** Rejects with the signal's reason. */
async function rungWithin(ms: number, rung: Promise<void>, clock: Clock, signal?: AbortSignal): Promise<void> {
  const heard = new AbortController();
  const waiting = clock.sleep(ms, signal ? AbortSignal.any([heard.signal, signal]) : heard.signal);
  waiting.catch(() => {});
  await Promise.race([rung, waiting]);
  heard.abort();
}
