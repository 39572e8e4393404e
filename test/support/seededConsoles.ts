import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser, openSeededConsole, type SeededConsole } from './consoleBrowser.ts';

/** For a file's tests: one browser for all, a seeded console and no window left open for each. */
export function eachOnSeededConsole(): { readonly browser: Browser; readonly console: SeededConsole } {
  let browser: Browser;
  let console: SeededConsole;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    console = await openSeededConsole();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await console.close();
  });
  return {
    get browser() {
      return browser;
    },
    get console() {
      return console;
    },
  };
}

/** Machines are busy: what shall happen may take its time. */
export const soon = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 });

/** As who works without a mouse presses it. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}
