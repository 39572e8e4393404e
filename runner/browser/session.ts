import type { BrowserContext, Frame, Page } from 'playwright-core';
import { SystemException } from '#core';

/** A signed-in window of one application, for one task at a time. Actions on it are serial. */
export interface Session {
  readonly page: Page;
  /** Where the application stands, without a trailing slash. */
  readonly url: string;
  /** The frame of that name, once it is there. */
  frame(name: string): Promise<Frame>;
  /** Runs `act` while confirm dialogs are answered with yes; outside they are answered with no. */
  confirming<R>(act: () => Promise<R>): Promise<R>;
}

/** Opens a window in which the runner answers the dialogs. */
export async function openSession(context: BrowserContext, url: string): Promise<Session> {
  const page = await context.newPage();
  let yes = false;
  // An unanswered dialog stops the page for ever, whoever opened it. "Leave this page?" is no question of the record's.
  context.on('dialog', (dialog) => {
    const harmless = dialog.type() === 'alert' || dialog.type() === 'beforeunload';
    void (yes || harmless ? dialog.accept() : dialog.dismiss()).catch(() => {});
  });
  return {
    page,
    url: url.replace(/\/$/, ''),
    async frame(name) {
      await page
        .locator(`frame[name=${JSON.stringify(name)}], iframe[name=${JSON.stringify(name)}]`)
        .waitFor({ state: 'attached' });
      const frame = page.frame({ name });
      if (!frame)
        throw new SystemException(
          'frame-missing',
          'A frame of the application is gone; check the screen against the application.',
        );
      return frame;
    },
    async confirming(act) {
      yes = true;
      try {
        return await act();
      } finally {
        yes = false;
      }
    },
  };
}
