import type { Browser, Page as BrowserPage } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type AccessStore,
  type AccountLoan,
  type Bearing,
  InvalidInput,
  LeaseLost,
  SessionLost,
  SystemException,
} from '#core';
import type { Session } from '#runner';
import { ourOwn } from '../../runner/ours.ts';
import { ManualClock } from '../support/clocks.ts';
import { alone } from '../support/memoryAccess.ts';
import { html, launchChromium, sessionsAt as sessionsOf, site, someApp } from '../support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const app = someApp();

function sessionsAt(url: string, changes: Partial<Parameters<typeof sessionsOf>[1]> = {}) {
  const opened = sessionsOf(url, { launch: async () => browser, ...changes });
  onTestFinished(() => opened.sessions.discard(app));
  return opened;
}

describe('a session', () => {
  it('is signed in once and lent to one after the other', async () => {
    const { url, visits } = await site({});
    const { sessions, log } = sessionsAt(url);
    const under: string[] = [];
    const act = (name: string) => async (session: Session) => {
      under.push(`${name} begins`);
      await session.page.goto(`${url}${name}`);
      under.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([sessions.use(app, act('a')), sessions.use(app, act('b'))])).toEqual(['a', 'b']);
    expect(under).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(visits.filter((path) => path === '/sign-in')).toHaveLength(1);
    expect(log()).not.toContain('secret-password');
  });

  it('is not taken from under another run that is at work in it', async () => {
    const { url } = await site({});
    const { sessions } = sessionsAt(url);
    const half = Promise.withResolvers<void>();
    const working = sessions.use(app, async ({ page }) => {
      await half.promise;
      return page.title();
    });
    const discarding = sessions.discard(app);
    half.resolve();
    expect(await working).toBe('App');
    await discarding;
  });

  it('is lost as soon as a page says so, and the next use signs in afresh', async () => {
    const { url, visits } = await site({ '/expired': html('Signed out') });
    const { sessions } = sessionsAt(url);
    const lost = sessions.use(app, async ({ page }) => {
      await page.goto(`${url}expired`);
      await page.getByText('never there').click();
    });
    await expect(lost).rejects.toMatchObject({ code: 'signed-out', kind: 'session-lost' });
    expect(await sessions.use(app, ({ page }) => page.title())).toBe('App');
    expect(visits.filter((path) => path === '/sign-in')).toHaveLength(2);
  });

  it('whose window was closed, or whose browser died, is opened anew', async () => {
    const { url } = await site({});
    let last: Browser | undefined;
    const own = async () => {
      last = await launchChromium();
      return last;
    };
    const { sessions } = sessionsAt(url, { launch: own });
    const closed = sessions.use(app, async ({ page }) => {
      await page.close();
      await page.title();
    });
    await expect(closed).rejects.toBeInstanceOf(SessionLost);
    expect(await sessions.use(app, ({ page }) => page.title())).toBe('App');
    await last?.close();
    expect(await sessions.use(app, ({ page }) => page.title())).toBe('App');
    await sessions.close();
    expect(last?.isConnected()).toBe(false);
  });

  it('is taken from a run that does not end, once the sessions are closed', async () => {
    const { url } = await site({});
    const clock = new ManualClock();
    const { sessions } = sessionsAt(url, { clock, launch: () => launchChromium() });
    const working = Promise.withResolvers<void>();
    const endless = sessions.use(app, () => {
      working.resolve();
      return new Promise(() => {});
    });
    const waiting = sessions.use(app, async () => 1);
    const refused = [
      expect(endless).rejects.toMatchObject({ kind: 'session-lost' }),
      expect(waiting).rejects.toMatchObject({ code: 'browser-ended', kind: 'session-lost' }),
    ];
    await working.promise;
    const closing = sessions.close();
    await clock.pass(3000);
    await Promise.all([closing, ...refused]);
  });

  it('answers what the application asks: no to a confirmation, unless it is being submitted', async () => {
    const body = `<script>alert('Reminder'); document.title = String(confirm('Post?'));</script>`;
    const { url } = await site({ '/asks': html(body) });
    const { sessions } = sessionsAt(url);
    const answers = await sessions.use(app, async (session) => {
      await session.page.goto(`${url}asks`);
      const first = await session.page.title();
      await session.confirming(() => session.page.goto(`${url}asks`));
      return [first, await session.page.title()];
    });
    expect(answers).toEqual(['false', 'true']);
  });

  it('may leave a page that would hold it back', async () => {
    const body = `<button>Touch</button><script>addEventListener('beforeunload', (event) => event.preventDefault())</script>`;
    const { url } = await site({ '/holds': html(body) });
    const { sessions } = sessionsAt(url);
    await sessions.use(app, async ({ page }) => {
      await page.goto(`${url}holds`);
      await page.getByText('Touch').click();
      await page.goto(`${url}next`);
      expect(page.url()).toBe(`${url}next`);
    });
  });

  it('does not find the popup that another left open', async () => {
    const { url } = await site({ '/opens': html(`<a href="#" onclick="window.open('/popup', 'pick')">Pick</a>`) });
    const { sessions } = sessionsAt(url);
    const opened = async ({ page }: Session) => {
      await page.goto(`${url}opens`);
      const opening = page.waitForEvent('popup');
      await page.getByText('Pick').click();
      return (await opening).url();
    };
    await sessions.use(app, opened);
    expect(await sessions.use(app, opened)).toBe(`${url}popup`);
  });

  it('lacks its account by the setting’s name, not by an unknown error', async () => {
    const accounts = async () => {
      throw new InvalidInput('account-missing', 'REKEY_APP_SOME_APP_URL', 'Set it.');
    };
    const { sessions } = sessionsAt('http://127.0.0.1:1/', { accounts });
    const use = sessions.use(app, async () => 1);
    await expect(use).rejects.toMatchObject({ code: 'account-missing', kind: 'system' });
  });

  describe.each(['get', 'post'])('whose form is sent by %s', (method) => {
    const submitted = async (leaveBy: number) => {
      const form = `<form method=${method} action=/paid><input name=sum value=5><button>Pay</button></form>`;
      const { url, visits } = await site({ '/form': html(form) });
      const { sessions } = sessionsAt(url);
      const paid = sessions.use(app, async (session) => {
        await session.goto('/form');
        return session.confirming(async () => {
          await session.page.getByRole('button').click();
          await session.page.waitForURL(/paid/, { timeout: 1000 });
        }, leaveBy);
      });
      return { paid, sent: () => visits.filter((path) => path.startsWith('/paid')).length };
    };

    it('sends it while there is time', async () => {
      const { paid, sent } = await submitted(performance.now() + 60_000);
      await paid;
      expect(sent()).toBe(1);
    });

    it('sends nothing once it is late', async () => {
      const { paid, sent } = await submitted(performance.now() - 1);
      await expect(paid).rejects.toMatchObject({ code: 'submit-late', kind: 'session-lost' });
      expect(sent()).toBe(0);
    });
  });

  it.each([
    ['a lease that is lost', new LeaseLost('t')],
    ['a database that is shut down', Object.assign(new Error('shutting down'), { code: '57P01' })],
    ['a connection to it that breaks', Object.assign(new Error('read'), { code: 'ECONNRESET', syscall: 'read' })],
    ['a connection to it that is ended', new Error('Connection terminated unexpectedly')],
    ['an archive that is full', Object.assign(new Error('write'), { code: 'ENOSPC', syscall: 'write' })],
  ])('ends with what the record said, and not with a fault of the application: %s', async (_, error) => {
    const { url } = await site({});
    const { access } = alone();
    const bearings: Bearing[] = [];
    const noting: AccessStore = {
      ...access,
      giveBack: (loan, bearing) => {
        bearings.push(bearing);
        return access.giveBack(loan, bearing);
      },
    };
    const { sessions } = sessionsAt(url, { access: noting });
    const record = ourOwn({ write: () => Promise.reject(error) });
    await expect(sessions.use(app, () => record.write())).rejects.toBe(error);
    expect(bearings).toEqual([{ bore: 'unclear' }]);
  });

  it('that nobody answers is the world’s fault', async () => {
    const { sessions } = sessionsAt('http://127.0.0.1:1/');
    await expect(sessions.use(app, async () => 1)).rejects.toBeInstanceOf(SystemException);
  });
});

