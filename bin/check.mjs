#!/usr/bin/env node
// npm run check: what must hold before a commit, in under a minute. `npm test` runs the rest.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { exitWith } from './failure.mjs';
import { node24, root } from './node24.mjs';
import { ensureInstalled } from './setup.mjs';

/** The slowest first: two run at a time, so the short ones fill up the gap beside it. */
const STEPS = [
  { name: 'fast tests', script: 'vitest/vitest.mjs', args: ['run', '--project', 'fast'] },
  {
    name: 'format and lint',
    script: '@biomejs/biome/bin/biome',
    args: ['ci', '--colors=off', '--diagnostic-level=error', '--max-diagnostics=50'],
  },
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'dead code', script: 'knip/bin/knip.js', args: [] },
];

await exitWith(async () => {
  await ensureInstalled();
  const waiting = [...STEPS];
  let failures = 0;
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (!(await passes(step))) failures += 1;
    }
  };
  await Promise.all([lane(), lane()]);
  return failures > 0 ? 1 : 0;
});

/**
 * Runs one step and prints its result; what it had to say only when it failed.
 * @param {{ name: string, script: string, args: readonly string[] }} step
 * @returns {Promise<boolean>}
 */
function passes({ name, script, args }) {
  const started = Date.now();
  const child = spawn(node24(), [path.join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (/** @type {Buffer} */ chunk) => {
    said += chunk;
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n${code === 0 ? '' : `${said}\n`}`);
      resolve(code === 0);
    });
  });
}
