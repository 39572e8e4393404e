import type { AccessEvent, ApplicationInfo, ApplicationRules } from '#core';
import { soon } from '../words/standing.ts';
import { inWords, type Tone } from '../words/tasks.ts';
import { ago, atMoment, span } from '../words/time.ts';

interface Word {
  readonly word: string;
  readonly tone: Tone;
}

const STATE: Readonly<Record<ApplicationInfo['state'], Word>> = {
  open: { word: 'Open', tone: 'good' },
  closed: { word: 'Closed', tone: 'quiet' },
  parked: { word: 'Out of order', tone: 'bad' },
  held: { word: 'Accounts held', tone: 'bad' },
};

export const ACCOUNT_STATE: Readonly<Record<ApplicationInfo['accounts'][number]['state'], Word>> = {
  free: { word: 'Free', tone: 'good' },
  lent: { word: 'In use', tone: 'busy' },
  held: { word: 'Held', tone: 'bad' },
};

export function stateWord({ state, look }: ApplicationInfo): Word {
  return state === 'parked' && look?.underWay ? { word: 'Being looked at', tone: 'busy' } : STATE[state];
}

/** Why bots are kept out and until when; or that nothing keeps them. */
export function standingOf({ state, code, since, until }: ApplicationInfo, now: number): string {
  const from = since === null ? '' : ` since ${atMoment(since)}`;
  const why = code === null ? '' : `: ${inWords(code).toLowerCase()}`;
  switch (state) {
    case 'open':
      return 'Bots may work there.';
    case 'closed':
      return `Closed by its hours${from}${until === null ? '' : `; it opens ${soon(until, now)}, ${atMoment(until)}`}.`;
    case 'parked':
      return `Out of order${from}${why}.${until === null ? '' : ` The next look is ${soon(until, now)}.`}`;
    case 'held':
      return `Every account is held${from}${why}. A person must let one go, or set right what was refused.`;
  }
}

export function failuresInWords({ state, failures }: ApplicationInfo): string | null {
  if (state === 'parked' || failures === 0) return null;
  const uses = failures === 1 ? 'The last use' : `The last ${failures} uses`;
  return `${uses} failed. After the third in a row its tasks wait until a look finds it well.`;
}

/** What the newest look found. */
export function lookInWords({ state, look }: ApplicationInfo, now: number): string | null {
  if (look === null) return null;
  if (look.at === null) return state === 'parked' ? 'Nobody has looked at it since.' : null;
  const found = look.code === null ? 'it was well' : inWords(look.code).toLowerCase();
  const inVain = look.inVain > 1 ? `, ${look.inVain} looks in vain` : '';
  return `Last look ${ago(look.at, now)}: ${found}${inVain}.`;
}

/** An outage moves promises by as long as it lasts. */
export function waitingInWords({ waiting, soonest, state }: ApplicationInfo, now: number): string {
  if (waiting === 0) return 'No task waits for it.';
  const tasks = waiting === 1 ? 'One task waits for it' : `${waiting} tasks wait for it`;
  if (soonest === null) return `${tasks}.`;
  const late = Date.parse(soonest) < now;
  const due = late ? `${span(now - Date.parse(soonest))} late` : `${soon(soonest, now)}, ${atMoment(soonest)}`;
  const moved = state === 'parked' || state === 'held' ? ', moved by as long as they have waited' : '';
  return `${tasks}; the soonest promise is ${due}${moved}.`;
}

export function rulesInWords(rules: ApplicationRules): readonly (readonly [name: string, words: string])[] {
  const { openingHours, paceSeconds, hasCanary, sessionsPerAccount } = rules;
  return [
    ['Hours', openingHours === null ? 'always open' : hoursInWords(openingHours)],
    ['Pace', paceSeconds === null ? 'as fast as it goes' : `${paceSeconds} s between two submits of an account`],
    ['Sessions', sessionsPerAccount === 1 ? 'one for each account' : `${sessionsPerAccount} for each account`],
    ['Look', hasCanary ? 'its own, which changes nothing' : 'the work of a task'],
  ];
}

function hoursInWords({ timeZone, weekly, maintenance }: NonNullable<ApplicationRules['openingHours']>): string {
  const closed = maintenance.map((each) => (typeof each === 'string' ? each : `${each.from} to ${each.to}`));
  const but = closed.length === 0 ? '' : `; closed ${closed.join(', ')}`;
  return `${weekly.join(', ')} in ${timeZone.replaceAll('_', ' ')}${but}`;
}

/** Days before its end from which a password's end is a warning. */
const WARN_MS = 14 * 86_400_000;

export function passwordInWords(endsAt: string, now: number): { readonly words: string; readonly isSoon: boolean } {
  const left = Date.parse(endsAt) - now;
  if (left <= 0) return { words: `Its password ended ${atMoment(endsAt)}`, isSoon: true };
  return { words: `Its password ends in ${span(left)}`, isSoon: left <= WARN_MS };
}

const EVENT: Readonly<Record<string, string>> = {
  'account-held': 'Account held',
  'account-released': 'Account let go',
  'password-expires': 'Password ends soon',
  'application-parked': 'Out of order',
  'application-look': 'Looked at on request',
  'application-well': 'Well again',
};

export function eventInWords({ kind, facts }: AccessEvent): string {
  const told = Object.entries(facts).flatMap(([name, value]) => {
    if (value === null) return [];
    if (name === 'code') return [inWords(String(value)).toLowerCase()];
    return [`${inWords(name).toLowerCase()} ${value}`];
  });
  return [EVENT[kind] ?? inWords(kind), ...told].join(' · ');
}
