// Where this machine's Chromium is. Looks only; bin/setup.mjs is what installs one.
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const PLACES = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) => NAMES.map((name) => `${folder}/${name}`)),
  darwin: ['', homedir()].flatMap((home) =>
    ['Google Chrome', 'Chromium', 'Google Chrome for Testing'].map(
      (name) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
  ),
};

/**
 * The browser to start: REKEY_BROWSER, else Playwright's own download, else a Chrome or Chromium of the system.
 * Undefined when there is none. A REKEY_BROWSER that cannot be started is an error: nobody wants another one silently.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function findBrowser(env) {
  const chosen = env.REKEY_BROWSER;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`REKEY_BROWSER names no program that can be started: ${chosen}`);
  }
  const downloaded = await playwrightsOwn();
  if (downloaded && isProgram(downloaded)) return downloaded;
  return systemBrowser(env.PATH ?? '');
}

/** @param {string} searchPath */
function systemBrowser(searchPath) {
  const onPath = searchPath
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...onPath, ...(PLACES[process.platform] ?? [])].find(isProgram);
}

/** Where Playwright keeps its download, whether it is there or not. Undefined before `npm ci`. */
async function playwrightsOwn() {
  try {
    const { chromium } = await import('playwright-core');
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
