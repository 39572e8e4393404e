import { createHash } from 'node:crypto';
import type { PlannedStart, Schedule, Shift, StartWindow, Timing } from '#core';
import { parseCron, type WallCron } from './cron.ts';
import { type Day, plusDays } from './days.ts';
import { closingOf, isBeforeOpening, isInside, openingOf } from './window.ts';
import { isNthWorked, isWorked, movedDay, nameOf, nearestWorked, type Workdays } from './workdays.ts';
import { firstMoment, momentsOf, steadyOffset, type WallTime, wallTime } from './zone.ts';

/** What of a schedule says when it starts next. */
export type Course = Timing & Pick<Schedule, 'name' | 'doneUntil' | 'throughDay'>;

/** `day`: the last one of the cron expression's days that this start stands for. */
export type Start = PlannedStart & { readonly day: Day };

/** A worked day on which the schedule is due, and the first and last day of the cron expression's that come to it. */
interface DueDay {
  readonly day: Day;
  readonly said: Day;
  readonly through: Day;
}

/** A due time before it is known whether others fall together with it. */
interface Due {
  readonly ms: number;
  readonly second: number;
  readonly leapt: boolean;
  readonly waited: boolean;
  readonly on: DueDay;
}

/** So many days of a cron expression without a start, and it is taken never to come: three years of a daily one. */
const MOST_DAYS = 1200;
/** The times of a day are alike: after so many due days without one inside the window, none comes. */
const MOST_SHUT_DAYS = 400;

/**
 * The starts of a schedule after `doneUntil`, in order, without end where there is none:
 *
 *     days of the cron expression → worked days → their times → into the window → what falls together is one → jitter
 *
 * Each step keeps the order of time, so a scheduler reads on until the first start that is still to come. It is a pure
 * function of the schedule and its calendar: all schedulers read the same.
 */
export function* plannedStarts(course: Course, calendar: Workdays | null): Generator<Start> {
  const doneUntil = Date.parse(course.doneUntil);
  let together: Due[] = [];
  let earliest = 0;
  const start = () => {
    const planned = startOf(course, calendar, together, earliest);
    earliest = Date.parse(planned.startAt);
    return planned;
  };
  for (const due of dueTimes(course, calendar, doneUntil)) {
    if (due.ms <= doneUntil) continue;
    if (together[0] !== undefined && together[0].ms !== due.ms) {
      yield start();
      together = [];
    }
    together.push(due);
  }
  if (together.length > 0) yield start();
}

/** At most `count` of them. */
export function firstStarts(course: Course, calendar: Workdays | null, count: number): readonly Start[] {
  const starts: Start[] = [];
  for (const start of plannedStarts(course, calendar)) {
    if (starts.push(start) >= count) break;
  }
  return starts;
}

function* dueTimes(course: Course, calendar: Workdays | null, doneUntil: number): Generator<Due> {
  const { timeZone, window, outside } = course;
  const cron = parseCron(course.cron);
  const today = wallTime(doneUntil, timeZone).day;
  const waits = window !== null && outside === 'wait';
  const placed = window === null ? (due: Due) => due : intoWindow(window, course, calendar);
  let shutDays = 0;
  for (const on of dueDays(course, calendar, cron, today)) {
    // What is left of earlier days can only have waited for a window.
    if (on.day < today && !waits) continue;
    shutDays++;
    for (const moment of momentsOn(on, cron, timeZone)) {
      const due = placed(moment);
      if (!due) continue;
      shutDays = 0;
      yield due;
    }
    if (shutDays > MOST_SHUT_DAYS) return;
  }
}

function* dueDays(course: Course, calendar: Workdays | null, cron: WallCron, today: Day): Generator<DueDay> {
  const { workday, dayOff, throughDay } = course;
  let group: DueDay | undefined;
  let fruitless = 0;
  for (const said of cron.daysFrom(firstDayToAsk(calendar, today))) {
    if (++fruitless > MOST_DAYS) break;
    if (calendar && workday !== null && !isNthWorked(calendar, said, workday)) continue;
    const day = calendar ? movedDay(calendar, said, dayOff) : said;
    if (day === undefined) continue;
    // It was decided on another day, before the calendar changed.
    if (throughDay !== null && said <= throughDay && day !== today) continue;
    fruitless = 0;
    if (group && group.day !== day) yield group;
    group = group?.day === day ? { ...group, through: said } : { day, said, through: said };
  }
  if (group) yield group;
}

