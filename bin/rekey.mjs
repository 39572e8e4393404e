#!/usr/bin/env node
// The `rekey` command: hands over to cli.ts on Node 24.
import { exitWith } from './failure.mjs';
import { runOnNode24 } from './node24.mjs';

await exitWith(() => runOnNode24('cli.ts', process.argv.slice(2)));
