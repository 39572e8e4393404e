import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { silentLogger } from '#core';
import { findBrowser } from '../bin/browser.mjs';
import { beside } from './beside.ts';
import { type Fault, PROFILES, type Profile } from './fault.ts';
import { faults } from './faults/index.ts';
import { type Flags, readFlags, USAGE } from './flags.ts';
import { type Grounds, missingFor, openGrounds } from './grounds.ts';
import {
  endInTime,
  type Hands,
  nameOf,
  type Outcome,
  type Pair,
  quickOrder,
  quickPatience,
  quickStop,
  strikeInTime,
} from './quick.ts';
import { randomOf } from './random.ts';
import { knownPoints, type RunOptions, rowOf, type Strike, strikeOnce, strikesOf } from './run.ts';
import { table } from './table.ts';
import { BROKEN, type LeftOut, saysLeftOut, splitBy, UNAVAILABLE, verdictOf, WRONG_INPUT } from './verdict.ts';
import { COMPILED } from './worker/process.ts';

/*
 * `npm run chaos`: strikes fresh installations with every fault, in every profile, and compares afterwards what was
 * accepted, what the record says and what the application holds. Progress goes to stderr, the table (or one JSON array
 * with --json) to stdout. Exit code 1 when a promise was not kept or a control showed nothing; 69 when this machine
 * cannot run a profile or has no browser, or is too slow for what a quick run is never without: what was never tried must
 * not look like what was passed.
 */

// Leaving by `exit` takes servers and workers along.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

/** Most of a run is waiting for leases: a processor has time for several. Each takes up to half a gigabyte. */
const LANES_A_PROCESSOR = 2;
const MOST_LANES = 12;

/** Milliseconds since the process's start: a quick run's time counts from there. */
const now = () => performance.now();
const tell = (line: string) => void process.stderr.write(`${line}\n`);

const usualLanes = Math.min(availableParallelism() * LANES_A_PROCESSOR, MOST_LANES);
const flags = readFlags(
  process.argv.slice(2),
  usualLanes,
  faults.map(({ name }) => name),
);
if (typeof flags === 'string') {
  tell(flags);
  process.exitCode = WRONG_INPUT;
} else if (flags.help) process.stdout.write(USAGE);
// What a run that was given up is still about ends here.
else process.exit(await main(flags));

async function main(flags: Flags): Promise<number> {
  let code = UNAVAILABLE;
  if (flags.quick) endInTime(now, () => process.exit(code));
  const profiles = wantedProfiles(flags);
  const lacking = profiles.flatMap((profile) => {
    const missing = missingFor(profile);
    return missing ? [`The profile ${profile} needs ${missing}: install it, or name the profiles with --profile.`] : [];
  });
  for (const line of lacking) tell(line);
  if (lacking.length > 0) return code;
  // Processes start by the hundred: what was compiled for one is read by the next.
  process.env['NODE_COMPILE_CACHE'] ??= COMPILED;
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-chaos-'));
  // PostgreSQL runs as a user of its own where this runs as root.
  await chmod(folder, 0o755);
  const browser = await findBrowser(process.env);
  const grounds = openGrounds(folder);
  const wanted = faults.filter(({ name }) => isWanted(flags.faults, name));
  const isHad = { browser: browser !== undefined, root: process.getuid?.() === 0 };
  const { possible, left } = splitBy(isHad, pairsOf(flags, wanted, profiles));
  const place = { folder, browser: browser ?? '', grounds };
  try {
    // Known before what ends servers may hang: a quick run that is over then ends with what it has shown.
    code = await strikeAll(flags, possible, left, place);
  } finally {
    await grounds.close();
  }
  if (code === BROKEN) tell(`What the failed runs left behind is in ${folder}.`);
  else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return code;
}

interface Place {
  readonly folder: string;
  readonly browser: string;
  readonly grounds: Grounds;
}

