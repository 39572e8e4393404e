import type { BrowserContext, Page } from 'playwright-core';
import type { Clock } from '#core';
import type { App } from '../app.ts';
import { endsInTime } from './deadline.ts';
import { pageHung } from './diagnosis.ts';

/**
 * Rejects with SessionLost `page-hung` when a page answers no question for `ms`, whatever the bot itself is waiting for;
 * with the signal's reason when it aborts. On its way to another address a page answers nothing either: actions must have
 * the same `ms` at most, so that they find that out first.
 */
export async function untilItHangs(
  app: App,
  context: BrowserContext,
  clock: Clock,
  ms: number,
  signal: AbortSignal,
): Promise<never> {
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
