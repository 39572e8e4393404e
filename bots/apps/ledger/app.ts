import type { Frame, Page } from 'playwright-core';
import { defineApp, navigating, type Session } from '#runner';

/** Ledger 2003: accounts payable in a frameset, German amounts, ISO-8859-1. */
export const ledger = defineApp({
  name: 'ledger',
  charset: 'iso-8859-1',
  settlingSeconds: 5,

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

  async signedOut(page: Page) {
    for (const frame of page.frames()) {
      if ((await frame.locator('input[type=password], font > b:text-is("Session expired!")').count()) > 0) return true;
    }
    return false;
  },

  async canary(session) {
    const main = await openFunction(session, 'Vendor list');
    await main.locator('[name=s1]').waitFor();
  },
});

/** Chooses a function in the menu; its page appears in the main frame. */
export async function openFunction(session: Session, link: string): Promise<Frame> {
  const [menu, main] = await Promise.all([session.frame('menu'), session.frame('main')]);
  await navigating(main, () => menu.getByText(link, { exact: true }).click());
  return main;
}
