#!/usr/bin/env node
// npm run chaos: sets up what is missing, then strikes installations with every fault. With --json stdout carries one array.
import { exitWith } from './failure.mjs';
import { runOnNode24 } from './node24.mjs';
import { ensureBrowser, ensureInstalled } from './setup.mjs';

await exitWith(async () => {
  await ensureInstalled();
  const browser = await ensureBrowser();
  const env = { ...process.env, REKEY_BROWSER: browser };
  // It opens the embedded database for moments only: code made fast in half a minute would be of no use to it.
  return await runOnNode24('chaos/main.ts', process.argv.slice(2), env, ['--liftoff-only']);
});