/** Makes all runs and prints the table; the exit code. */
async function strikeAll(
  flags: Flags,
  pairs: readonly Pair[],
  impossible: readonly LeftOut[],
  { folder, browser, grounds }: Place,
): Promise<number> {
  const { quick, points, seed, lanes } = flags;
  const stop = quick ? quickStop(now) : new AbortController().signal;
  const optionsIn = async (profile: Profile): Promise<RunOptions> => ({
    ...{ quick, points, seed, browser, folder, log: silentLogger, tell, stop },
    ground: await grounds.ground(profile),
  });
  if (!(await arePointsKnown(points, pairs, optionsIn))) return WRONG_INPUT;
  const hands: Hands = {
    plan: async ({ fault, profile }) => strikesOf(fault, profile, await optionsIn(profile)),
    make: async (strike) => strikeOnce(strike, await optionsIn(strike.profile)),
  };
  tell(`${pairs.length} faults, seed ${seed}`);
  const { ran, left } = await (quick
    ? strikeInTime(pairs, hands, { lanes, patience: quickPatience(now), stop })
    : strikeEach(pairs, hands, lanes));
  const leftOut = [...impossible, ...left.map((pair): LeftOut => ({ pair, lack: 'time' }))];
  for (const line of saysLeftOut(leftOut, pairs.length + impossible.length)) tell(line);
  const rows = pairs.toSorted(inOrderOfTable).flatMap(({ fault, profile }) => {
    const own = ran.filter(({ strike }) => strike.fault === fault && strike.profile === profile);
    return own.length > 0 ? [rowOf(own)] : [];
  });
  process.stdout.write(flags.json ? `${JSON.stringify(rows)}\n` : table(rows));
  return verdictOf(ran, leftOut);
}

async function strikeEach(pairs: readonly Pair[], { plan, make }: Hands, lanes: number): Promise<Outcome> {
  const strikes = (await beside(lanes, pairs, plan)).flat();
  tell(`${strikes.length} runs`);
  return { ran: await beside(lanes, longFirst(strikes), make), left: [] };
}

/** Whether each point that was asked for is one of a fault that was asked for; says so where not. */
async function arePointsKnown(
  points: readonly string[],
  pairs: readonly Pair[],
  optionsIn: (profile: Profile) => Promise<RunOptions>,
): Promise<boolean> {
  if (points.length === 0) return true;
  const known = await Promise.all(
    pairs.map(async (pair) => ({
      pair,
      points: await knownPoints(pair.fault, pair.profile, await optionsIn(pair.profile)),
    })),
  );
  const unknown = points.filter((point) => !known.some((one) => one.points.includes(point)));
  if (unknown.length === 0) return true;
  tell(`Unknown point: ${unknown.join(', ')}. These are known:`);
  for (const one of known) tell(`${nameOf(one.pair)}: ${one.points.join(', ')}`);
  return false;
}

/** Those asked for in which a fault asked for strikes. */
function wantedProfiles(flags: Flags): readonly Profile[] {
  const wanted = faults.filter(({ name }) => isWanted(flags.faults, name));
  return PROFILES.filter(
    (profile) => isWanted(flags.profiles, profile) && wanted.some(({ profiles }) => profiles.includes(profile)),
  );
}

/** Every fault in each of its profiles; quick, in one of them, dealt in turn from where the seed says. */
function pairsOf({ quick, seed }: Flags, wanted: readonly Fault[], profiles: readonly Profile[]): readonly Pair[] {
  const from = Math.floor(randomOf(seed, 'profiles')() * PROFILES.length);
  const pairs = wanted.flatMap((fault, nth) => {
    const own = profiles.filter((profile) => fault.profiles.includes(profile));
    const dealt = own[(from + nth) % own.length];
    return (quick ? own.filter((profile) => profile === dealt) : own).map((profile) => ({ fault, profile }));
  });
  return quick ? quickOrder(pairs, seed) : pairs;
}

/** Who waits for minutes begins, so that nobody waits for them alone in the end. */
function longFirst(strikes: readonly Strike[]): readonly Strike[] {
  return [...strikes.filter(({ fault }) => fault.long), ...strikes.filter(({ fault }) => !fault.long)];
}

function inOrderOfTable(a: Pair, b: Pair): number {
  return faults.indexOf(a.fault) - faults.indexOf(b.fault) || PROFILES.indexOf(a.profile) - PROFILES.indexOf(b.profile);
}

function isWanted(named: readonly string[], name: string): boolean {
  return named.length === 0 || named.includes(name);
}
