// What a fresh machine needs before anything of Rekey runs: packages, the console's pages, a browser.
// Everything here runs on Node 20 without any package. It says what it does on stderr; stdout belongs to the command.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { SetupFailed } from './failure.mjs';
import { withLock } from './lock.mjs';
import { node24, root } from './node24.mjs';

const LOCK = path.join(root, '.rekey/setup.lock');
const MODULES = path.join(root, 'node_modules');
const WEB = path.join(root, 'console/web');
const MINUTES = 60_000;

/** Runs `npm ci` unless node_modules holds what package-lock.json asks for. */
export async function ensureInstalled() {
  const wanted = digest(['package.json', 'package-lock.json'].map((name) => path.join(root, name)));
  const stamp = path.join(MODULES, '.rekey-installed');
  if (contentOf(stamp) === wanted) return;
  await alone(async () => {
    if (contentOf(stamp) === wanted) return;
    if (!holdsLockedVersions()) {
      const failed = 'npm ci failed: see its messages above, then run it again.';
      await told('Installing packages', () =>
        run([...npm(), 'ci', '--include=dev', '--loglevel=error'], 20 * MINUTES, failed),
      );
    }
    writeFileSync(stamp, wanted);
  });
  node24();
}

/** Builds the console's pages unless they are built from the sources as they are now. */
export async function ensureWeb() {
  const wanted = digest([path.join(root, 'package-lock.json'), ...filesUnder(WEB)]);
  const dist = path.join(WEB, 'dist');
  const stamp = path.join(dist, '.built-from');
  if (contentOf(stamp) === wanted) return;
  await alone(async () => {
    if (contentOf(stamp) === wanted) return;
    const next = path.join(root, '.rekey/web.next');
    const vite = [node24(), path.join(MODULES, 'vite/bin/vite.js'), 'build', WEB, '--outDir', next, '--emptyOutDir'];
    const failed = 'The console could not be built: see the messages above.';
    await told('Building the console', () => run([...vite, '--logLevel', 'warn'], 5 * MINUTES, failed));
    writeFileSync(path.join(next, '.built-from'), wanted);
    rmSync(dist, { recursive: true, force: true });
    renameSync(next, dist);
  });
}

/**
 * Finds a browser, or installs one: Playwright's download first, then the system's package.
 * @returns {Promise<string>} the program's path
 */
export async function ensureBrowser() {
  const there = await findBrowser(process.env).catch((error) => {
    throw new SetupFailed(error.message);
  });
  if (there) return there;
  return await alone(async () => {
    for (const install of [installPlaywrights, installSystems]) {
      await install();
      const browser = await findBrowser(process.env);
      if (browser) return browser;
    }
    throw new SetupFailed('No browser: install Chromium or Chrome, or set REKEY_BROWSER to the path of one.');
  });
}

/** Its failure is no news: without the internet there is still the system's package. */
async function installPlaywrights() {
  const command = [node24(), path.join(MODULES, 'playwright-core/cli.js'), 'install', 'chromium'];
  await told('Downloading a browser', () => attempt(command, 5 * MINUTES, 'ignore'));
}

async function installSystems() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300'];
  await told('Installing the system’s Chromium', async () => {
    await attempt(['apt-get', 'update', ...quiet], 5 * MINUTES);
    return await attempt(['apt-get', 'install', '-y', '--no-install-recommends', ...quiet, 'chromium'], 15 * MINUTES);
  });
}

/**
 * What npm wrote down about node_modules when it last finished, compared with the lock file: true also after
 * somebody ran `npm ci` by hand. Packages for other platforms are optional and may be missing.
 */
function holdsLockedVersions() {
  const installed = contentOf(path.join(MODULES, '.package-lock.json'));
  if (installed === undefined) return false;
  const has = JSON.parse(installed).packages;
  const wants = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wants).every(([place, wanted]) => {
    if (place === '') return true;
    const here = has[place];
    return here ? here.version === wanted.version : wanted.optional === true || wanted.devOptional === true;
  });
}

/** The npm that started us when one did, else the one on the PATH. */
function npm() {
  const running = process.env.npm_execpath ?? '';
  return path.basename(running) === 'npm-cli.js' ? [process.execPath, running] : ['npm'];
}

/** @template R @param {() => Promise<R>} work */
function alone(work) {
  const onWait = (/** @type {string} */ holder) =>
    say(`Another set-up is at work (process ${holder}): waiting for it.`);
  return withLock(LOCK, onWait, work);
}

/**
 * @param {string} what
 * @param {() => Promise<unknown>} work
 */
async function told(what, work) {
  const started = Date.now();
  say(`${what} …`);
  const worked = (await work()) !== false;
  say(`${what}: ${worked ? `${Math.round((Date.now() - started) / 1000)} s` : 'did not work'}`);
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {readonly string[]} command
 * @param {number} limitMs
 * @param {string} failed what to tell the user when it fails
 */
async function run(command, limitMs, failed) {
  if (!(await attempt(command, limitMs))) throw new SetupFailed(failed);
}

/**
 * Runs a command with its output on our stderr, unless nobody needs it; ends it when it takes longer than `limitMs`.
 * @param {readonly string[]} command
 * @param {number} limitMs
 * @param {2 | 'ignore'} [output]
 * @returns {Promise<boolean>} whether it succeeded
 */
function attempt(command, limitMs, output = 2) {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', output, output],
      timeout: limitMs,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** @param {readonly string[]} files */
function digest(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (!entry.isDirectory()) return [place];
    return entry.name.startsWith('dist') ? [] : filesUnder(place);
  });
}

/** @param {string} file */
function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
