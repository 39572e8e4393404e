import { Defect, InvalidInput, RekeyError, SessionLost, SystemException, Throttled } from '#core';
import type { Account, App } from './app.ts';
import { type BrowserPoolOptions, openBrowserPool, type Session, type Window } from './browser/index.ts';

/** Signed-in windows, one per application account, lent to one task at a time. */
export interface Sessions {
  /**
   * Runs `act` in a signed-in session of the application. Rejects with SessionLost as soon as the application signs us out,
   * and with SystemException when the browser or the application fails.
   */
  use<R>(app: App, act: (session: Session) => Promise<R>): Promise<R>;
  /** Once those before it are through, the window is closed: the next `use` of the application signs in afresh. */
  discard(app: App): Promise<void>;
  close(): Promise<void>;
}

export interface SessionsOptions extends BrowserPoolOptions {
  /** The accounts for an application, at least one; rejects with InvalidInput naming the missing setting. */
  readonly accounts: (app: string) => Promise<readonly Account[]>;
}

export function openSessions({ accounts, ...browserOptions }: SessionsOptions): Sessions {
  const browser = openBrowserPool(browserOptions);
  const windows = new Map<string, Window>();
  const queues = new Map<string, Promise<unknown>>();
  // After one refused login the account is left alone: a second and third would lock it for the people who use it too.
  const held = new Set<string>();

  async function signIn(app: App): Promise<Window> {
    if (held.has(app.name)) {
      throw new Throttled(
        'account-held',
        `The account of ${app.name} is held after a refused login: correct its password in the settings and start again.`,
        { afterSeconds: 60 },
      );
    }
    try {
      const window = await browser.open(app, await accountFor(app));
      windows.set(app.name, window);
      return window;
    } catch (error) {
      if (error instanceof RekeyError && error.code === 'sign-in-refused') held.add(app.name);
      throw error;
    }
  }

  /** A setting that is missing is the world's fault to a run, named by its code. */
  async function accountFor(app: App): Promise<Account> {
    try {
      return (await accounts(app.name))[0]!;
    } catch (error) {
      throw error instanceof InvalidInput ? new SystemException(error.code, error.message, { cause: error }) : error;
    }
  }

  async function discard(app: App): Promise<void> {
    const window = windows.get(app.name);
    windows.delete(app.name);
    await window?.close();
  }

  async function usable(app: App): Promise<Window> {
    const window = windows.get(app.name);
    if (window && (await window.usable())) return window;
    await discard(app);
    return signIn(app);
  }

  async function lend<R>(app: App, act: (session: Session) => Promise<R>): Promise<R> {
    const window = await usable(app);
    try {
      return await window.use(act);
    } catch (error) {
      // Closing the window also ends whatever `act` still had under way in it.
      if (error instanceof SessionLost) await discard(app);
      throw error;
    }
  }

  function inTurn<R>(app: App, act: () => Promise<R>): Promise<R> {
    const before = queues.get(app.name) ?? Promise.resolve();
    const turn = before.then(act);
    queues.set(
      app.name,
      turn.catch(() => {}),
    );
    return turn;
  }

  return {
    use: (app, act) => inTurn(app, () => lend(app, act)),
    // Another run may be at work in the window.
    discard: (app) => inTurn(app, () => discard(app)),
    async close() {
      await Promise.all([...queues.values()]);
      await browser.close();
    },
  };
}

/** For runs without a browser: whoever asks for an application is told what is missing. */
export const noSessions: Sessions = {
  use: (app) => Promise.reject(new Defect('no-browser', `This run has no browser, but the bot uses ${app.name}.`)),
  discard: async () => {},
  close: async () => {},
};
