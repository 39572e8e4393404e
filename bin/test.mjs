#!/usr/bin/env node
// npm test: sets up what is missing, then runs every test. Arguments go to vitest: `npm test -- test/config`.
import { exitWith } from './failure.mjs';
import { runOnNode24 } from './node24.mjs';
import { ensureBrowser, ensureInstalled, ensureWeb } from './setup.mjs';

const reporters = ['--reporter=default', '--reporter=./test/support/closingLine.ts'];

await exitWith(async () => {
  await ensureInstalled();
  await ensureWeb();
  const browser = await ensureBrowser();
  const args = ['run', ...reporters, ...process.argv.slice(2)];
  return await runOnNode24('node_modules/vitest/vitest.mjs', args, { ...process.env, REKEY_BROWSER: browser });
});
