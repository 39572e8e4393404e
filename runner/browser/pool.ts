import type { Browser, LaunchOptions } from 'playwright-core';
import { type BlobStore, type Clock, type Logger, systemClock } from '#core';
import type { Account, App } from '../app.ts';
import { type Chromium, openChromium } from './chromium.ts';
import { SHUT_IN } from './network.ts';
import { openWindow, type Window } from './window.ts';

/** The one browser of a process, started when the first window is asked for, and again when it has ended or grown too large. */
export interface BrowserPool {
  /** Opens a window of its own for the account and signs in; rejects as `openWindow` does. */
  open(app: App, account: Account): Promise<Window>;
  close(): Promise<void>;
}

export interface BrowserPoolOptions {
  /** Starts a browser on this machine with these options, which keep it from reaching anything by itself. */
  readonly launch: (options: LaunchOptions) => Promise<Browser>;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Where files go that applications send. */
  readonly archive?: BlobStore;
  readonly limits?: Partial<BrowserLimits>;
}

export interface BrowserLimits {
  /** Megabytes all processes of the browser may hold together before it is replaced. */
  readonly megabytes: number;
  /** Minutes after which a window gets a fresh context with the same sign-in. */
  readonly windowMinutes: number;
}

const LIMITS: BrowserLimits = { megabytes: 2000, windowMinutes: 240 };

export function openBrowserPool(options: BrowserPoolOptions): BrowserPool {
  const { launch, log, clock = systemClock, archive } = options;
  const limits = { ...LIMITS, ...options.limits };
  const started = new Set<Promise<Chromium>>();
  let current: Promise<Chromium> | undefined;

  function start(): Promise<Chromium> {
    const starting = launch(SHUT_IN).then((browser) => openChromium(browser, limits, clock));
    started.add(starting);
    starting.catch(() => started.delete(starting));
    return starting;
  }

  async function chromium(): Promise<Chromium> {
    const seen = current;
    if (await seen?.then((house) => house.sound()).catch(() => false)) return seen!;
    // Of those who waited for the old one, the first starts a new one for all.
    if (current === seen) current = start();
    return current!;
  }

  return {
    open: (app, account) =>
      openWindow({ app, account, archive, clock, log, chromium, maxAgeMs: limits.windowMinutes * 60_000 }),
    async close() {
      await Promise.all([...started].map((house) => house.then((each) => each.close()).catch(() => {})));
    },
  };
}
