import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '#core';
import { type Fault, type Ground, PREVENTS, type Profile, type Scale, type Without } from './fault.ts';
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
  /** Harm that the same fault did where the part that prevents it was taken out; null where nothing can be. */
  readonly control: number | null;
}

export interface RunOptions {
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
  /** When it is aborted, what is under way is given up. */
  readonly stop?: AbortSignal;
}

/** A fault where it strikes once: one run. */
export interface Strike {
  readonly fault: Fault;
  readonly profile: Profile;
  readonly point: string;
  /** Set for a control. */
  readonly without?: Without;
}

/** What a run left behind; undefined when it could not be made or was given up: it proves nothing. */
export interface Ran {
  readonly strike: Strike;
  readonly judged: Judged | undefined;
}

/** Every run of a fault in a profile, its controls last. */
export async function strikesOf(fault: Fault, profile: Profile, options: RunOptions): Promise<readonly Strike[]> {
  const scale = scaleOf(fault, profile, options);
  const points =
    options.points.length > 0
      ? (await knownPoints(fault, profile, options)).filter((point) => options.points.includes(point))
      : await fault.points(scale);
  const controls = points.length > 0 ? (fault.controls?.(scale) ?? []) : [];
  return [...points.map((point) => ({ point })), ...controls].map((each) => ({ fault, profile, ...each }));
}

/** Every point that may be named, whether a quick run would take it or a whole one. */
export async function knownPoints(fault: Fault, profile: Profile, options: RunOptions): Promise<readonly string[]> {
  const [whole, quick] = await Promise.all(
    [false, true].map((quick) => fault.points(scaleOf(fault, profile, { ...options, quick }))),
  );
  return [...new Set([...(whole ?? []), ...(quick ?? [])])];
}

function scaleOf({ name }: Fault, profile: Profile, options: RunOptions): Scale {
  return {
    profile,
    quick: options.quick,
    random: randomOf(options.seed, name, profile),
    rehearse: () => rehearse(profile, options),
  };
}

/** The line of a fault in a profile: all its runs, and what its controls showed. */
export function rowOf(ran: readonly Ran[]): Row {
  const [first] = ran;
  if (!first) throw new Error('A row has at least one run.');
  const { fault, profile } = first.strike;
  const struck = ran.filter(({ strike }) => !strike.without).flatMap(({ judged }) => judged ?? []);
  const controls = ran.filter(({ strike }) => strike.without);
  const count = (of: (findings: Findings) => readonly string[]) =>
    struck.reduce((sum, { findings }) => sum + of(findings).length, 0);
  const takeovers = struck.flatMap(({ takeoverSeconds }) => takeoverSeconds ?? []);
  return {
    fault: fault.name,
    profile,
    runs: struck.length,
    tasks: struck.reduce((sum, { tasks }) => sum + tasks, 0),
    lost: count(({ lost, unexplained }) => [...lost, ...unexplained]),
    duplicated: count(({ duplicated }) => duplicated),
    wrong: count(({ wrong }) => wrong),
    takeover_s: takeovers.length === 0 ? null : Math.round(Math.max(...takeovers) * 10) / 10,
    control: controls.length === 0 ? null : controls.reduce((sum, control) => sum + harmOf(control), 0),
  };
}

/** As much of what a control's run left as the missing part prevents. */
function harmOf({ strike: { without }, judged }: Ran): number {
  if (!without || !judged) return 0;
  return PREVENTS[without].reduce((sum, kind) => sum + judged.findings[kind].length, 0);
}

/** Whether a run left what was promised, or as a control showed that the contrary would have been seen. */
export function isKept(ran: Ran): boolean {
  const { strike, judged } = ran;
  if (!judged) return false;
  if (strike.without) return harmOf(ran) > 0;
  const { takeoverSeconds: most } = strike.fault;
  // A fault that promises a takeover and saw none proves nothing.
  return (
    isClean(judged.findings) && (most === undefined || (judged.takeoverSeconds ?? Number.POSITIVE_INFINITY) < most)
  );
}

