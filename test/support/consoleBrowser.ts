import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { startConsole } from '#console';
import { silentLogger } from '#core';
import { builtWeb } from './builtWeb.ts';
import { openSeededOffice, type SeededOffice } from './seededOffice.ts';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
}

export interface SeededConsole extends SeededOffice {
  readonly url: string;
  close(): Promise<void>;
}

/** The built console on an office in the middle of a day. */
export async function openSeededConsole(options: { token?: string } = {}): Promise<SeededConsole> {
  const seeded = await openSeededOffice();
  const webRoot = await builtWeb();
  const door = { office: seeded.office, host: '127.0.0.1', port: 0, webRoot, log: silentLogger, ...options };
  return { ...seeded, ...(await startConsole(door)) };
}

export interface Visit {
  readonly page: Page;
  /** What the browser complained about: errors of scripts, and what the content policy stopped. */
  readonly complaints: readonly string[];
  readonly context: BrowserContext;
}

export interface VisitOptions {
  readonly person?: string;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
}

/** A browser of its own, as another person's machine would be. */
export async function visit(
  browser: Browser,
  { person, width = 1400, scheme = 'light' }: VisitOptions = {},
): Promise<Visit> {
  const viewport = { width, height: width < 600 ? 740 : 900 };
  const context = await browser.newContext({ viewport, colorScheme: scheme, reducedMotion: 'reduce' });
  if (person !== undefined) {
    await context.addInitScript((name) => localStorage.setItem('rekey.person', JSON.stringify(name)), person);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // That the page after a paper's last one is not there is how its end is found.
    const isPagesEnd = message.location().url.includes('/pages/');
    if (message.type() === 'error' && !isPagesEnd) complaints.push(message.text());
  });
  return { page, complaints, context };
}
