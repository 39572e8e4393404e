import { type Bearing, BusinessException, RekeyError, SystemException, Throttled } from '#core';
import { isOurs } from '../ours.ts';

/** Failures of ours that end a use with the class of the application's, wherever they come from. */
const OURS = [
  ...['browser-missing', 'sign-in-refused', 'account-missing', 'blob-missing', 'blob-corrupt'],
  ...['submit-late', 'look-up-unclear', 'database-silent', 'database-busy'],
  ...['code-secret-missing', 'key-missing', 'bad-key', 'wrong-key', 'credentials-altered'],
];

/** What the end of a use says of the application: an answer it gave, were it a refusal, is one. */
export function bearingOf(error: unknown): Bearing {
  if (isOurs(error)) return { bore: 'unclear' };
  if (error instanceof BusinessException || error instanceof Throttled) return { bore: 'well' };
  const isTheirs = error instanceof SystemException && !OURS.includes(error.code);
  return isTheirs ? { bore: 'badly', code: error.code } : { bore: 'unclear' };
}

export function isRefusedLogin(error: unknown): boolean {
  return error instanceof RekeyError && error.code === 'sign-in-refused';
}
