import { errors } from 'playwright-core';
import { RekeyError, SessionLost, SystemException } from '#core';
import type { App } from '../app.ts';
import type { Session } from './session.ts';

/** What an error in a window means, by what the window shows: never by the text of a message. */
export async function diagnose(app: App, session: Session, error: unknown): Promise<unknown> {
  if (error instanceof RekeyError) return error;
  if (session.page.isClosed())
    return new SessionLost('page-closed', `The window of ${app.name} was closed.`, { cause: error });
  if (await app.signedOut(session.page).catch(() => false)) return signedOut(app);
  return asOurs(error);
}

export const signedOut = (app: App) => new SessionLost('signed-out', `${app.name} has signed us out.`);

/** Playwright rejects with plain Errors; an error class of the language is a fault in the code and stays one. */
export function asOurs(error: unknown): unknown {
  if (
    error instanceof RekeyError ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError
  )
    return error;
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
