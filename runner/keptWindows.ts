import { SessionLost } from '#core';
import { type Borrowed, isRefusedLogin } from './access/index.ts';
import type { App } from './app.ts';
import type { BrowserPool, Window } from './browser/index.ts';

/** Signed-in windows that stay open between two uses, one for each place an account of an application has. */
export interface KeptWindows {
  /** Rejects as `work` does, and with SessionLost where no window is opened any more. */
  use<R>(app: App, borrowed: Borrowed, work: (window: Window) => Promise<R>): Promise<R>;
  /** The windows of the application are closed, those in use once they are given back. */
  discard(app: App): Promise<void>;
  /** Closes the browser; no window is opened after that. */
  close(): Promise<void>;
}

export interface KeptWindowsOptions {
  readonly browser: BrowserPool;
  /** What is to be seen in a window that has just been signed in. */
  readonly onOpened: (app: App, borrowed: Borrowed, window: Window) => Promise<void>;
}

interface Kept {
  readonly app: string;
  readonly window: Window;
  inUse: boolean;
  stale: boolean;
}

export function openKeptWindows({ browser, onOpened }: KeptWindowsOptions): KeptWindows {
  const windows = new Map<string, Kept>();
  let closed = false;

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
    await onOpened(app, borrowed, window);
    return kept;
  }

  async function close(place: string, kept: Kept): Promise<void> {
    if (windows.get(place) === kept) windows.delete(place);
    await kept.window.close();
  }

  return {
    async use(app, borrowed, work) {
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
    },
    async discard(app) {
      for (const [place, kept] of windows) {
        if (kept.app !== app.name) continue;
        if (kept.inUse) kept.stale = true;
        else await close(place, kept);
      }
    },
    async close() {
      closed = true;
      await browser.close();
    },
  };
}
