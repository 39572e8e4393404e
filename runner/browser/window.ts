import type { Browser, BrowserContext } from 'playwright-core';
import { type Logger, SystemException } from '#core';
import type { Account, App } from '../app.ts';
import { asOurs, diagnose, signedOut } from './diagnosis.ts';
import { openContext } from './network.ts';
import { openSession, type Session } from './session.ts';

/** A signed-in window of one application account. */
export interface Window {
  /** Whether it is still there and signed in. */
  usable(): Promise<boolean>;
  /**
   * Runs `act` in the window. Rejects with SessionLost as soon as the application signs us out, and with SystemException
   * when the browser or the application fails. One at a time.
   */
  use<R>(act: (session: Session) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

/** Opens a window and signs in. Rejects with SystemException `sign-in-refused` when the application refuses the account. */
export async function openWindow(browser: Browser, app: App, account: Account, log: Logger): Promise<Window> {
  const context = await openContext(browser, new URL(account.url), log);
  context.setDefaultTimeout((app.patienceSeconds ?? 30) * 1000);
  const close = () => context.close().catch(() => {});
  try {
    const session = await openSession(context, account.url);
    await signIn(app, session, account);
    log.info({ application: app.name }, 'signed in');
    const lost = watchSignedOut(app, session);
    return {
      close,
      usable: async () => !session.page.isClosed() && !(await app.signedOut(session.page).catch(() => true)),
      async use(act) {
        await closePopups(context, session);
        try {
          return await Promise.race([act(session), lost]);
        } catch (error) {
          throw await diagnose(app, session, error);
        }
      },
    };
  } catch (error) {
    await close();
    throw asOurs(error);
  }
}

async function signIn(app: App, { page }: Session, account: Account): Promise<void> {
  await app.signIn(page, account);
  if (!(await app.signedOut(page))) return;
  throw new SystemException(
    'sign-in-refused',
    `${app.name} refused the login; no second try is made with this password.`,
  );
}

/** A popup that an action left open when it failed would be taken for the next one's. */
async function closePopups(context: BrowserContext, session: Session): Promise<void> {
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
