import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type BlobStore, type Clock, type Logger, type SessionLost, SystemException } from '#core';
import type { Account, App } from '../app.ts';
import { ourWork } from '../ours.ts';
import type { Chromium } from './chromium.ts';
import { inTime } from './deadline.ts';
import { diagnose, pageClosed, pageCrashed, signedOut } from './diagnosis.ts';
import { takeDownloads } from './downloads.ts';
import { pictureFailure } from './evidence.ts';
import { dismissInterruptions, type Interruptions } from './interruptions.ts';
import { lendCredentials } from './lentCredentials.ts';
import { patience } from './needs.ts';
import { keepOffThisMachine, openGate } from './network.ts';
import { type SentOnce, sendOnce } from './sentOnce.ts';
import { openSession, type Session } from './session.ts';
import { untilItHangs } from './watchdog.ts';

/** What a window is opened with. */
export interface Surroundings {
  readonly app: App;
  readonly account: Account;
  /** Where downloads are kept; without one an application may send no files. */
  readonly archive: BlobStore | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A sign-in that outlives its context. It holds session cookies: it stays in this process's memory. */
export interface StoredSignIn {
  readonly state: Exclude<BrowserContextOptions['storageState'], string | undefined>;
  /** The page that the application showed after the sign-in. */
  readonly start: string;
}

/** One context, signed in: what a window shows the application through, until it is worn and another takes its place. */
export interface Pane {
  readonly context: BrowserContext;
  readonly session: Session;
  readonly sentOnce: SentOnce;
  readonly openedAt: number;
  /** Rejects with SessionLost when the application signs us out, or the page is closed or crashes. */
  readonly lost: Promise<never>;
  /** What `lost` has rejected with, once it has. */
  loss(): SessionLost | undefined;
  /** The sign-in as it stands; undefined when the page does not answer. */
  signIn(): Promise<StoredSignIn | undefined>;
  /** True when the browser did not have to be asked twice. */
  close(): Promise<void>;
}

/** Opens a context and signs in, with the stored sign-in where the application still takes it. */
export async function openPane(chromium: Chromium, given: Surroundings, stored?: StoredSignIn): Promise<Pane> {
  const { current } = given.account;
  const account = current ? await ourWork(current()) : given.account;
  const surroundings = { ...given, account };
  const { app, clock, log } = surroundings;
  const refused = (host: string) =>
    log.warn({ application: app.name, host }, 'request outside the application blocked');
  const gate = await openGate(app, new URL(account.url), refused);
  const context = await chromium.enter({ ...gate.options, ...manners(surroundings), ...cookies(stored) });
  const close = async () => {
    await chromium.leave(context);
    gate.close();
  };
  try {
    keepOffThisMachine(context, refused);
    const sentOnce = sendOnce(context, clock, log);
    const downloads = takeDownloads(context, surroundings);
    const page = await context.newPage();
    const interruptions = dismissInterruptions(app, page, log);
    await interruptions.watch();
    const session = openSession(page, app, account.url, { sentOnce, downloads });
    const start = await arrive(surroundings, page, interruptions, stored);
    const watch = watchLoss(app, session.page);
    return {
      context,
      session,
      sentOnce,
      openedAt: clock.now(),
      ...watch,
      async signIn() {
        const state = await inTime(clock, patience(app), context.storageState(), undefined).catch(() => undefined);
        return state && { state, start };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** How the context behaves towards the application. */
function manners({ app, account }: Surroundings): BrowserContextOptions {
  const { user: username, password } = account;
  return {
    acceptDownloads: Boolean(app.downloads),
    ignoreHTTPSErrors: app.selfSigned ?? false,
    ...(app.basicAuth && { httpCredentials: { username, password, origin: new URL(account.url).origin } }),
  };
}

function cookies(stored: StoredSignIn | undefined): BrowserContextOptions {
  return stored ? { storageState: stored.state } : {};
}

/** Gets to the page behind the login and tells its address. */
async function arrive(
  { app, account, clock, log }: Surroundings,
  page: Page,
  interruptions: Interruptions,
  stored: StoredSignIn | undefined,
): Promise<string> {
  const context = page.context();
  const arrived = new AbortController();
  const arriving = async () => {
    const still = stored !== undefined && (await comesBack(app, page, stored));
    if (!still) await lendCredentials(account, (credentials) => app.signIn(page, credentials));
    await interruptions.clear();
    if (await app.signedOut(page)) throw refusedLogin(app);
    log.info({ application: app.name }, still ? 'signed in still' : 'signed in');
  };
  const ms = app.signInSeconds === undefined ? patience(app) : app.signInSeconds * 1000;
  context.setDefaultTimeout(ms);
  try {
    await Promise.race([arriving(), untilItHangs(app, context, clock, ms, arrived.signal)]);
  } catch (error) {
    const ours = await diagnose(app, page, clock, () => undefined, error);
    // Whatever stands in the fields of a login is nobody's business.
    await pictureFailure(ours, page, clock, 'input');
    throw ours;
  } finally {
    arrived.abort();
  }
  context.setDefaultTimeout(patience(app));
  return page.url();
}

async function comesBack(app: App, page: Page, { start }: StoredSignIn): Promise<boolean> {
  try {
    await page.goto(start, app.referer === undefined ? {} : { referer: new URL(app.referer, start).href });
    return !(await app.signedOut(page));
  } catch {
    // Whatever stands in the way, signing in will find it too, and name it.
    return false;
  }
}

function refusedLogin(app: App): SystemException {
  return new SystemException(
    'sign-in-refused',
    `${app.name} refused the login; no second try is made with this password.`,
  );
}

/** Looks at each page the application sends, so that a lost session is known at once and not after a time-out. */
function watchLoss(app: App, page: Page): Pick<Pane, 'lost' | 'loss'> {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  let first: SessionLost | undefined;
  const lose = (error: SessionLost) => {
    first ??= error;
    reject(error);
  };
  lost.catch(() => {});
  page.on('crash', () => lose(pageCrashed(app)));
  page.on('close', () => lose(pageClosed(app)));
  page.on('framenavigated', () => {
    app.signedOut(page).then(
      (out) => out && lose(signedOut(app)),
      // A page that is gone or on its way tells nothing; the action under way will.
      () => {},
    );
  });
  return { lost, loss: () => first };
}
