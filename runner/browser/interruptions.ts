import type { Page } from 'playwright-core';
import type { Logger } from '#core';
import type { App } from '../app.ts';
import type { Interruption } from './needs.ts';

/** Has interruptions dismissed whenever one comes in the way of an action on the page. */
export async function handleInterruptions(app: App, page: Page, log: Logger): Promise<void> {
  for (const interruption of app.interruptions ?? []) {
    await page.addLocatorHandler(interruption.shown(page), async () => {
      await interruption.dismiss(page);
      log.info({ application: app.name, interruption: interruption.name }, 'interruption dismissed');
    });
  }
}

/** Looking does not count as an action: where a page is only looked at, what is in the way must be looked for. */
export async function dismissInterruptions(app: App, page: Page): Promise<void> {
  const inTheWay = async ({ shown }: Interruption) => shown(page).first().isVisible();
  for (const interruption of app.interruptions ?? []) {
    if (await inTheWay(interruption)) await interruption.dismiss(page);
  }
}
