import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import type { Clock } from '#core';
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

/** Closing takes some tens of milliseconds; a busy machine may need a hundred times as long. */
const CLOSING_MS = 5000;
/** Memory grows over minutes, and asking for it takes milliseconds. */
const MEASURED_EVERY_MS = 20_000;

export async function openChromium(browser: Browser, { megabytes }: ChromiumLimits, clock: Clock): Promise<Chromium> {
  const processes = await watchProcesses(browser);
  const inside = new Set<BrowserContext>();
  let outgrown = false;
  let measuredAt = clock.now();

  async function end(): Promise<void> {
    if (!(await endsInTime(clock, CLOSING_MS, browser.close()))) processes.kill();
  }

  return {
    async enter(options) {
      const context = await inTime(clock, CLOSING_MS * 2, browser.newContext(options), undefined);
      if (!context) {
        processes.kill();
        throw new Error('The browser opens no window any more; it was killed.');
      }
      inside.add(context);
      return context;
    },
    async leave(context) {
      inside.delete(context);
      if (!(await endsInTime(clock, CLOSING_MS, context.close()))) processes.kill();
      else if (outgrown && inside.size === 0) await end();
    },
    async sound() {
      if (!outgrown && browser.isConnected() && clock.now() - measuredAt >= MEASURED_EVERY_MS) {
        measuredAt = clock.now();
        outgrown = ((await inTime(clock, CLOSING_MS, processes.megabytes(), undefined)) ?? 0) > megabytes;
      }
      return browser.isConnected() && !outgrown;
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
