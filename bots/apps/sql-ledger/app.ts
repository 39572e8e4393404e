import type { Frame, Page } from 'playwright-core';
import { defineApp, navigating, type Session } from '#runner';

/** SQL-Ledger 3.2 as Debian packages it: Perl programs in a frameset, English amounts and dates, a data set in ISO-8859-1. */
export const sqlLedger = defineApp({
  name: 'sql-ledger',
  charset: 'iso-8859-1',
  // It answers when its transaction is through; what a closed window leaves under way is done within a page's time.
  settlingSeconds: 30,

  async signIn(page, { url, user, password }) {
    await page.goto(`${url.replace(/\/$/, '')}/login.pl`);
    await page.locator('[name=login]').fill(user);
    await page.locator('[name=password]').fill(password);
    await page.locator('input[type=submit]').click();
    await page.locator('frame[name=main_window], h2.error').first().waitFor({ state: 'attached' });
  },

  /** A login, the page that asks for the password in the middle of work, and a login that was refused. */
  async signedOut(page: Page) {
    for (const frame of page.frames()) {
      if ((await frame.locator('input[type=password], a[href="login.pl"]').count()) > 0) return true;
    }
    return page.url().endsWith('/login.pl') && (await page.locator('frame[name=main_window]').count()) === 0;
  },

  async canary(session) {
    const page = await openFunction(session, 'AP--Reports--Transactions');
    await page.locator('[name=invnumber]').waitFor();
  },
});

/** Chooses a function by its place in the menu, whose branches are folded; its page appears in the main frame. */
export async function openFunction(session: Session, level: string): Promise<Frame> {
  const [menu, main] = await Promise.all([session.frame('acc_menu'), session.frame('main_window')]);
  const link = menu.locator(`a[href*="level=${level.replaceAll(' ', '%20')}&"]`);
  await navigating(main, () => link.dispatchEvent('click'));
  return main;
}

/** Presses the button with this text. A hidden field of many forms has the same value. */
export async function press(form: Frame, button: string): Promise<void> {
  await navigating(form, () => buttonOf(form, button).click());
}

export const buttonOf = (form: Frame, button: string) => form.locator(`input[type=submit][value="${button}"]`);
