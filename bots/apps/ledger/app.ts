import type { Frame } from 'playwright-core';
import { defineApp, queryOf, type Session, showsAnywhere } from '#runner';

/** Ledger 2003: accounts payable in a frameset, German amounts, ISO-8859-1. */
export const ledger = defineApp({
  name: 'ledger',
  charset: 'iso-8859-1',
  settlingSeconds: 5,
  referer: '/menu.asp',

  async signIn(page, { url, user, password, totp }) {
    const answered = () => page.locator('frame[name=main], [name=f2]').first().waitFor({ state: 'attached' });
    await page.goto(url);
    await page.locator('[name=f1]').fill(user);
    await page.locator('[name=f2]').fill(password);
    await page.locator('[name=b1]').click();
    await answered();
    const code = page.locator('[name=f4]');
    if ((await code.count()) === 0) return;
    await code.fill(await totp());
    await page.locator('[name=b1]').click();
    await answered();
  },

  signedOut: (page) =>
    showsAnywhere(page, { css: 'input[type=password]' }, { css: 'font > b', says: 'Session expired!' }),

  async canary(session) {
    const main = await openPage(session, '/enq_vendors.asp');
    await main.locator('[name=s1]').waitFor();
  },
});

/** Shows a page of the application in the main frame, where its menu would show it. */
export async function openPage(
  session: Session,
  path: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Frame> {
  const main = await session.frame('main');
  const query = queryOf(ledger, fields);
  await session.goto(query ? `${path}?${query}` : path, main);
  return main;
}
