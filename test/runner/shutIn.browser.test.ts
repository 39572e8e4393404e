import type { Browser, Page as BrowserPage } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { html, launchChromium, type Page, sessionsAt as sessionsOf, site, someApp } from '../support/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const app = someApp();

function sessionsAt(url: string) {
  const opened = sessionsOf(url, { launch: async () => browser });
  onTestFinished(() => opened.sessions.discard(app));
  return opened;
}

describe('a host outside the application', () => {
  const failed = (page: BrowserPage) => page.context().waitForEvent('requestfailed');
  const closed = async (page: BrowserPage) => {
    const socket = await page.waitForEvent('websocket');
    if (!socket.isClosed()) await socket.waitForEvent('socketerror');
  };

  it.each<[string, (outside: string) => Page, typeof closed | typeof failed]>([
    ['a link', (outside) => html(`<script>location = '${outside}'</script>`), failed],
    ['a picture', (outside) => html(`<img src="${outside}">`), failed],
    ['a script’s request', (outside) => html(`<script>fetch('${outside}', { mode: 'no-cors' })</script>`), failed],
    ['a frame', (outside) => html(`<iframe src="${outside}"></iframe>`), failed],
    ['a popup', (outside) => html(`<script>window.open('${outside}')</script>`), failed],
    ['a web socket', (outside) => html(`<script>new WebSocket('${outside.replace('http', 'ws')}')</script>`), closed],
    [
      'a redirect',
      (outside) => (_, response) => {
        response.writeHead(302, { location: outside });
        response.end();
      },
      failed,
    ],
  ])('is not reached by %s', async (_, leading, refused) => {
    const outside = await site({});
    // The same machine by another name is another host.
    const leak = `${outside.url.replace('127.0.0.1', 'localhost')}leak`;
    const { url, visits } = await site({ '/leads': leading(leak) });
    const { sessions } = sessionsAt(url);
    await sessions.use(app, async ({ page }) => {
      const end = refused(page);
      await page.goto(`${url}leads`).catch(() => undefined);
      await end;
    });
    expect(visits).toContain('/leads');
    expect(outside.visits).toEqual([]);
  });

  it.each(['169.254.169.254', '[fe80::1]'])(
    'is not reached in the machine’s own net either, and is logged: %s',
    async (host) => {
      const { url } = await site({ '/leads': html(`<img src="http://${host}/latest/meta-data/secret">`) });
      const { sessions, log } = sessionsAt(url);
      await sessions.use(app, async ({ page }) => {
        const end = failed(page);
        await page.goto(`${url}leads`);
        await end;
      });
      expect(log()).toContain(`"host":"${host}"`);
      expect(log()).not.toContain('meta-data');
    },
  );
});

describe('a file of this machine', () => {
  const FILE = import.meta.url;

  it.each<[string, Page, (page: BrowserPage) => Promise<unknown>]>([
    ['a link', html(`<script>location = '${FILE}'</script>`), (page) => page.waitForEvent('console')],
    ['a frame', html(`<iframe src="${FILE}"></iframe>`), (page) => page.waitForEvent('console')],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { location: FILE });
        response.end();
      },
      (page) => page.waitForEvent('requestfailed'),
    ],
  ])('is not opened by %s of the application', async (_, leading, refused) => {
    const { url } = await site({ '/leads': leading });
    const { sessions } = sessionsAt(url);
    const opened = await sessions.use(app, async ({ page }) => {
      const end = refused(page);
      await page.goto(`${url}leads`).catch(() => undefined);
      await end;
      return page.frames().map((frame) => new URL(frame.url() || 'about:blank').protocol);
    });
    expect(opened.length).toBeGreaterThan(0);
    expect(opened).not.toContain('file:');
  });

  it.each([
    ['the bot itself', FILE],
    ['the bot itself, as a page of the browser’s own', 'chrome://version/'],
  ])('is not opened by %s: its window is closed, and it is logged', async (_, address) => {
    const { url } = await site({});
    const { sessions, log } = sessionsAt(url);
    const seen: string[] = [];
    const going = sessions.use(app, async ({ page }) => {
      await page.goto(address);
      seen.push(await page.content());
    });
    await expect(going).rejects.toMatchObject({ kind: 'session-lost', code: 'page-closed' });
    expect(seen).toEqual([]);
    expect(log()).toContain(`"host":"${new URL(address).protocol}"`);
    expect(await sessions.use(app, async ({ page }) => page.title())).toBe('App');
  });
});
