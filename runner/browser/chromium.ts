import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { type Clock, SessionLost } from '#core';
import { endsInTime, inTime } from './deadline.ts';

/** One browser with all of its processes, and the contexts that live in it. */
export interface Chromium {
  /** Opens a context; it is closed by `leave`. */
  enter(options: BrowserContextOptions): Promise<BrowserContext>;
  /** Closes the context. A browser that does not even do that is killed. */
  leave(context: BrowserContext): Promise<void>;
  /** False when it is gone or has outgrown its limit: then it takes no more, and ends with the last context in it. */
  sound(): Promise<boolean>;
  close(): Promise<void>;
}

export interface ChromiumLimits {
  /** Megabytes all processes of the browser may hold before it is replaced. */
  readonly megabytes: number;
}

/** Either takes some tens of milliseconds; a busy machine may need a hundred times as long. */
const CLOSING_MS = 5000;
const OPENING_MS = 10_000;
/** Memory grows over minutes, and asking for it takes milliseconds. */
const MEASURED_EVERY_MS = 20_000;

export async function openChromium(browser: Browser, { megabytes }: ChromiumLimits, clock: Clock): Promise<Chromium> {
  const processes = await watchProcesses(browser);
  const inside = new Set<BrowserContext>();
  let outgrown = false;
  // Of a browser that was killed, Playwright hears only later.
  let dead = false;
  let measuredAt = clock.now();

  function kill(): void {
    dead = true;
    processes.kill();
  }

  async function end(): Promise<void> {
    if (!(await endsInTime(clock, CLOSING_MS, browser.close()))) kill();
  }

  return {
    async enter(options) {
      const context = await inTime(clock, OPENING_MS, browser.newContext(options), undefined).catch(() => undefined);
      if (!context) {
        kill();
        throw new SessionLost(
          'browser-ended',
          'The browser opens no window any more; the next one is opened in another.',
        );
      }
      inside.add(context);
      return context;
    },
    async leave(context) {
      inside.delete(context);
      if (!(await endsInTime(clock, CLOSING_MS, context.close()))) kill();
      else if (outgrown && inside.size === 0) await end();
    },
    async sound() {
      if (!outgrown && !dead && clock.now() - measuredAt >= MEASURED_EVERY_MS) {
        measuredAt = clock.now();
        outgrown = ((await inTime(clock, CLOSING_MS, processes.megabytes(), undefined)) ?? 0) > megabytes;
      }
      return !dead && !outgrown && browser.isConnected();
    },
    close: end,
  };
}

async function watchProcesses(browser: Browser) {
  const session = await browser.newBrowserCDPSession();
  const ids = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo;
  };
  const own = (await ids()).find(({ type }) => type === 'browser')?.id;
  return {
    /** Its children end with it. Only while it is connected is the number surely still its own. */
    kill() {
      if (own !== undefined && browser.isConnected()) process.kill(own, 'SIGKILL');
    },
    async megabytes(): Promise<number> {
      const each = await Promise.all((await ids()).map(({ id }) => ownMegabytes(id)));
      return each.reduce((sum, part) => sum + part, 0);
    },
  };
}

/** Memory that is a process's own. Only Linux tells it; elsewhere browsers are not replaced for their size. */
async function ownMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
