import { errors, type Page } from 'playwright-core';
import { type Clock, LeaseLost, RekeyError, SessionLost, SystemException } from '#core';
import type { App } from '../app.ts';
import { isOurs } from '../ours.ts';
import { inTime } from './deadline.ts';
import { patience } from './needs.ts';

/**
 * What an error in a window means, by what became of the window: never by the text of a message. `loss` tells what the
 * window's own watch has seen by then. What the record says to a run at work in a window is nothing the application did.
 */
export async function diagnose(
  app: App,
  page: Page,
  clock: Clock,
  loss: () => SessionLost | undefined,
  error: unknown,
): Promise<unknown> {
  if (error instanceof RekeyError || error instanceof LeaseLost || isOurs(error)) return error;
  if (page.isClosed()) return pageClosed(app, error);
  const slow = error instanceof errors.TimeoutError;
  const look = (slow ? stopLoading(page) : Promise.resolve()).then(() => app.signedOut(page)).catch(() => false);
  const state = await inTime(clock, patience(app), look, 'hung');
  if (state === 'hung') return pageHung(app);
  return loss() ?? (state ? signedOut(app) : asOurs(error));
}

export const signedOut = (app: App) => new SessionLost('signed-out', `${app.name} has signed us out.`);

export const pageClosed = (app: App, cause?: unknown) =>
  new SessionLost('page-closed', `The window of ${app.name} was closed, or its browser has ended.`, { cause });

export const pageCrashed = (app: App) => new SessionLost('page-crashed', `The page of ${app.name} has crashed.`);

export const pageHung = (app: App) =>
  new SessionLost('page-hung', `The page of ${app.name} answers nothing any more; its window is given up.`);

/** On its way to an address that does not answer, a page answers no questions either, and would never again. */
async function stopLoading(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.stopLoading');
  await session.detach();
}

/** Playwright rejects with plain Errors; an error class of the language is a fault in the code and stays one. */
function asOurs(error: unknown): unknown {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError) return error;
  if (error instanceof errors.TimeoutError) {
    return new SystemException(
      'application-slow',
      'The application did not answer, or its page lacks what the screen expects.',
      { cause: error },
    );
  }
  return new SystemException('application-failed', 'The browser could not carry out an action on the application.', {
    cause: error,
  });
}