describe('an account', () => {
  it('is given back though nobody could be told that the application is well again', async () => {
    const { url } = await site({});
    const { access } = alone();
    const probing: AccessStore = {
      ...access,
      lend: async (need) => {
        const lending = await access.lend(need);
        return lending.state === 'lent' ? { ...lending, loan: { ...lending.loan, probe: true } } : lending;
      },
      recovered: () => Promise.reject(new Error('connection refused')),
    };
    const { sessions } = sessionsAt(url, { access: probing });
    await expect(sessions.use(app, async () => 1)).rejects.toThrow('connection refused');
    const need = { application: app.name, accounts: ['main'], sessions: 1, holder: 'another', seconds: 30 };
    expect(await access.lend(need)).toMatchObject({ state: 'lent' });
  });
});

describe('a refused login that the record does not take', () => {
  const refusing = someApp({ signedOut: async () => true });
  const failingToHold = async (changes: Partial<AccessStore> = {}) => {
    const { url } = await site({});
    const { access } = alone();
    const clock = new ManualClock();
    const asked = Promise.withResolvers<void>();
    const hold = vi.fn<AccessStore['hold']>(async () => {
      asked.resolve();
      throw new Error('connection refused');
    });
    const { sessions } = sessionsAt(url, { clock, access: { ...access, hold, ...changes } });
    const use = sessions.use(refusing, async () => 1);
    const refused = expect(use).rejects.toMatchObject({ code: 'sign-in-refused' });
    await asked.promise;
    return { access, clock, hold, refused };
  };

  it('keeps the account from everybody until it does', async () => {
    const { access, clock, hold, refused } = await failingToHold();
    const need = { application: app.name, accounts: ['main'], sessions: 1, holder: 'another', seconds: 30 };
    expect(await access.lend(need)).toEqual({ state: 'busy' });
    hold.mockImplementation(access.hold);
    await clock.pass(1000);
    await refused;
    expect(hold).toHaveBeenCalledTimes(2);
    expect(await access.lend(need)).toMatchObject({ state: 'held', accounts: [{ code: 'sign-in-refused' }] });
  });

  it('is what the run ends with when the account is another’s meanwhile', async () => {
    const { clock, refused } = await failingToHold({
      renew: () => Promise.reject(new SessionLost('account-lost', 'Given away.')),
    });
    await clock.pass(10_000);
    await refused;
  });
});

