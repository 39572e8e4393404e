#!/usr/bin/env node
// npm run demo: sets up what is missing, then works through a batch of papers. With --json stdout carries one object.
import { exitWith } from './failure.mjs';
import { runOnNode24 } from './node24.mjs';
import { ensureBrowser, ensureInstalled, ensureWeb } from './setup.mjs';

await exitWith(async () => {
  await ensureInstalled();
  await ensureWeb();
  const browser = await ensureBrowser();
  return await runOnNode24('demo/run.ts', process.argv.slice(2), { ...process.env, REKEY_BROWSER: browser });
});