/** Days off before today move on to it, and the evening before the last of them may wait for its window. */
function firstDayToAsk(calendar: Workdays | null, today: Day): Day {
  const before = plusDays(today, -1);
  return calendar ? (nearestWorked(calendar, today, -1) ?? before) : before;
}

function* momentsOn(on: DueDay, { seconds, everyHour }: WallCron, zone: string): Generator<Due> {
  const offset = steadyOffset(on.day, zone);
  const plain = { leapt: false, waited: false, on };
  if (offset !== null) {
    const midnight = Date.parse(`${on.day}T00:00:00Z`) - offset;
    for (const second of seconds) yield { ms: midnight + second * 1000, second, ...plain };
    return;
  }
  const found = seconds.flatMap((second) => {
    const wall = { day: on.day, second };
    if (everyHour) return momentsOf(wall, zone).map((ms) => ({ ms, second, ...plain }));
    return [{ ...plain, ...firstMoment(wall, zone), second }];
  });
  yield* found.sort((a, b) => a.ms - b.ms);
}

/** Puts due times into the window: as they are, at its next opening, or nowhere. */
function intoWindow(
  window: StartWindow,
  { outside, timeZone }: Course,
  calendar: Workdays | null,
): (due: Due) => Due | undefined {
  const following = (day: Day) => (calendar ? nearestWorked(calendar, day, 1) : plusDays(day, 1));
  /** By day, before and after: a night of minutes waits for one opening. */
  const openings = new Map<string, number | undefined>();
  const openingAfter = (wall: WallTime) => {
    const key = `${wall.day} ${isBeforeOpening(window, wall)}`;
    if (!openings.has(key)) {
      const day = isBeforeOpening(window, wall) ? wall.day : following(wall.day);
      openings.set(key, day === undefined ? undefined : openingOf(window, day, timeZone));
    }
    return openings.get(key);
  };
  return (due) => {
    const wall = due.leapt ? wallTime(due.ms, timeZone) : { day: due.on.day, second: due.second };
    if (isInside(window, wall)) return due;
    const opening = outside === 'wait' ? openingAfter(wall) : undefined;
    return opening === undefined ? undefined : { ...due, ms: opening, waited: true };
  };
}

/** One start of what falls together; not before the one ahead of it, which jitter may have put behind. */
function startOf(course: Course, calendar: Workdays | null, together: readonly Due[], earliest: number): Start {
  const [first] = together;
  const last = together.at(-1);
  if (!first || !last) throw new RangeError('A start stands for one due time at least.');
  const { day, said } = first.on;
  const jitter = jitterOf(course, first.ms);
  const shifts: Shift[] = [];
  const shift = (why: Shift['why'], note: string | null = null) => shifts.push({ why, note });
  if (calendar && said !== day) shift('day-off', nameOf(calendar, said));
  if (first.leapt) shift('clock-change');
  if (first.waited) shift('window');
  if (together.length > 1 || said !== last.on.through) shift('merged');
  if (jitter > 0) shift('jitter');
  return {
    saidAt: iso(firstMoment({ day: said, second: first.second }, course.timeZone).ms),
    dueAt: iso(first.ms),
    startAt: iso(Math.max(first.ms + jitter, earliest)),
    shifts,
    day: last.on.through,
  };
}

/** By name and due time, so that every scheduler waits alike; never out of the window. */
function jitterOf({ name, jitterSeconds, window, timeZone }: Course, due: number): number {
  if (jitterSeconds === 0) return 0;
  const drawn = createHash('sha256')
    .update(`${name}\n${iso(due)}`)
    .digest()
    .readUIntBE(0, 6);
  const wished = (drawn % (jitterSeconds + 1)) * 1000;
  if (window === null) return wished;
  const room = closingOf(window, wallTime(due, timeZone), timeZone) - due - 1000;
  return Math.min(wished, Math.max(room, 0));
}

/** Whether a start may be made at that time, by whatever due time: only on worked days, only in the window. */
export function mayStartAt(ms: number, { timeZone, window }: Timing, calendar: Workdays | null): boolean {
  const wall = wallTime(ms, timeZone);
  return isOpenDay(wall.day, calendar) && (window === null || isInside(window, wall));
}

function isOpenDay(day: Day, calendar: Workdays | null): boolean {
  return calendar === null || isWorked(calendar, day);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
