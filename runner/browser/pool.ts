import type { Browser } from 'playwright-core';
import type { Logger } from '#core';
import type { Account, App } from '../app.ts';
import { openWindow, type Window } from './window.ts';

/** The one browser of a process, started when the first window is asked for. */
export interface BrowserPool {
  /** Opens a window of its own for the account and signs in; rejects as `openWindow` does. */
  open(app: App, account: Account): Promise<Window>;
  close(): Promise<void>;
}

export interface BrowserPoolOptions {
  readonly launch: () => Promise<Browser>;
  readonly log: Logger;
}

export function openBrowserPool({ launch, log }: BrowserPoolOptions): BrowserPool {
  let browser: Promise<Browser> | undefined;

  async function running(): Promise<Browser> {
    const current = await browser?.catch(() => undefined);
    if (current?.isConnected()) return current;
    browser = launch();
    return browser;
  }

  return {
    open: async (app, account) => openWindow(await running(), app, account, log),
    async close() {
      const current = await browser?.catch(() => undefined);
      await current?.close();
    },
  };
}
