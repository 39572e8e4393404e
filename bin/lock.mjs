// One set-up at a time in one checkout: two that ran at once would delete each other's half-made node_modules.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;
/** No set-up takes this long; a lock older than this outlived its process, whose id something else has by now. */
const STALE_MS = 30 * 60_000;

/**
 * Runs `work` while this process holds the lock, and waits for whoever holds it now.
 * @template R
 * @param {string} file
 * @param {(holder: string) => void} onWait told once who is waited for
 * @param {() => Promise<R>} work
 * @returns {Promise<R>}
 */
export async function withLock(file, onWait, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    const holder = read(file);
    if (holder === undefined) continue;
    if (isStale(file, holder)) {
      takeAway(file, holder);
      continue;
    }
    if (!told) onWait(holder);
    told = true;
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * A link appears with its content in one step, so nobody ever reads a lock without a process id in it.
 * @param {string} file
 */
function take(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * @param {string} file
 * @param {string} holder
 */
function isStale(file, holder) {
  try {
    process.kill(Number(holder), 0);
    return Date.now() - statSync(file).mtimeMs > STALE_MS;
  } catch (error) {
    return codeOf(error) === 'ESRCH' || codeOf(error) === 'ENOENT';
  }
}

/**
 * Moves a stale lock aside. When another process was faster and the file is that one's by now, it is put back.
 * @param {string} file
 * @param {string} holder
 */
function takeAway(file, holder) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
