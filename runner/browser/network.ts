import type { Browser, BrowserContext } from 'playwright-core';
import type { Logger } from '#core';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** A context that reaches one application and nothing else. */
export async function openContext(browser: Browser, { origin, host }: URL, log: Logger): Promise<BrowserContext> {
  // Routes do not see redirects and web sockets: those end at a proxy that is not there.
  const context = await browser.newContext({ proxy: { server: NOWHERE, bypass: host }, serviceWorkers: 'block' });
  await context.route(
    (url) => url.origin !== origin,
    async (route) => {
      log.warn({ host: new URL(route.request().url()).host }, 'request outside the application blocked');
      await route.abort('blockedbyclient');
    },
  );
  return context;
}
