import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A checkout with nothing but bin/, a lock file, and an npm that only writes down that it was called. */
let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'rekey-setup-'));
  cpSync('bin', path.join(checkout, 'bin'), { recursive: true });
  mkdirSync(path.join(checkout, 'npm'));
  write('package.json', { type: 'module' });
  lock('1.0.0');
  write(
    'npm/npm-cli.js',
    `import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
     appendFileSync('npm.calls', process.argv.slice(2).join(' ') + '\\n');
     console.log('npm talks on stdout');
     if (process.env.NPM_FAILS) process.exit(1);
     mkdirSync('node_modules', { recursive: true });
     copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`,
  );
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

function write(file: string, content: object | string): void {
  writeFileSync(path.join(checkout, file), typeof content === 'string' ? content : JSON.stringify(content));
}

function lock(version: string, more: object = {}): void {
  write('package-lock.json', { packages: { '': {}, 'node_modules/kept': { version }, ...more } });
}

/** How often `npm ci` ran. */
function installs(): number {
  const calls = path.join(checkout, 'npm.calls');
  return existsSync(calls) ? readFileSync(calls, 'utf8').match(/^ci\b/gm)!.length : 0;
}

async function script(source: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: checkout,
    env: { PATH: process.env.PATH, npm_execpath: path.join(checkout, 'npm/npm-cli.js'), ...env },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { out, err, code: await ended };
}

const install = (env?: NodeJS.ProcessEnv) =>
  script(
    `import { exitWith } from './bin/failure.mjs';
     import { ensureInstalled } from './bin/setup.mjs';
     await exitWith(async () => { await ensureInstalled(); return 0; });`,
    env,
  );

describe('ensureInstalled', () => {
  it('installs on a fresh clone, once, and keeps stdout for the command', async () => {
    const first = await install();
    const second = await install();
    expect([first.code, second.code, installs()]).toEqual([0, 0, 1]);
    expect(first.out).toBe('');
    expect(first.err).toContain('Installing packages');
    expect(second.err).toBe('');
  });

  it('installs once when two set-ups start together', async () => {
    const both = await Promise.all([install(), install()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(installs()).toBe(1);
  });

  it('installs again when the lock file asks for another version', async () => {
    await install();
    lock('2.0.0');
    await install();
    expect(installs()).toBe(2);
  });

  it('leaves alone what `npm ci` installed by hand, packages for other platforms missing', async () => {
    mkdirSync(path.join(checkout, 'node_modules'));
    write('node_modules/.package-lock.json', { packages: { 'node_modules/kept': { version: '1.0.0' } } });
    lock('1.0.0', { 'node_modules/for-windows': { version: '3.0.0', optional: true } });
    await install();
    expect(installs()).toBe(0);
  });

  it('waits for nobody who is gone', async () => {
    mkdirSync(path.join(checkout, '.rekey'));
    write('.rekey/setup.lock', '999999999');
    expect((await install()).code).toBe(0);
    expect(installs()).toBe(1);
  });

  it('says in one line that it failed and exits with 69', async () => {
    const { code, err } = await install({ NPM_FAILS: '1' });
    expect(code).toBe(69);
    expect(err).toMatch(/^rekey: npm ci failed/m);
    expect(existsSync(path.join(checkout, '.rekey/setup.lock'))).toBe(false);
  });
});

describe('importing bin/setup.mjs', () => {
  it('does nothing', async () => {
    const { out, err } = await script(`await import('./bin/setup.mjs')`);
    expect([out, err, installs()]).toEqual(['', '', 0]);
  });
});

describe('findBrowser', () => {
  const find = (env: NodeJS.ProcessEnv) =>
    script(
      `import { findBrowser } from './bin/browser.mjs';
       console.log(await findBrowser(process.env).catch((error) => error.message));`,
      env,
    );

  function program(file: string): string {
    mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
    write(file, '#!/bin/sh\n');
    chmodSync(path.join(checkout, file), 0o755);
    return path.join(checkout, file);
  }

  function playwrightSays(file: string): void {
    mkdirSync(path.join(checkout, 'node_modules/playwright-core'), { recursive: true });
    write('node_modules/playwright-core/package.json', { type: 'module', main: 'index.js' });
    write(
      'node_modules/playwright-core/index.js',
      `export const chromium = { executablePath: () => ${JSON.stringify(file)} };`,
    );
  }

  it('takes REKEY_BROWSER before Playwright’s own, and that before the system’s', async () => {
    const [chosen, downloaded, system] = ['mine/browser', 'cache/chrome', 'path/chromium'].map(program);
    const PATH = `${path.join(checkout, 'path')}${path.delimiter}${process.env.PATH}`;
    playwrightSays(downloaded!);
    expect((await find({ PATH, REKEY_BROWSER: chosen })).out.trim()).toBe(chosen);
    expect((await find({ PATH })).out.trim()).toBe(downloaded);
    playwrightSays(path.join(checkout, 'cache/not-there'));
    expect((await find({ PATH })).out.trim()).toBe(system);
  });

  it('refuses a REKEY_BROWSER that is none instead of taking another', async () => {
    expect((await find({ REKEY_BROWSER: '/not/there' })).out).toContain('REKEY_BROWSER names no program');
  });
});
