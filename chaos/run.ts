import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '#core';
import type { Fault, Profile, Scale } from './fault.ts';
import type { Ground } from './grounds.ts';
import { type Findings, isClean } from './history.ts';
import { randomOf } from './random.ts';
import { type Judged, openSite } from './site.ts';
import { momentName } from './worker/orders.ts';

/** One line of the table. */
export interface Row {
  readonly fault: string;
  readonly profile: Profile;
  readonly runs: number;
  readonly tasks: number;
  /** Accepted tasks that were forgotten, are stuck or cannot be explained. */
  readonly lost: number;
  readonly duplicated: number;
  readonly wrong: number;
  /** Longest, in seconds; null when no worker was killed with a task in hand. */
  readonly takeover_s: number | null;
  /** Duplicates that the same fault left where workers never look up; null where that would show nothing. */
  readonly control: number | null;
}

export interface RunOptions {
  readonly profile: Profile;
  readonly ground: Ground;
  readonly folder: string;
  readonly browser: string;
  readonly quick: boolean;
  /** Only these, when any are named. */
  readonly points: readonly string[];
  readonly seed: string;
  readonly log: Logger;
  /** A line for who watches. */
  readonly tell: (line: string) => void;
}

type Run = RunOptions & { readonly fault: Fault };

/** A fault's line, and how many of its runs could not be made: they prove nothing. */
export interface Ran {
  readonly row: Row;
  readonly failed: number;
  /** A takeover took longer than the fault allows. */
  readonly late: boolean;
}

/** Runs a fault at each of its points, then its control. */
export async function runFault(fault: Fault, options: RunOptions): Promise<Ran> {
  const run: Run = { ...options, fault };
  const scale: Scale = {
    profile: options.profile,
    quick: options.quick,
    random: randomOf(options.seed, fault.name, options.profile),
    rehearse: () => rehearse(options),
  };
  const points = options.points.length > 0 ? options.points : await fault.points(scale);
  const judged = await inTurn(points, (point) => strike(run, point, false));
  const blind = fault.control?.(scale) ?? [];
  const controls = await inTurn(blind, (point) => strike(run, point, true));
  const count = (of: (findings: Findings) => readonly string[], among: readonly Judged[]) =>
    among.reduce((sum, { findings }) => sum + of(findings).length, 0);
  const takeovers = judged.flatMap(({ takeoverSeconds }) => takeoverSeconds ?? []);
  const row = {
    fault: fault.name,
    profile: options.profile,
    runs: judged.length,
    tasks: judged.reduce((sum, { tasks }) => sum + tasks, 0),
    lost: count(({ lost, unexplained }) => [...lost, ...unexplained], judged),
    duplicated: count(({ duplicated }) => duplicated, judged),
    wrong: count(({ wrong }) => wrong, judged),
    takeover_s: takeovers.length === 0 ? null : Math.round(Math.max(...takeovers) * 10) / 10,
    control: blind.length > 0 ? count(({ duplicated }) => duplicated, controls) : null,
  };
  const late = takeovers.some((seconds) => seconds >= (fault.takeoverSeconds ?? Number.POSITIVE_INFINITY));
  return { row, late, failed: points.length - judged.length + blind.length - controls.length };
}

/** Whether a fault left what was promised, and its control showed that it would have been seen. */
export function isKept({ row, failed, late }: Ran): boolean {
  const { lost, duplicated, wrong, control } = row;
  return lost === 0 && duplicated === 0 && wrong === 0 && control !== 0 && failed === 0 && !late;
}

/** Makes a fresh installation, strikes it at this point, lets it settle, and judges what is left; undefined when that could not be done. */
async function strike(run: Run, point: string, blind: boolean): Promise<Judged | undefined> {
  const { fault, profile, seed, log, tell } = run;
  const name = `${fault.name} ${profile}${blind ? ' control' : ''}: ${point}`;
  const folder = path.join(run.folder, name.replaceAll(/[^\w-]+/g, '_'));
  await mkdir(folder, { recursive: true });
  const own = await fault.places?.({ profile, folder, log });
  const places = own ?? (await run.ground.places(folder));
  const random = randomOf(seed, name);
  const site = await openSite({ ...run, places, folder, blind, random });
  const startedAt = Date.now();
  try {
    await fault.strike(site, point);
    await site.settle();
    const judged = await site.judge();
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    const isAsExpected = blind || isClean(judged.findings);
    tell(`${isAsExpected ? '·' : '✗'} ${name} (${seconds} s)`);
    for (const line of linesOf(judged.findings)) tell(`    ${line}`);
    await site.close();
    if (isAsExpected) await rm(folder, { recursive: true });
    return judged;
  } catch (error) {
    tell(`✗ ${name} could not be done: ${error instanceof Error ? error.message : 'unknown'}`);
    return undefined;
  } finally {
    await site.close();
    await own?.close();
  }
}

function linesOf(findings: Findings): string[] {
  return Object.entries(findings).flatMap(([what, lines]: [string, readonly string[]]) =>
    lines.map((line) => `${what}: ${line}`),
  );
}

const rehearsals = new WeakMap<Ground, Promise<readonly string[]>>();

/** Keys one voucher undisturbed and notes every moment of it. Once for a ground. */
function rehearse(options: RunOptions): Promise<readonly string[]> {
  const known = rehearsals.get(options.ground);
  if (known) return known;
  const rehearsal = rehearseOnce(options);
  rehearsals.set(options.ground, rehearsal);
  return rehearsal;
}

async function rehearseOnce(options: RunOptions): Promise<readonly string[]> {
  const moments: string[] = [];
  const folder = path.join(options.folder, `rehearsal-${options.profile}`);
  await mkdir(folder, { recursive: true });
  const site = await openSite({
    ...options,
    folder,
    places: await options.ground.places(folder),
    blind: false,
    random: randomOf(options.seed),
    listen: (said) => said.say === 'did' && moments.push(momentName(said.moment)),
  });
  try {
    await site.accept(1, 'voucher');
    await site.startWorker({ rehearses: true });
    await site.settle();
  } finally {
    await site.close();
  }
  const end = moments.indexOf('after store.finish 1');
  if (end < 0) throw new Error('A voucher could not be keyed undisturbed.');
  return moments.slice(0, end + 1);
}

async function inTurn<T, R>(all: readonly T[], act: (one: T) => Promise<R | undefined>): Promise<R[]> {
  const results: R[] = [];
  for (const one of all) {
    const result = await act(one);
    if (result !== undefined) results.push(result);
  }
  return results;
}
