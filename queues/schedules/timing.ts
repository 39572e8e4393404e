import { InvalidInput, type PlannedStart, type Schedule, type Timing } from '#core';
import { parseCron } from './cron.ts';
import { firstStarts } from './plan.ts';
import { secondOf } from './window.ts';
import type { Workdays } from './workdays.ts';

/** No month has more working days. */
const MOST_WORKDAYS = 23;
const LONGEST_JITTER = 3600;

/** Throws InvalidInput naming the field that is wrong. That the calendar is there is the store's matter. */
export function checkTiming({ cron, timeZone, calendar, workday, window, jitterSeconds }: Timing): void {
  checkTimeZone(timeZone);
  parseCron(cron);
  if (workday !== null) checkWorkday(workday, calendar);
  if (window !== null && !isWindow(window.from, window.to)) {
    throw new InvalidInput('bad-window', 'window', 'Give two different times such as 07:00 and 18:00.');
  }
  if (!(Number.isInteger(jitterSeconds) && jitterSeconds >= 0 && jitterSeconds <= LONGEST_JITTER)) {
    throw new InvalidInput('bad-jitter', 'jitterSeconds', `Give whole seconds from 0 to ${LONGEST_JITTER}.`);
  }
}

/** The next `count` starts after `from`, an ISO time, or after what is decided where that is later. */
export function nextStarts(
  schedule: Schedule,
  calendar: Workdays | null,
  count: number,
  from: string,
): readonly PlannedStart[] {
  const doneUntil = Date.parse(from) > Date.parse(schedule.doneUntil) ? from : schedule.doneUntil;
  const starts = firstStarts({ ...schedule, doneUntil }, calendar, count);
  return starts.map(({ saidAt, dueAt, startAt, shifts }) => ({ saidAt, dueAt, startAt, shifts }));
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new InvalidInput('bad-time-zone', 'timeZone', 'Not an IANA time zone; for example "Europe/Berlin".');
  }
}

function checkWorkday(workday: number, calendar: string | null): void {
  const isOne = Number.isInteger(workday) && workday !== 0 && Math.abs(workday) <= MOST_WORKDAYS;
  if (!isOne) {
    const message = `Give 1 for the first working day of a month, -1 for the last one; up to ${MOST_WORKDAYS}.`;
    throw new InvalidInput('bad-workday', 'workday', message);
  }
  if (calendar === null) {
    throw new InvalidInput('calendar-missing', 'calendar', 'Name the calendar that says which days are working days.');
  }
}

function isWindow(from: string, to: string): boolean {
  const [opens, closes] = [secondOf(from), secondOf(to)];
  return opens !== undefined && closes !== undefined && opens < 86_400 && opens !== closes;
}
