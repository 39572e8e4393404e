import type { LeftOutReason, Schedule, ScheduleDecision } from '#core';
import { mayStartAt, plannedStarts, type Start } from './plan.ts';
import type { Workdays } from './workdays.ts';

/** A start no later than that is on time; later it was missed, and the schedule's policy decides. */
const ON_TIME_MS = 60_000;
/** More starts than that are not made in one transaction; the rest follow in the next. */
const MOST_AT_ONCE = 100;

export interface Circumstances {
  /** ISO. */
  readonly now: string;
  readonly calendar: Workdays | null;
  /** Whether the schedule's last task has not ended. */
  readonly lastIsOpen: boolean;
}

/** What there is to start: due times, oldest first. */
export type Decided = Omit<ScheduleDecision, 'starts'> & { readonly starts: readonly string[] };

/** What a schedule comes to now; undefined where nothing is due, or what is due may not start yet. */
export function decide(schedule: Schedule, { now, calendar, lastIsOpen }: Circumstances): Decided | undefined {
  if (isPaused(schedule, now)) return undefined;
  const due = dueBy(now, schedule, calendar);
  const waitIsOver = schedule.waiting !== null && !lastIsOpen;
  if (due.length === 0 && !waitIsOver) return undefined;
  const nowMs = Date.parse(now);
  const isOpen = [nowMs, nowMs - ON_TIME_MS].some((ms) => mayStartAt(ms, schedule, calendar));
  if (isOpen) return overlapped(schedule, byPolicy(schedule, due, nowMs), lastIsOpen);
  if (schedule.outside === 'wait' || due.length === 0) return undefined;
  return summedUp(schedule, {
    starts: [],
    waiting: schedule.waiting,
    left: due.map(leaving('window')),
    last: due.at(-1),
  });
}

/** A pause with an end ends by itself. */
export function isPaused({ paused, pausedUntil }: Pick<Schedule, 'paused' | 'pausedUntil'>, now: string): boolean {
  return paused && (pausedUntil === null || Date.parse(pausedUntil) > Date.parse(now));
}

function dueBy(now: string, schedule: Schedule, calendar: Workdays | null): readonly Start[] {
  const due: Start[] = [];
  for (const start of plannedStarts(schedule, calendar)) {
    if (Date.parse(start.startAt) > Date.parse(now)) break;
    due.push(start);
  }
  return due;
}

interface Left {
  readonly start: Start;
  readonly reason: LeftOutReason;
}
interface Sorted {
  readonly wanted: readonly Start[];
  readonly leftOut: readonly Left[];
}

function leaving(reason: LeftOutReason): (start: Start) => Left {
  return (start) => ({ start, reason });
}

/** By the policy for missed ones. What came due in a pause that has ended by itself is left out, never missed. */
function byPolicy({ missed, paused, pausedUntil }: Schedule, due: readonly Start[], nowMs: number): Sorted {
  const pauseEnd = paused && pausedUntil !== null ? Date.parse(pausedUntil) : 0;
  const inPause = due.filter(({ startAt }) => Date.parse(startAt) < pauseEnd);
  const after = due.slice(inPause.length);
  const onTime = after.filter(({ startAt }) => Date.parse(startAt) >= nowMs - ON_TIME_MS);
  const wanted = wantedOf(missed, after, onTime);
  const missing = after.filter((start) => !wanted.includes(start));
  return { wanted, leftOut: [...inPause.map(leaving('paused')), ...missing.map(leaving('missed'))] };
}

function wantedOf(missed: Schedule['missed'], due: readonly Start[], onTime: readonly Start[]): readonly Start[] {
  switch (missed) {
    case 'all':
      return due;
    case 'skip':
      return onTime;
    case 'once':
      return onTime.length > 0 ? onTime : due.slice(-1);
  }
}

/** By the policy for overlap: what starts now, what waits for the last task's end, what is left out. */
function overlapped(schedule: Schedule, { wanted, leftOut }: Sorted, lastIsOpen: boolean): Decided {
  const starts: string[] = [];
  const left = [...leftOut];
  let { waiting } = schedule;
  const isFree = () => schedule.overlap === 'allow' || (!lastIsOpen && starts.length === 0);
  if (waiting !== null && isFree()) {
    starts.push(waiting);
    waiting = null;
  }
  const now = wanted.slice(0, MOST_AT_ONCE - starts.length);
  for (const start of now) {
    if (isFree()) starts.push(start.dueAt);
    else if (schedule.overlap === 'queue-one' && waiting === null) waiting = start.dueAt;
    else left.push({ start, reason: 'overlap' });
  }
  const last = [...leftOut.map(({ start }) => start), ...now].sort(byDueTime).at(-1);
  return summedUp(schedule, { starts, waiting, left, last });
}

interface Outcome extends Pick<Decided, 'starts' | 'waiting'> {
  readonly left: readonly Left[];
  /** The last one decided: what comes after it is still to be. */
  readonly last: Start | undefined;
}

function summedUp({ doneUntil, throughDay }: Schedule, { starts, waiting, left, last }: Outcome): Decided {
  return {
    starts,
    waiting,
    leftOut: counted(left),
    doneUntil: last?.dueAt ?? doneUntil,
    throughDay: last?.day ?? throughDay,
  };
}

function byDueTime(a: Start, b: Start): number {
  return Date.parse(a.dueAt) - Date.parse(b.dueAt);
}

/** One line for each reason: a night of missed minutes is one thing to know. */
function counted(left: readonly Left[]): Decided['leftOut'] {
  const byReason = Map.groupBy(left, ({ reason }) => reason);
  return [...byReason].map(([reason, all]) => ({ reason, count: all.length, dueAt: all.at(-1)!.start.dueAt }));
}
