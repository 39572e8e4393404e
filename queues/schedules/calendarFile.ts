import { InvalidInput, type SpecialDay } from '#core';
import { isDay, plusDays } from './days.ts';
import { isICalendar, readICalendar } from './icalendar.ts';

/** No closure lasts longer: a year for a month, mistyped, would close for ever. */
const LONGEST_RANGE = 62;
/** `2026-12-25 Christmas Day` · `2026-12-24/2026-12-31 Closed` · `*-05-01 Labour Day` · `+2026-10-10 worked` · `# remark` */
const LINE = /^(\+?)(\*-\d{2}-\d{2}|\d{4}-\d{2}-\d{2})(?:\/(\d{4}-\d{2}-\d{2}))?(?:[\s,;]+(.*))?$/;

/**
 * Special days of a calendar from the text of a file: iCalendar, or a day and its name on each line.
 * Throws InvalidInput with the line that cannot be read: a holiday that is overlooked starts a bot.
 */
export function readSpecialDays(text: string): readonly SpecialDay[] {
  const plain = text.replace(/^\uFEFF/, '');
  const days = isICalendar(plain) ? readICalendar(plain) : plain.split(/\r\n|\r|\n/).flatMap(readLine);
  return [...new Map(days.map((day) => [day.day, day])).values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** As lines that `readSpecialDays` reads back. */
export function writeSpecialDays(days: readonly SpecialDay[]): string {
  return days.map(({ day, name, works }) => `${works ? '+' : ''}${day} ${name}`.trimEnd()).join('\n');
}

/** A day as calendars keep it: of one year, or of every year. 29 February of every year comes when it comes. */
export function isSpecialDay(day: string): boolean {
  return isDay(day.startsWith('*') ? `2000${day.slice(1)}` : day);
}

function readLine(line: string, at: number): readonly SpecialDay[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  const [, worked, from, to, name = ''] = LINE.exec(text) ?? [];
  const days = from === undefined ? [] : daysBetween(from, to ?? from);
  if (days.length === 0) throw unreadable(at);
  return days.map((day) => ({ day, name: name.trim(), works: worked === '+' }));
}

function daysBetween(from: string, to: string): readonly string[] {
  if (!isSpecialDay(from) || !isSpecialDay(to)) return [];
  if (from === to) return [from];
  const days: string[] = [];
  for (let day = from; isDay(day) && day <= to && days.length <= LONGEST_RANGE; day = plusDays(day, 1)) days.push(day);
  return days.length <= LONGEST_RANGE ? days : [];
}

function unreadable(at: number): InvalidInput {
  const message = `Line ${at + 1} is no day such as "2026-12-25 Christmas Day", "*-05-01" or "2026-12-24/2026-12-31".`;
  return new InvalidInput('bad-calendar-file', 'file', message);
}
