// Rekey runs on Node 24, which `npm ci` brings along; the machine's own Node may be as old as 20.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupFailed } from './failure.mjs';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PINNED = path.join(root, 'node_modules/.bin/node');
const WITH_LAUNCHER = new URL('./withLauncher.mjs', import.meta.url).href;

/** The Node 24 to run everything with: the pinned one, or the one this script runs on when that is new enough. */
export function node24() {
  if (existsSync(PINNED)) return PINNED;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  if (!existsSync(path.join(root, 'node_modules'))) throw new SetupFailed('Packages are missing: run `npm ci` first.');
  throw new SetupFailed(
    'Node 24 is missing because npm skipped install scripts: run `npm rebuild node --ignore-scripts=false`, or start Rekey with Node 24.',
  );
}

/**
 * Runs a script on Node 24 in place of this process: same terminal, same signals, same exit code.
 * @param {string} script as the checkout sees it
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {readonly string[]} [engine] flags of Node itself
 * @returns {Promise<number>} the exit code
 */
export function runOnNode24(script, args, env = process.env, engine = []) {
  const child = spawn(node24(), [...engine, '--import', WITH_LAUNCHER, path.resolve(root, script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env,
  });
  passSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/**
 * A terminal sends Ctrl-C to the child as well: passing it on would count it twice.
 * @param {import('node:child_process').ChildProcess} child
 */
function passSignals(child) {
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
}
