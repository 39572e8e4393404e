import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { silentLogger } from '#core';
import { findBrowser } from '../bin/browser.mjs';
import { beside } from './beside.ts';
import { type Fault, type Need, PROFILES, type Profile } from './fault.ts';
import { faults } from './faults/index.ts';
import { missingFor, openGround } from './grounds.ts';
import { isKept, type Ran, runFault } from './run.ts';
import { table } from './table.ts';

/*
 * `npm run chaos`: strikes fresh installations with every fault, in every profile this machine can run, and compares
 * afterwards what was accepted, what the record says and what the application holds. Progress goes to stderr, the table
 * (or one JSON array with --json) to stdout. Exit code 1 when a promise was not kept or a control showed nothing.
 */

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    fault: { type: 'string', multiple: true, default: [] },
    point: { type: 'string', multiple: true, default: [] },
    profile: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '1' },
    // Faults at work at the same time: most of a run is waiting for leases.
    lanes: { type: 'string', default: '4' },
  },
});

// Leaving by `exit` takes servers and workers along.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const tell = (line: string) => void process.stderr.write(`${line}\n`);
const unknown = [
  ...flags.fault.filter((name) => !faults.some((fault) => fault.name === name)),
  ...flags.profile.filter((name) => !PROFILES.some((profile) => profile === name)),
];
if (unknown.length > 0) {
  tell(
    `Unknown: ${unknown.join(', ')}. Faults: ${faults.map(({ name }) => name).join(', ')}. Profiles: ${PROFILES.join(', ')}.`,
  );
  process.exitCode = 64;
} else process.exitCode = await main();

async function main(): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-chaos-'));
  // PostgreSQL runs as a user of its own where this runs as root.
  await chmod(folder, 0o755);
  const ran: Ran[] = [];
  for (const profile of PROFILES.filter((each) => isWanted(flags.profile, each))) {
    const missing = missingFor(profile);
    if (missing) {
      tell(`The profile ${profile} is left out: this machine has no ${missing}.`);
      continue;
    }
    ran.push(...(await runProfile(profile, path.join(folder, profile))));
  }
  process.stdout.write(
    flags.json ? `${JSON.stringify(ran.map(({ row }) => row))}\n` : table(ran.map(({ row }) => row)),
  );
  const isClean = ran.length > 0 && ran.every(isKept);
  if (isClean) await rm(folder, { recursive: true });
  else tell(`What the failed runs left behind is in ${folder}.`);
  return isClean ? 0 : 1;
}

async function runProfile(profile: Profile, folder: string): Promise<Ran[]> {
  const browser = await findBrowser(process.env);
  await mkdir(folder);
  const ground = await openGround(profile, folder);
  const options = {
    ...flags,
    points: flags.point,
    profile,
    ground,
    folder,
    browser: browser ?? '',
    log: silentLogger,
    tell,
  };
  const isHad: Readonly<Record<Need, boolean>> = { browser: browser !== undefined, root: process.getuid?.() === 0 };
  const isPossible = ({ name, needs = [] }: Fault) => {
    const lack = needs.find((need) => !isHad[need]);
    if (lack) tell(`${name} is left out: it needs ${lack}.`);
    return lack === undefined;
  };
  const ours = faults.filter(({ name, profiles }) => isWanted(flags.fault, name) && profiles.includes(profile));
  try {
    return await beside(Number(flags.lanes), ours.filter(isPossible), (fault) => runFault(fault, options));
  } finally {
    await ground.close();
  }
}

function isWanted(named: readonly string[], name: string): boolean {
  return named.length === 0 || named.includes(name);
}
