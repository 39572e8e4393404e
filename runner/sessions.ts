import { type Bearing, Defect, InvalidInput, SessionLost, SystemException, systemClock } from '#core';
import {
  type Borrowed,
  bearingOf,
  fingerprint,
  isRefusedLogin,
  type LendingOptions,
  type Lent,
  openAccountDesk,
  paceOf,
  putOff,
} from './access/index.ts';
import type { Account, App } from './app.ts';
import { type BrowserPoolOptions, endsInTime, openBrowserPool, type Session, type Window } from './browser/index.ts';
import { openKeptWindows } from './keptWindows.ts';
import { ourOwn } from './ours.ts';

/** Signed-in windows, each of an account that is one run's at a time, whichever worker it is of. */
export interface Sessions {
  /**
   * Runs `act` in a signed-in session of the application. Rejects with Throttled when no account can be had now, with
   * SessionLost as soon as the application signs us out or the account is another's, and with SystemException when the
   * browser or the application fails. `signal` ends the wait for an account.
   */
  use<R>(app: App, act: (session: Session, lent: Lent) => Promise<R>, signal?: AbortSignal): Promise<R>;
  /** The windows of the application are closed, those in use once they are given back: the next `use` signs in afresh. */
  discard(app: App): Promise<void>;
  /** Closes the browser; whoever does not leave it within seconds loses the session. No window is opened after that. */
  close(): Promise<void>;
}

export interface SessionsOptions extends BrowserPoolOptions, Omit<LendingOptions, 'clock'> {
  /** The accounts for an application, at least one; rejects with InvalidInput naming the missing setting. */
  readonly accounts: (app: string) => Promise<readonly Account[]>;
}

/** After a word that the record did not take, the next try comes so soon. */
const HOLD_AGAIN_MS = 1000;

/** Who closes the sessions has waited for the runs before: what is left only gives its account back. */
const CLOSING_MS = 3000;

export function openSessions(options: SessionsOptions): Sessions {
  const { accounts, onWork, log, clock = systemClock } = options;
  const access = ourOwn(options.access);
  const browser = openBrowserPool({ ...options, ...(options.archive && { archive: ourOwn(options.archive) }) });
  const desk = openAccountDesk({ ...options, access, clock });
  const windows = openKeptWindows({ browser, onOpened: foretellExpiry });
  const uses = new Set<Promise<unknown>>();

  async function use<R>(app: App, act: (session: Session, lent: Lent) => Promise<R>, signal?: AbortSignal): Promise<R> {
    const borrowed = await desk.borrow(app, await accountsFor(app), signal);
    // Of an application out of order, a fresh login and the canary tell whether it is well; without a canary the work itself.
    let unproven = borrowed.loan.probe;
    let looking = unproven;
    let bearing: Bearing = { bore: 'well' };
    try {
      return await windows.use(app, borrowed, async (window) => {
        if (looking && app.canary) {
          await window.use(async (session) => app.canary?.(session));
          await isWell(borrowed);
          unproven = false;
        }
        looking = false;
        return work(app, borrowed, window, act);
      });
    } catch (error) {
      if (isRefusedLogin(error)) await hold(borrowed, signal);
      bearing = looking && error instanceof SessionLost ? { bore: 'badly', code: error.code } : bearingOf(error);
      // Who only looked waits on with the others: it is no try of its task.
      throw looking && bearing.bore === 'badly' ? putOff(app, { state: 'parked' }) : error;
    } finally {
      try {
        if (unproven && bearing.bore === 'well') await isWell(borrowed);
      } finally {
        // Kept, it would be renewed for ever, and as a probe it would keep all others from looking.
        await borrowed.giveBack(bearing);
      }
    }
  }

  function work<R>(
    app: App,
    { loan, lost }: Borrowed,
    window: Window,
    act: (session: Session, lent: Lent) => Promise<R>,
  ): Promise<R> {
    const pace = paceOf(app, loan, { access, clock });
    return window.use((session) => {
      const confirming: Session['confirming'] = async (submit, leaveBy, form) => {
        await pace.clearToSubmit();
        return session.confirming(submit, leaveBy, form);
      };
      return Promise.race([act({ ...session, confirming }, pace), lost]);
    });
  }

  /** A setting that is missing is the world's fault to a run, named by its code. */
  async function accountsFor(app: App): Promise<readonly Account[]> {
    try {
      return await accounts(app.name);
    } catch (error) {
      throw error instanceof InvalidInput ? new SystemException(error.code, error.message, { cause: error }) : error;
    }
  }

  /**
   * A second try would lock the account for the people who use it too: until all workers know, or this run is stopped, it
   * stays this run's, which does nothing with it.
   */
  async function hold({ loan, account, lost }: Borrowed, signal?: AbortSignal): Promise<void> {
    const { application, account: name } = loan;
    // Of what was refused, were it another by the next try.
    let print: string | undefined;
    for (let ours = true; ours && !signal?.aborted; ) {
      try {
        print ??= await fingerprint(await refused(account));
        if (!(await access.hold(loan, 'sign-in-refused', print))) return;
        return log.error({ application, account: name, code: 'account-held' }, 'account held after a refused login');
      } catch (error) {
        log.warn({ error, application, account: name }, 'account not held yet after a refused login');
      }
      const waited = clock.sleep(HOLD_AGAIN_MS, signal).then(
        () => true,
        () => false,
      );
      ours = await Promise.race([waited, lost.catch(() => false)]);
    }
  }

  async function foretellExpiry(app: App, { loan }: Borrowed, window: Window): Promise<void> {
    const days = await window
      .use(async ({ page }) => app.passwordExpires?.(page))
      .catch((error: unknown) => log.warn({ error, application: app.name }, 'end of the password not read'));
    if (days === undefined || !(await access.passwordExpires(loan, days))) return;
    log.warn({ application: app.name, account: loan.account, days: Math.floor(days) }, 'password expires soon');
  }

  async function isWell({ loan }: Borrowed): Promise<void> {
    const lanes = await access.recovered(loan);
    log.info({ application: loan.application }, 'application well again');
    onWork(lanes);
  }

  return {
    use(app, act, signal) {
      const using = use(app, act, signal);
      uses.add(using);
      using.catch(() => {}).finally(() => uses.delete(using));
      return using;
    },
    discard: (app) => windows.discard(app),
    async close() {
      const left = () => endsInTime(clock, CLOSING_MS, Promise.allSettled(uses));
      await left();
      await windows.close();
      await left();
    },
  };
}

/** What signed in. One that was removed from the vault meanwhile is the one that was lent. */
async function refused(account: Account): Promise<Account> {
  try {
    return (await account.current?.()) ?? account;
  } catch (error) {
    if (error instanceof InvalidInput) return account;
    throw error;
  }
}

/** For runs without a browser: whoever asks for an application is told what is missing. */
export const noSessions: Sessions = {
  use: (app) => Promise.reject(new Defect('no-browser', `This run has no browser, but the bot uses ${app.name}.`)),
  discard: async () => {},
  close: async () => {},
};
