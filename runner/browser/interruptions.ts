import type { Page } from 'playwright-core';
import type { Logger } from '#core';
import type { App } from '../app.ts';
import type { Interruption } from './needs.ts';

/** What an application says may come in the way, gone as soon as it does. */
export interface Interruptions {
  /** From now on, whenever one is in the way of an action on the page, or of waiting for something there. */
  watch(): Promise<void>;
  /** Now: where a page is only looked at, nothing is acted on, and what is in the way must be looked for. */
  clear(): Promise<void>;
}

export function dismissInterruptions(app: App, page: Page, log: Logger): Interruptions {
  const all = app.interruptions ?? [];
  const dismiss = async (interruption: Interruption) => {
    await interruption.dismiss(page);
    log.info({ application: app.name, interruption: interruption.name }, 'interruption dismissed');
  };
  const watchFor = (interruption: Interruption) =>
    page.addLocatorHandler(interruption.shown(page), () => dismiss(interruption));

  return {
    async watch() {
      for (const interruption of all) await watchFor(interruption);
    },
    async clear() {
      for (const interruption of all) {
        if (!(await interruption.shown(page).first().isVisible())) continue;
        // Dismissing is an action too, and would find the interruption in its own way.
        await page.removeLocatorHandler(interruption.shown(page));
        await dismiss(interruption);
        await watchFor(interruption);
      }
    },
  };
}
