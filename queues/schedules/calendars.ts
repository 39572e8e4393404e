import { type Calendar, InvalidInput, type NewCalendar } from '#core';
import { isSpecialDay, readSpecialDays } from './calendarFile.ts';

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];
/** A hundred years of holidays. */
const MOST_SPECIAL_DAYS = 5000;

/** What a calendar comes to be, from what is given and what it was. Throws InvalidInput naming what is wrong. */
export function editedCalendar(
  { name, workingDays, specialDays, file }: NewCalendar,
  before: Calendar | undefined,
): Pick<Calendar, 'name' | 'workingDays' | 'specialDays'> {
  const week = [...new Set(workingDays ?? before?.workingDays ?? MONDAY_TO_FRIDAY)].sort((a, b) => a - b);
  if (week.length === 0 || week.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
    throw new InvalidInput('bad-working-days', 'workingDays', 'Give one day of the week at least, such as mon-fri.');
  }
  const days = file === undefined ? (specialDays ?? before?.specialDays ?? []) : readSpecialDays(file);
  const wrong = days.find(({ day }) => !isSpecialDay(day));
  if (wrong) {
    const message = `Not a day: write it as 2026-12-25, or *-12-25 for every year.`;
    throw new InvalidInput('bad-special-day', 'specialDays', message);
  }
  if (days.length > MOST_SPECIAL_DAYS) {
    throw new InvalidInput('bad-special-day', 'specialDays', `Give at most ${MOST_SPECIAL_DAYS} days.`);
  }
  return { name, workingDays: week, specialDays: days };
}
