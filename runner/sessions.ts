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

/** A window that stays open between two uses. */
interface Kept {
  readonly app: string;
  readonly window: Window;
  inUse: boolean;
  stale: boolean;
}

export function openSessions(options: SessionsOptions): Sessions {
  const { accounts, onWork, log, clock = systemClock } = options;
  const access = ourOwn(options.access);
  const browser = openBrowserPool({ ...options, ...(options.archive && { archive: ourOwn(options.archive) }) });
  const desk = openAccountDesk({ ...options, access, clock });
  const windows = new Map<string, Kept>();
  const uses = new Set<Promise<unknown>>();
  let closed = false;

  async function use<R>(app: App, act: (session: Session, lent: Lent) => Promise<R>, signal?: AbortSignal): Promise<R> {
    const borrowed = await desk.borrow(app, await accountsFor(app), signal);
    // Of an application out of order, a fresh login and the canary tell whether it is well; without a canary the work itself.
    let unproven = borrowed.loan.probe;
    let looking = unproven;
    let bearing: Bearing = { bore: 'well' };
    try {
      return await inWindow(app, borrowed, async (window) => {
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

  async function inWindow<R>(app: App, borrowed: Borrowed, work: (window: Window) => Promise<R>): Promise<R> {
    const { application, account, slot } = borrowed.loan;
    const place = JSON.stringify([application, account, slot]);
    const kept = (await stillOpen(place, borrowed)) ?? (await open(app, borrowed, place));
    kept.inUse = true;
    try {
      return await work(kept.window);
    } catch (error) {
      // Closing the window also ends whatever was still under way in it. A window that was renewed may be refused its login.
      if (error instanceof SessionLost || isRefusedLogin(error)) kept.stale = true;
      throw error;
    } finally {
      kept.inUse = false;
      if (kept.stale) await close(place, kept);
    }
  }

  /**
   * A probe signs in afresh; and where somebody else had the account meanwhile, the application may have ended ours. Whoever
   * slept until the loan had run out is still at work in its window: it has to go, and not be worked in by two.
   */
  async function stillOpen(place: string, { loan }: Borrowed): Promise<Kept | undefined> {
    const kept = windows.get(place);
    if (kept && !kept.inUse && loan.kept && !loan.probe && (await kept.window.usable())) return kept;
    if (kept) await close(place, kept);
    return undefined;
  }

  async function open(app: App, borrowed: Borrowed, place: string): Promise<Kept> {
    if (closed) throw new SessionLost('browser-ended', 'The sessions are closed; another worker opens its own.');
    const window = await browser.open(app, borrowed.account);
    const kept: Kept = { app: app.name, window, inUse: true, stale: false };
    windows.set(place, kept);
    await foretellExpiry(app, borrowed, window);
    return kept;
  }

  async function close(place: string, kept: Kept): Promise<void> {
    if (windows.get(place) === kept) windows.delete(place);
    await kept.window.close();
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
    async discard(app) {
      for (const [place, kept] of windows) {
        if (kept.app !== app.name) continue;
        if (kept.inUse) kept.stale = true;
        else await close(place, kept);
      }
    },
    async close() {
      const left = () => endsInTime(clock, CLOSING_MS, Promise.allSettled(uses));
      await left();
      closed = true;
      await browser.close();
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
