import { type Browser, type BrowserContext, errors } from 'playwright-core';
import { Defect, InvalidInput, type Logger, RekeyError, SessionLost, SystemException, Throttled } from '#core';
import type { Account, App } from './app.ts';
import { openSession, type Session } from './session.ts';

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

export interface SessionsOptions {
  readonly launch: () => Promise<Browser>;
  /** The account for an application; rejects with InvalidInput naming the missing setting. */
  readonly account: (app: string) => Account;
  readonly log: Logger;
}

interface Window {
  readonly context: BrowserContext;
  readonly session: Session;
  /** Rejects when the application signs us out. */
  readonly lost: Promise<never>;
}

export function openSessions({ launch, account, log }: SessionsOptions): Sessions {
  const windows = new Map<string, Window>();
  const queues = new Map<string, Promise<unknown>>();
  // After one refused login the account is left alone: a second and third would lock it for the people who use it too.
  const held = new Set<string>();
  let browser: Promise<Browser> | undefined;

  async function running(): Promise<Browser> {
    const current = await browser?.catch(() => undefined);
    if (current?.isConnected()) return current;
    browser = launch();
    return browser;
  }

  async function signIn(app: App): Promise<Window> {
    if (held.has(app.name)) {
      throw new Throttled(
        'account-held',
        `The account of ${app.name} is held after a refused login: correct its password in the settings and start again.`,
        { afterSeconds: 60 },
      );
    }
    const credentials = accountFor(app);
    const context = await openContext(await running(), new URL(credentials.url), log);
    context.setDefaultTimeout((app.patienceSeconds ?? 30) * 1000);
    try {
      const session = await openSession(context, credentials.url);
      await app.signIn(session.page, credentials);
      if (await app.signedOut(session.page)) {
        held.add(app.name);
        throw new SystemException(
          'sign-in-refused',
          `${app.name} refused the login; no second try is made with this password.`,
        );
      }
      const window = { context, session, lost: watchSignedOut(app, session) };
      windows.set(app.name, window);
      log.info({ application: app.name }, 'signed in');
      return window;
    } catch (error) {
      await context.close().catch(() => {});
      throw asOurs(error);
    }
  }

  /** A setting that is missing is the world's fault to a run, named by its code. */
  function accountFor(app: App): Account {
    try {
      return account(app.name);
    } catch (error) {
      throw error instanceof InvalidInput ? new SystemException(error.code, error.message, { cause: error }) : error;
    }
  }

  async function discard(app: App): Promise<void> {
    const window = windows.get(app.name);
    windows.delete(app.name);
    await window?.context.close().catch(() => {});
  }

  async function usable(app: App): Promise<Window> {
    const window = windows.get(app.name);
    if (window && !window.session.page.isClosed() && !(await app.signedOut(window.session.page).catch(() => true)))
      return window;
    await discard(app);
    return signIn(app);
  }

  async function lend<R>(app: App, act: (session: Session) => Promise<R>): Promise<R> {
    const window = await usable(app);
    await closePopups(window);
    try {
      return await Promise.race([act(window.session), window.lost]);
    } catch (error) {
      const ours = await diagnose(app, window.session, error);
      // Closing the window also ends whatever `act` still had under way in it.
      if (ours instanceof SessionLost) await discard(app);
      throw ours;
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
      const current = await browser?.catch(() => undefined);
      await current?.close();
    },
  };
}

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** A bot's browser reaches its application and nothing else. */
async function openContext(browser: Browser, { origin, host }: URL, log: Logger): Promise<BrowserContext> {
  // Routes do not see redirects and web sockets: those end at a proxy that is not there.
  const context = await browser.newContext({ proxy: { server: NOWHERE, bypass: host }, serviceWorkers: 'block' });
  await context.route(
    (url) => url.origin !== origin,
    async (route) => {
      log.warn({ host: new URL(route.request().url()).host }, 'request outside the application blocked');
      await route.abort('blockedbyclient');
    },
  );
  return context;
}

/** A popup that an action left open when it failed would be taken for the next one's. */
async function closePopups({ context, session }: Window): Promise<void> {
  for (const page of context.pages()) if (page !== session.page) await page.close();
}

/** Looks at each page the application sends, so that a lost session is known at once and not after a time-out. */
function watchSignedOut(app: App, session: Session): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  session.page.on('framenavigated', () => {
    app.signedOut(session.page).then(
      (out) => out && reject(signedOut(app)),
      // A page that is gone or on its way tells nothing; the action under way will.
      () => {},
    );
  });
  promise.catch(() => {});
  return promise;
}

async function diagnose(app: App, session: Session, error: unknown): Promise<unknown> {
  if (error instanceof RekeyError) return error;
  if (session.page.isClosed())
    return new SessionLost('page-closed', `The window of ${app.name} was closed.`, { cause: error });
  if (await app.signedOut(session.page).catch(() => false)) return signedOut(app);
  return asOurs(error);
}

const signedOut = (app: App) => new SessionLost('signed-out', `${app.name} has signed us out.`);

/** Playwright rejects with plain Errors; an error class of the language is a fault in the code and stays one. */
function asOurs(error: unknown): unknown {
  if (
    error instanceof RekeyError ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError
  )
    return error;
  if (error instanceof errors.TimeoutError) {
    return new SystemException(
      'application-slow',
      'The application did not answer, or its page lacks what the screen expects.',
      { cause: error },
    );
  }
  return new SystemException('application-failed', 'The browser could not carry out an action on the application.', {
    cause: error,
  });
}

/** For runs without a browser: whoever asks for an application is told what is missing. */
export const noSessions: Sessions = {
  use: (app) => Promise.reject(new Defect('no-browser', `This run has no browser, but the bot uses ${app.name}.`)),
  discard: async () => {},
  close: async () => {},
};
