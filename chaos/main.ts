import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { silentLogger } from '#core';
import { findBrowser } from '../bin/browser.mjs';
import { beside } from './beside.ts';
import { type Fault, type Need, PROFILES, type Profile } from './fault.ts';
import { faults } from './faults/index.ts';
import { type Grounds, missingFor, openGrounds } from './grounds.ts';
import { randomOf } from './random.ts';
import { isKept, type RunOptions, rowOf, type Strike, strikeOnce, strikesOf } from './run.ts';
import { table } from './table.ts';

/*
 * `npm run chaos`: strikes fresh installations with every fault, in every profile, and compares afterwards what was
 * accepted, what the record says and what the application holds. Progress goes to stderr, the table (or one JSON array
 * with --json) to stdout. Exit code 1 when a promise was not kept or a control showed nothing; 69, before anything is
 * struck, when this machine cannot run a profile: what was never tried must not look like what was passed.
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

const WRONG_INPUT = 64;
const UNAVAILABLE = 69;

const tell = (line: string) => void process.stderr.write(`${line}\n`);
const unknown = [
  ...flags.fault.filter((name) => !faults.some((fault) => fault.name === name)),
  ...flags.profile.filter((name) => !PROFILES.some((profile) => profile === name)),
];
if (unknown.length > 0) {
  tell(
    `Unknown: ${unknown.join(', ')}. Faults: ${faults.map(({ name }) => name).join(', ')}. Profiles: ${PROFILES.join(', ')}.`,
  );
  process.exitCode = WRONG_INPUT;
} else process.exitCode = await main();

/** A fault in a profile: one row. */
interface Pair {
  readonly fault: Fault;
  readonly profile: Profile;
}

async function main(): Promise<number> {
  const lacking = wantedProfiles().flatMap((profile) => {
    const missing = missingFor(profile);
    return missing ? [`The profile ${profile} needs ${missing}: install it, or name the profiles with --profile.`] : [];
  });
  for (const line of lacking) tell(line);
  if (lacking.length > 0) return UNAVAILABLE;
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-chaos-'));
  // PostgreSQL runs as a user of its own where this runs as root.
  await chmod(folder, 0o755);
  const browser = await findBrowser(process.env);
  const grounds = openGrounds(folder);
  const isClean = await strikeAll(folder, browser, grounds).finally(grounds.close);
  if (isClean) await rm(folder, { recursive: true });
  else tell(`What the failed runs left behind is in ${folder}.`);
  return isClean ? 0 : 1;
}

/** Makes all runs and prints the table; whether all was as promised. */
async function strikeAll(folder: string, browser: string | undefined, grounds: Grounds): Promise<boolean> {
  const optionsIn = async (profile: Profile): Promise<RunOptions> => ({
    ...{ quick: flags.quick, points: flags.point, seed: flags.seed, browser: browser ?? '', folder },
    ...{ ground: await grounds.ground(profile), log: silentLogger, tell },
  });
  const pairs = pairsOf(possible(browser !== undefined), wantedProfiles());
  const all = await beside(lanes(), pairs, async ({ fault, profile }) =>
    strikesOf(fault, profile, await optionsIn(profile)),
  );
  tell(`${all.flat().length} runs, seed ${flags.seed}`);
  const ran = await beside(lanes(), longFirst(all.flat()), async (strike) =>
    strikeOnce(strike, await optionsIn(strike.profile)),
  );
  const rows = pairs.flatMap(({ fault, profile }) => {
    const own = ran.filter(({ strike }) => strike.fault === fault && strike.profile === profile);
    return own.length > 0 ? [rowOf(own)] : [];
  });
  process.stdout.write(flags.json ? `${JSON.stringify(rows)}\n` : table(rows));
  return ran.length > 0 && ran.every(isKept);
}

function lanes(): number {
  return Number(flags.lanes);
}

/** Those asked for in which a fault asked for strikes. */
function wantedProfiles(): readonly Profile[] {
  const wanted = faults.filter(({ name }) => isWanted(flags.fault, name));
  return PROFILES.filter(
    (profile) => isWanted(flags.profile, profile) && wanted.some(({ profiles }) => profiles.includes(profile)),
  );
}

function possible(hasBrowser: boolean): readonly Fault[] {
  const isHad: Readonly<Record<Need, boolean>> = { browser: hasBrowser, root: process.getuid?.() === 0 };
  return faults.filter(({ name, needs = [] }) => {
    if (!isWanted(flags.fault, name)) return false;
    const lack = needs.find((need) => !isHad[need]);
    if (lack) tell(`${name} is left out: it needs ${lack}.`);
    return lack === undefined;
  });
}

/** Every fault in each of its profiles; quick, in one of them, dealt in turn from where the seed says. */
function pairsOf(wanted: readonly Fault[], profiles: readonly Profile[]): readonly Pair[] {
  const from = Math.floor(randomOf(flags.seed, 'profiles')() * PROFILES.length);
  return wanted.flatMap((fault, nth) => {
    const own = profiles.filter((profile) => fault.profiles.includes(profile));
    const dealt = own[(from + nth) % own.length];
    return (flags.quick ? own.filter((profile) => profile === dealt) : own).map((profile) => ({ fault, profile }));
  });
}

/** Who waits for minutes begins, so that nobody waits for them alone in the end. */
function longFirst(strikes: readonly Strike[]): readonly Strike[] {
  return [...strikes.filter(({ fault }) => fault.long), ...strikes.filter(({ fault }) => !fault.long)];
}

function isWanted(named: readonly string[], name: string): boolean {
  return named.length === 0 || named.includes(name);
}
