import { Defect } from '#core';

/** When bots may work in an application, by the clocks on its users' walls. */
export interface OpeningHours {
  /** IANA name. */
  readonly timeZone: string;
  /** Such as `mon-fri 07:00-19:00` and `sat 08:00-12:00`; an end before its start is the next day's. */
  readonly weekly: readonly string[];
  /** Within them, when it is closed all the same: every week, or once from one local time to another. */
  readonly maintenance?: readonly (string | { readonly from: string; readonly to: string })[];
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Whatever is open every week is open once in so many days, a change of the clocks included. */
const HORIZON_DAYS = 8;

interface Weekly {
  readonly days: ReadonlySet<number>;
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
}

/** Wall time as if it were UTC, in milliseconds. */
type WallTime = number;

interface Closure {
  readonly from: WallTime;
  readonly to: WallTime;
}

/** Opening hours made ready to be asked. */
export interface Hours {
  /** Whether it is open at that instant, in milliseconds. */
  isOpen(now: number): boolean;
  /** The instant, in milliseconds, from which it is open again; undefined while it is open. */
  closedUntil(now: number): number | undefined;
}

/** Reads opening hours; throws a Defect `bad-hours` that names what cannot be read. */
export function readHours({ timeZone, weekly, maintenance = [] }: OpeningHours): Hours {
  const wallTime = wallTimeIn(timeZone);
  const open = weekly.map(readWeekly);
  if (open.length === 0) throw badHours('Name at least one time at which it is open.');
  const breaks = maintenance.filter((each) => typeof each === 'string').map(readWeekly);
  const closures = maintenance.filter((each) => typeof each !== 'string').map(readClosure);
  const isOpen = (instant: number) => {
    const wall = wallTime(instant);
    const closed = closures.some(({ from, to }) => from <= wall && wall < to);
    return !closed && isWithin(open, wall) && !isWithin(breaks, wall);
  };
  const edges = [...open.map(({ from }) => from), ...breaks.map(({ to }) => to)];

  /** Instants at which it may open: nothing changes between two of them. Clocks are put forward and back at full hours. */
  function possibleOpenings(since: number): number[] {
    const midnight = Math.floor(wallTime(since) / DAY) * DAY;
    const walls = Array.from({ length: HORIZON_DAYS + 1 }, (_, day) =>
      [...edges, ...Array.from({ length: 24 }, (_, hour) => hour * 60)].map(
        (minute) => midnight + day * DAY + minute * MINUTE,
      ),
    ).flat();
    return walls.flatMap((wall) => instantsOf(wall, wallTime));
  }

  return {
    isOpen,
    closedUntil(now) {
      if (isOpen(now)) return undefined;
      const ends = closures.flatMap(({ to }) => instantsOf(to, wallTime));
      const starts = [now, ...ends.filter((end) => end > now)];
      const possible = [...ends, ...starts.flatMap(possibleOpenings)].filter((instant) => instant > now);
      return possible.sort((a, b) => a - b).find(isOpen) ?? now + DAY;
    },
  };
}

function isWithin(weekly: readonly Weekly[], wall: WallTime): boolean {
  const minute = Math.floor(wall / MINUTE) % (24 * 60);
  const day = new Date(wall).getUTCDay();
  return weekly.some(({ days, from, to }) =>
    from < to
      ? days.has(day) && from <= minute && minute < to
      : (days.has(day) && from <= minute) || (days.has((day + 6) % 7) && minute < to),
  );
}

/** `mon-fri 07:00-19:00`, `sat 08:00-12:00`, `fri-mon 22:00-04:00` */
function readWeekly(text: string): Weekly {
  const parts = /^([a-z]{3})(?:-([a-z]{3}))? (\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  const [first, last] = [DAYS.indexOf(parts?.[1] ?? ''), DAYS.indexOf(parts?.[2] ?? parts?.[1] ?? '')];
  const [from, to] = [minutes(parts?.[3], parts?.[4]), minutes(parts?.[5], parts?.[6])];
  if (first < 0 || last < 0 || from === undefined || to === undefined || from === to || from === 24 * 60) {
    throw badHours(`Write hours as "mon-fri 07:00-19:00", not "${text}".`);
  }
  const days = Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, after) => (first + after) % 7);
  return { days: new Set(days), from, to };
}

function minutes(hour: string | undefined, minute: string | undefined): number | undefined {
  const all = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && all <= 24 * 60 ? all : undefined;
}

function readClosure({ from, to }: { readonly from: string; readonly to: string }): Closure {
  const [start, end] = [from, to].map((text) => {
    const isLocal = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text);
    return isLocal ? Date.parse(`${text}Z`) : Number.NaN;
  });
  if (!(start! < end!)) throw badHours(`Write a closure as 2026-12-24T12:00 to a later time, not ${from} to ${to}.`);
  return { from: start!, to: end! };
}

function wallTimeIn(timeZone: string): (instant: number) => WallTime {
  let format: Intl.DateTimeFormat;
  try {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields });
  } catch {
    throw badHours(`Give a time zone by its IANA name, such as Europe/Berlin, not "${timeZone}".`);
  }
  return (instant) => {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute } = part;
    return Date.UTC(year!, month! - 1, day!, hour!, minute!) + (instant % MINUTE);
  };
}

/** The instants at which the wall shows that time: one, two when clocks are put back, and a near one when it is skipped. */
function instantsOf(wall: WallTime, wallTime: (instant: number) => WallTime): number[] {
  const around = [wall - DAY, wall + DAY].map((instant) => wall - (wallTime(instant) - instant));
  return [...new Set(around)];
}

function badHours(message: string): Defect {
  return new Defect('bad-hours', message);
}
