import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { type Grief, type Moment, momentName, type Orders, type Said, type Told } from './orders.ts';

/** What a worker that is to be struck holds open. */
export interface Struck {
  browser?: Browser;
  page?: Page;
}

/** Called at each moment of a worker: says so where it rehearses, and strikes at the one that was ordered. */
export function blows(orders: Orders, struck: Struck): (moment: Moment) => Promise<void> {
  const ordered = orders.struck;
  process.on('message', (told: Told) => told !== 'go on' && void strikeBrowser(struck, told));
  return async (moment) => {
    if (orders.rehearses) say({ say: 'did', moment });
    if (!ordered || momentName(ordered) !== momentName(moment)) return;
    say({ say: 'struck' });
    switch (ordered.how) {
      case 'tell':
        return;
      case 'wait':
        return untilToldToGoOn();
      case 'block':
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ordered.seconds * 1000);
        return;
      case 'browser':
        return strikeBrowser(struck, ordered.comes);
      default:
        process.kill(process.pid, ordered.how === 'die' ? 'SIGKILL' : 'SIGSTOP');
    }
  };
}

export function say(said: Said): void {
  process.send?.(said);
}

async function untilToldToGoOn(): Promise<void> {
  for (let told: Told | undefined; told !== 'go on'; ) [told] = await once(process, 'message');
}

async function strikeBrowser({ browser, page }: Struck, comes: Grief): Promise<void> {
  if (!browser || !page) throw new Error('There is no browser to strike.');
  // Chromium's own page for it: the tab ends as when its memory is refused.
  if (comes === 'out of memory') return void (await page.goto('chrome://crash').catch(() => undefined));
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  process.kill(processInfo.find(({ type }) => type === 'browser')!.id, comes === 'killed' ? 'SIGKILL' : 'SIGSTOP');
}