describe('an account whose loan ran out unnoticed', () => {
  it('is not worked with in the window of the run that had it', async () => {
    const { url, visits } = await site({});
    const { access } = alone();
    const loans: AccountLoan[] = [];
    const noting: AccessStore = {
      ...access,
      lend: async (need) => {
        const lending = await access.lend(need);
        if (lending.state === 'lent') loans.push(lending.loan);
        return lending;
      },
    };
    const { sessions } = sessionsAt(url, { access: noting });
    const working = Promise.withResolvers<void>();
    const ending = Promise.withResolvers<void>();
    let its: BrowserPage | undefined;
    let looks = 0;
    // The look at what failed takes long: the run that lost its account ends only when the next one is at work.
    const slow = someApp({
      signedOut: async (page) => {
        if (page === its && ++looks === 1) await ending.promise;
        return false;
      },
    });
    const late = sessions.use(slow, async ({ page }) => {
      its = page;
      working.resolve();
      throw new Error('HTTP 500');
    });
    const refused = expect(late).rejects.toBeInstanceOf(SessionLost);
    await working.promise;
    await access.giveBack(loans[0]!, { bore: 'unclear' });
    const next = await sessions.use(slow, async ({ page }) => {
      expect(its?.isClosed()).toBe(true);
      ending.resolve();
      await refused;
      return page;
    });
    expect(next).not.toBe(its);
    // The end of the one took nothing from the other.
    expect(await sessions.use(slow, async ({ page }) => page)).toBe(next);
    expect(visits.filter((path) => path === '/sign-in')).toHaveLength(2);
  });
});
