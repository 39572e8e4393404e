import type { Dialog, Frame, Page } from 'playwright-core';
import { Defect, type DocumentRef, SessionLost, SystemException } from '#core';
import type { App } from '../app.ts';
import type { Downloads } from './downloads.ts';
import type { SentOnce } from './sentOnce.ts';

/** A signed-in window of one application, for one task at a time. Actions on it are serial. */
export interface Session {
  readonly page: Page;
  /** Where the application stands, without a trailing slash. */
  readonly url: string;
  /** Opens a page of the application by its path, in the whole window or in a frame, as if it came from the app's `referer`. */
  goto(path: string, frame?: Frame): Promise<void>;
  /** The frame of that name, once it is there. */
  frame(name: string): Promise<Frame>;
  /**
   * Runs `act`, which submits: confirm dialogs are answered with yes meanwhile, outside with no. From then on until the window
   * is given back, the same form with the same contents leaves it once, however often it is clicked, reloaded or gone back to.
   * `leaveBy`, of `performance.now()`: later no form leaves it at all, so that a worker that slept through its lease posts
   * nothing when it wakes; rejects with SessionLost then. `form`: the frame that is submitted in, which tells its form from
   * pages that other frames ask for.
   */
  confirming<R>(act: () => Promise<R>, leaveBy?: number, form?: Frame): Promise<R>;
  /** Takes the file that `act` makes the application send into the archive. The application must be declared to send files. */
  download(act: () => Promise<void>): Promise<DocumentRef>;
}

/** What watches over a session from outside of it. */
export interface Attendants {
  readonly sentOnce: SentOnce;
  readonly downloads: Downloads;
}

/** A session on this page, whose dialogs the runner answers. */
export function openSession(page: Page, app: App, address: string, { sentOnce, downloads }: Attendants): Session {
  const url = address.replace(/\/$/, '');
  let yes = false;
  // An unanswered dialog stops the page for ever, whoever opened it.
  page.context().on('dialog', (dialog) => void answer(dialog, yes).catch(() => {}));
  return {
    page,
    url,
    download: downloads.take,
    async goto(path, frame = page.mainFrame()) {
      if (!path.startsWith('/'))
        throw new Defect('bad-path', 'Pages of an application are opened by a path that begins with "/".');
      await frame.goto(url + path, app.referer === undefined ? {} : { referer: url + app.referer });
    },
    async frame(name) {
      const there = page.frame({ name });
      if (there) return there;
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
    async confirming(act, leaveBy = Number.POSITIVE_INFINITY, form) {
      await sentOnce.watch(leaveBy, form);
      yes = true;
      try {
        const value = await act();
        sentOnce.answered();
        return value;
      } catch (error) {
        if (!sentOnce.isOverdue()) throw error;
        throw new SessionLost('submit-late', 'The submit was not made in time, and was stopped.', { cause: error });
      } finally {
        yes = false;
      }
    },
  };
}

/** "Leave this page?" is no question of the record's. */
function answer(dialog: Dialog, yes: boolean): Promise<void> {
  const harmless = dialog.type() === 'alert' || dialog.type() === 'beforeunload';
  return yes || harmless ? dialog.accept() : dialog.dismiss();
}
