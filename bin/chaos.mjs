#!/usr/bin/env node
// npm run chaos: sets up what is missing, then strikes installations with every fault. With --json stdout carries one array.
import { exitWith } from './failure.mjs';
import { runOnNode24 } from './node24.mjs';
import { ensureBrowser, ensureInstalled } from './setup.mjs';

await exitWith(async () => {
  await ensureInstalled();
  const browser = await ensureBrowser();
  return await runOnNode24('chaos/main.ts', process.argv.slice(2), { ...process.env, REKEY_BROWSER: browser });
});
