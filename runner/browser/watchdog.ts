import type { BrowserContext, Page } from 'playwright-core';
import type { Clock } from '#core';
import type { App } from '../app.ts';
import { endsInTime } from './deadline.ts';
import { pageHung } from './diagnosis.ts';
import { patience } from './needs.ts';

/**
 * Rejects with SessionLost `page-hung` when a page answers no question within the application's patience, whatever the
 * browser itself is waiting for; with the signal's reason when it aborts.
 */
export async function untilItHangs(
  app: App,
  context: BrowserContext,
  clock: Clock,
  signal: AbortSignal,
): Promise<never> {
  const ms = patience(app);
  for (;;) {
    await clock.sleep(ms / 2, signal);
    const answers = await Promise.all(context.pages().map((page) => endsInTime(clock, ms, anyAnswer(page))));
    signal.throwIfAborted();
    if (answers.includes(false)) throw pageHung(app);
  }
}

/** A page that is closed or has crashed answers too: with an error, which the action under way gets as well. */
function anyAnswer(page: Page): Promise<unknown> {
  return page.evaluate(() => 0);
}
