import { type Browser, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { openSessions, type Sessions } from '#runner';
import { alone } from './memoryAccess.ts';

/** Sessions of a worker that has just started, in windows that close with the test. */
export function freshSessions(account: {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}): Sessions {
  const launch = async () => lent(await theBrowser());
  const accounts = async () => [{ name: 'main', ...account }];
  return openSessions({ launch, accounts, ...alone(), log: silentLogger });
}

/** Closes, when the test ends, whatever windows are open then. */
export async function closeWindowsAfterTest(): Promise<void> {
  const windows = await theBrowser();
  onTestFinished(async () => {
    for (const context of windows.contexts()) await context.close();
  });
}

let browser: Promise<Browser> | undefined;

/** One Chromium for all tests of a file, since it starts slowly. It ends with the file's process. */
function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
  return browser;
}

/** The browser as sessions may have it: they close what is theirs, and the next test goes on with it. */
function lent(browser: Browser): Browser {
  return new Proxy(browser, {
    get(target, key) {
      if (key === 'close') return async () => {};
      const member: unknown = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
