import { type Clock, SessionLost } from '#core';
import type { App } from '../app.ts';
import type { Chromium } from './chromium.ts';
import { inTime } from './deadline.ts';
import { diagnose } from './diagnosis.ts';
import { pictureFailure } from './evidence.ts';
import { patience } from './needs.ts';
import { openPane, type Pane, type Surroundings } from './pane.ts';
import type { Session } from './session.ts';
import { keepTrace, traced } from './trace.ts';
import { untilItHangs } from './watchdog.ts';

/** A signed-in window of one application account. */
export interface Window {
  /** Whether it is still there and signed in. */
  usable(): Promise<boolean>;
  /**
   * Runs `act` in the window. Rejects with SessionLost as soon as the application signs us out or the page is closed, crashes
   * or hangs, and with SystemException when the browser or the application fails. One at a time.
   */
  use<R>(act: (session: Session) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

export interface WindowOptions extends Surroundings {
  /** The browser to open in: after a crash, or when one has outgrown its limit, another. */
  readonly chromium: () => Promise<Chromium>;
  /** A context older than this is replaced by a fresh one with the same sign-in. */
  readonly maxAgeMs: number;
}

/** Opens a window and signs in. Rejects with SystemException `sign-in-refused` when the application refuses the account. */
export async function openWindow(options: WindowOptions): Promise<Window> {
  const { app, clock, maxAgeMs } = options;
  let house = await options.chromium();
  let pane = await openPane(house, options);

  /** Nobody is at work: the moment to replace a context that has grown old, or whose browser has grown too large. */
  async function renew(): Promise<void> {
    const old = clock.now() - pane.openedAt >= maxAgeMs;
    if (!old && (await house.sound())) return;
    const stored = await pane.signIn();
    await pane.close();
    house = await options.chromium();
    pane = await openPane(house, options, stored);
  }

  return {
    close: () => pane.close(),
    async usable() {
      if (pane.loss()) return false;
      const out = app.signedOut(pane.session.page).catch(() => true);
      return (await inTime(clock, patience(app), out, true)) === false;
    },
    async use(act) {
      await renew();
      return useWatched(app, clock, pane, act);
    },
  };
}

async function useWatched<R>(
  app: App,
  clock: Clock,
  { session, context, sentOnce, lost, loss }: Pane,
  act: (session: Session) => Promise<R>,
): Promise<R> {
  const done = new AbortController();
  try {
    // A popup that an action left open when it failed would be taken for the next one's.
    for (const page of context.pages()) if (page !== session.page) await page.close();
    const hanging = untilItHangs(app, context, clock, patience(app), done.signal);
    return await traced(context, () => Promise.race([act(session), lost, hanging]));
  } catch (error) {
    const ours = await diagnose(app, session.page, clock, loss, error);
    keepTrace(error, ours);
    if (!(ours instanceof SessionLost)) await pictureFailure(ours, session.page, clock, 'input[type=password]');
    throw ours;
  } finally {
    done.abort();
    sentOnce.end();
  }
}
