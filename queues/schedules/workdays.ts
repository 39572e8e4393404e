import type { Calendar, DayOffPolicy } from '#core';
import { type Day, plusDays, weekdayOf } from './days.ts';

/** A calendar's answers, whatever its version. */
export type Workdays = Pick<Calendar, 'workingDays' | 'specialDays'>;

/** No closure lasts longer; a calendar that says so works no day at all. */
const LONGEST_CLOSURE = 62;
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A day named by its date says more than one named for every year, and both more than its weekday. */
function specialDay({ specialDays }: Workdays, day: Day) {
  const yearly = `*${day.slice(4)}`;
  return specialDays.find((special) => special.day === day) ?? specialDays.find((special) => special.day === yearly);
}

export function isWorked(calendar: Workdays, day: Day): boolean {
  return specialDay(calendar, day)?.works ?? calendar.workingDays.includes(weekdayOf(day));
}

/** What a day off is called: its holiday, or its weekday. */
export function nameOf(calendar: Workdays, day: Day): string {
  return specialDay(calendar, day)?.name || WEEKDAYS[weekdayOf(day) - 1]!;
}

/** The nearest worked day in that direction, the day itself not counted; undefined where none comes. */
export function nearestWorked(calendar: Workdays, day: Day, direction: 1 | -1): Day | undefined {
  for (let away = 1; away <= LONGEST_CLOSURE; away++) {
    const found = plusDays(day, away * direction);
    if (isWorked(calendar, found)) return found;
  }
  return undefined;
}

/** Where that day goes by the policy; undefined where it is left out. */
export function movedDay(calendar: Workdays, day: Day, policy: DayOffPolicy): Day | undefined {
  if (isWorked(calendar, day)) return day;
  switch (policy) {
    case 'skip':
      return undefined;
    case 'previous':
      return nearestWorked(calendar, day, -1);
    case 'next':
      return nearestWorked(calendar, day, 1);
  }
}

/** Whether that is the `nth` worked day of its month, counted from the last one where `nth` is negative. */
export function isNthWorked(calendar: Workdays, day: Day, nth: number): boolean {
  if (!isWorked(calendar, day)) return false;
  const direction = nth > 0 ? -1 : 1;
  let count = 1;
  for (
    let other = plusDays(day, direction);
    other.slice(0, 7) === day.slice(0, 7);
    other = plusDays(other, direction)
  ) {
    if (isWorked(calendar, other)) count++;
  }
  return count === Math.abs(nth);
}
