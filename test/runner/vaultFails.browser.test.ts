import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type AccessStore, type Bearing, InvalidInput } from '#core';
import type { Account, App, Session } from '#runner';
import { ManualClock } from '../support/clocks.ts';
import { alone } from '../support/memoryAccess.ts';
import { launchChromium, sessionsAt, site, someApp } from '../support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Sessions with this account, and what was said of the application at the end of each use. */
async function signingIn(app: App, account: Partial<Account>) {
  const { url } = await site({});
  const { access } = alone();
  const bearings: Bearing[] = [];
  const giveBack: AccessStore['giveBack'] = (loan, bearing) => {
    bearings.push(bearing);
    return access.giveBack(loan, bearing);
  };
  const { sessions } = sessionsAt(url, {
    accounts: async () => [{ name: 'main', url, user: 'bot', password: 'secret-password', ...account }],
    ...{ access: { ...access, giveBack }, launch: async () => browser, clock: new ManualClock() },
  });
  onTestFinished(() => sessions.discard(app));
  const use = (signal?: AbortSignal) => sessions.use(app, async ({ page }: Session) => page.title(), signal);
  return { use, access, bearings };
}

const needsCode = someApp({
  signIn: async (page, { url, totp }) => {
    await page.goto(url);
    await totp();
  },
});

describe('a sign-in whose account the record does not tell', () => {
  const broken = Object.assign(new Error('shutting down'), { code: '57P01' });

  it.each<[string, Partial<Account>]>([
    ['for a code', { totp: () => Promise.reject(broken) }],
    ['for the password of now', { current: () => Promise.reject(broken) }],
  ])('ends with what the record said, and says nothing of the application: asked %s', async (_, account) => {
    const { use, bearings } = await signingIn(needsCode, account);
    await expect(use()).rejects.toBe(broken);
    expect(bearings).toEqual([{ bore: 'unclear' }]);
  });
});

describe('a refused login of an account that is in the vault no more', () => {
  const refusing = someApp({ signedOut: async () => true, signIn: async () => {} });

  it('holds the account all the same', async () => {
    let asked = 0;
    const current = async (): Promise<Account> => {
      if (asked++ === 0) return { name: 'main', url: 'http://127.0.0.1:1/', user: 'bot', password: 'secret-password' };
      throw new InvalidInput('account-missing', 'REKEY_APP_SOME_APP_URL', 'Set it.');
    };
    const { use, access } = await signingIn(refusing, { current });
    await expect(use()).rejects.toMatchObject({ code: 'sign-in-refused' });
    expect(await access.heldAccounts('some-app')).toMatchObject([{ account: 'main', code: 'sign-in-refused' }]);
  });

  it('lets its run go when that is stopped', async () => {
    const stopped = new AbortController();
    let asked = 0;
    const current = async (): Promise<Account> => {
      if (asked++ === 0) return { name: 'main', url: 'http://127.0.0.1:1/', user: 'bot', password: 'secret-password' };
      stopped.abort();
      throw new Error('connection refused');
    };
    const { use } = await signingIn(refusing, { current });
    await expect(use(stopped.signal)).rejects.toMatchObject({ code: 'sign-in-refused' });
  });
});