/** Makes a fresh installation, strikes it, lets it settle, and judges what is left. */
export async function strikeOnce(strike: Strike, options: RunOptions): Promise<Ran> {
  const { fault, profile, point, without } = strike;
  const { seed, log, tell, stop } = options;
  const name = `${fault.name} ${profile}${without ? ` without ${without}` : ''}: ${point}`;
  const folder = path.join(options.folder, name.replaceAll(/[^\w-]+/g, '_'));
  await mkdir(folder, { recursive: true });
  const startedAt = Date.now();
  const judged = await judgedAt(strike, folder, { ...options, name }).catch((error: unknown) => {
    if (!stop?.aborted) tell(`✗ ${name} could not be done: ${error instanceof Error ? error.message : 'unknown'}`);
    return undefined;
  });
  const ran = { strike, judged };
  if (!judged) return ran;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  tell(`${isKept(ran) ? '·' : '✗'} ${name} (${seconds} s)`);
  for (const line of linesOf(judged.findings)) tell(`    ${line}`);
  if (isKept(ran)) await rm(folder, { recursive: true });
  else log.warn({ seed, name }, 'left as it is');
  return ran;
}

async function judgedAt(
  { fault, profile, point, without }: Strike,
  folder: string,
  options: RunOptions & { readonly name: string },
): Promise<Judged> {
  const { ground, log, seed, name, stop } = options;
  const own = await fault.places?.({ profile, folder, ground, log, ...(without && { without }) });
  try {
    const site = await openSite({
      ...{ profile, folder, log, browser: options.browser, byApplication: fault.byApplication ?? false },
      places: own ?? (await ground.places(folder)),
      ...(without && { without }),
      random: randomOf(seed, name),
    });
    const wholeRun = async () => {
      await fault.strike(site, point);
      await site.settle();
      return site.judge();
    };
    try {
      return await unlessStopped(wholeRun(), stop);
    } finally {
      await site.close();
    }
  } finally {
    await own?.close();
  }
}

/** Rejects as soon as it is stopped: what the work still comes to is heard by nobody. */
async function unlessStopped<R>(work: Promise<R>, stop: AbortSignal | undefined): Promise<R> {
  if (!stop) return work;
  const { promise: given, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(stop.reason);
  stop.addEventListener('abort', giveUp, { once: true });
  if (stop.aborted) giveUp();
  return Promise.race([work, given]).finally(() => stop.removeEventListener('abort', giveUp));
}

function linesOf(findings: Findings): string[] {
  return Object.entries(findings).flatMap(([what, lines]: [string, readonly string[]]) =>
    lines.length > MOST_LINES
      ? [`${what}: ${lines.length}, among them ${lines[0]}`]
      : lines.map((line) => `${what}: ${line}`),
  );
}

const MOST_LINES = 12;

const rehearsals = new Map<string, Promise<readonly string[]>>();

/**
 * Keys one voucher undisturbed and notes every moment of it. Once in a profile; quick, in the first that asks, for all: were
 * a moment missing in another, its worker would never come to it and the run would say so.
 */
function rehearse(profile: Profile, options: RunOptions): Promise<readonly string[]> {
  const place = options.quick ? options.folder : path.join(options.folder, profile);
  const known = rehearsals.get(place);
  if (known) return known;
  const rehearsal = rehearseOnce(profile, options);
  rehearsals.set(place, rehearsal);
  return rehearsal;
}

async function rehearseOnce(profile: Profile, options: RunOptions): Promise<readonly string[]> {
  const moments: string[] = [];
  const folder = path.join(options.folder, `rehearsal-${profile}`);
  await mkdir(folder, { recursive: true });
  const site = await openSite({
    ...{ profile, folder, log: options.log, browser: options.browser },
    places: await options.ground.places(folder),
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
