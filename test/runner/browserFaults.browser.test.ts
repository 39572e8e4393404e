import type { Browser } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '#core';
import type { Session } from '#runner';
import { html, launchChromium, type Page, sessionsAt, site, someApp } from '../support/site.ts';

const TITLE = ({ page }: Session) => page.title();
const app = someApp({ patienceSeconds: 2 });

/** Sessions with browsers of their own, as many as are started. */
function ownBrowsers(url: string, options: Partial<Parameters<typeof sessionsAt>[1]> = {}) {
  const started: Browser[] = [];
  const opened = sessionsAt(url, {
    launch: async (own) => {
      const browser = await launchChromium(own);
      started.push(browser);
      return browser;
    },
    ...options,
  });
  onTestFinished(() => opened.sessions.close());
  return { ...opened, started };
}

/** The browser's own process. */
async function processOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.find(({ type }) => type === 'browser')!.id;
}

describe('a page', () => {
  it.each<[string, string, (session: Session) => Promise<unknown>]>([
    ['crashes', 'page-crashed', ({ page }) => page.goto('chrome://crash')],
    ['never answers again', 'page-hung', ({ page }) => page.evaluate('for (;;);')],
    [
      'is dead while the bot waits for something else',
      'page-hung',
      ({ page }) => {
        void page.evaluate('for (;;);').catch(() => {});
        return new Promise(() => {});
      },
    ],
  ])('that %s is given up, and the next use has a fresh one in the same browser', async (_, code, act) => {
    const { url, visits } = await site({});
    const { sessions, started } = ownBrowsers(url);
    await expect(sessions.use(app, act)).rejects.toMatchObject({ code, kind: 'session-lost' });
    expect(await sessions.use(app, TITLE)).toBe('App');
    expect(visits.filter((path) => path === '/sign-in')).toHaveLength(2);
    expect(started).toHaveLength(1);
  });
});

describe('a browser', () => {
  it('that is killed is replaced', async () => {
    const { url } = await site({});
    const { sessions, started } = ownBrowsers(url);
    const killed = sessions.use(app, async ({ page }) => {
      process.kill(await processOf(started[0]!), 'SIGKILL');
      await page.getByText('never there').click();
    });
    await expect(killed).rejects.toMatchObject({ code: 'page-closed', kind: 'session-lost' });
    expect(await sessions.use(app, TITLE)).toBe('App');
    expect(started).toHaveLength(2);
  });

  it.each<[string, (stop: () => void) => (session: Session) => Promise<unknown>]>([
    [
      'in the middle of a use',
      (stop) =>
        async ({ page }) => {
          stop();
          await page.title();
        },
    ],
    ['between two uses', (stop) => async () => stop()],
  ])('that hangs %s is killed and replaced', async (_, act) => {
    const { url } = await site({});
    const { sessions, started } = ownBrowsers(url);
    await sessions.use(app, TITLE);
    const process_ = await processOf(started[0]!);
    const used = await sessions
      .use(
        app,
        act(() => void process.kill(process_, 'SIGSTOP')),
      )
      .then(
        () => 'over',
        (error) => error.code,
      );
    expect(['over', 'page-hung']).toContain(used);
    expect(await sessions.use(app, TITLE)).toBe('App');
    expect(started.map((browser) => browser.isConnected())).toEqual([false, true]);
  });
});

/** The page, but for one visit, when the application has forgotten who is signed in. */
function endsAfter(page: Page, visits: number): Page {
  let seen = 0;
  return (request, response) => {
    seen += 1;
    (seen === visits + 1 ? html('Signed out') : page)(request, response);
  };
}

describe('a worn window', () => {
  const known: Page = (request, response) => {
    const visitor = /visitor=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    html(visitor ? `Hello ${visitor}` : 'Signed out')(request, response);
  };
  const login: Page = (_, response) => {
    response.writeHead(302, { location: '/home', 'set-cookie': 'visitor=bot' }).end();
  };
  const pages = { '/sign-in': login, '/home': known };

  it.each([
    ['old', { windowMinutes: 30 }, 1],
    ['in a browser that has grown too large', { megabytes: 1 }, 2],
  ])('is replaced with the same sign-in when it is %s', async (_, limits, browsers) => {
    const { url, visits } = await site(pages);
    let later = 0;
    const clock = { ...systemClock, now: () => Date.now() + later };
    const { sessions, started } = ownBrowsers(url, { limits, clock });
    const contexts = new Set<unknown>();
    const greeting = ({ page }: Session) => {
      contexts.add(page.context());
      return page.locator('body').innerText();
    };
    expect(await sessions.use(app, greeting)).toBe('Hello bot');
    later = 29 * 60_000;
    if (browsers === 1) expect(await sessions.use(app, greeting)).toBe('Hello bot');
    expect(contexts.size).toBe(1);
    later = 31 * 60_000;
    expect(await sessions.use(app, greeting)).toBe('Hello bot');
    expect(contexts.size).toBe(2);
    expect(visits.filter((path) => path === '/sign-in')).toHaveLength(1);
    expect(started.map((browser) => browser.isConnected())).toEqual(browsers === 1 ? [true] : [false, true]);
  });

  it('whose account is refused by then holds the account, and tries no second time', async () => {
    let changed = false;
    const refused = html('Signed out');
    const { url, visits } = await site({
      '/sign-in': (...call) => (changed ? refused : login)(...call),
      '/home': (...call) => (changed ? refused : known)(...call),
    });
    let later = 0;
    const clock = { ...systemClock, now: () => Date.now() + later };
    const { sessions } = ownBrowsers(url, { limits: { windowMinutes: 30 }, clock });
    await sessions.use(app, TITLE);
    changed = true;
    later = 31 * 60_000;
    await expect(sessions.use(app, TITLE)).rejects.toMatchObject({ code: 'sign-in-refused' });
    await expect(sessions.use(app, TITLE)).rejects.toMatchObject({ code: 'account-held' });
    expect(visits.filter((path) => path === '/sign-in')).toHaveLength(2);
  });

  it('is signed in to anew where the application does not take the sign-in any more', async () => {
    const { url, visits } = await site({ ...pages, '/home': endsAfter(known, 1) });
    let later = 0;
    const clock = { ...systemClock, now: () => Date.now() + later };
    const { sessions } = ownBrowsers(url, { limits: { windowMinutes: 30 }, clock });
    await sessions.use(app, TITLE);
    later = 31 * 60_000;
    expect(await sessions.use(app, ({ page }) => page.locator('body').innerText())).toBe('Hello bot');
    expect(visits.filter((path) => path !== '/favicon.ico')).toEqual([
      '/sign-in',
      '/home',
      '/home',
      '/sign-in',
      '/home',
    ]);
  });
});
