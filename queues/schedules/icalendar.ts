import { InvalidInput, type SpecialDay } from '#core';
import { type Day, isDay, plusDays } from './days.ts';

/** A content line: `DTSTART;VALUE=DATE:20261225` is name, parameters and value. */
interface Line {
  /** Counted from 1, where it began in the file. */
  readonly at: number;
  readonly name: string;
  readonly value: string;
}

interface Event {
  readonly at: number;
  readonly lines: ReadonlyMap<string, Line>;
}

/** No public holiday lasts longer. */
const MOST_DAYS = 62;

export function isICalendar(text: string): boolean {
  return /^\s*BEGIN:VCALENDAR/i.test(text);
}

/**
 * The days of a holiday file: events of whole days, once or every year. An event that is neither (an appointment, a
 * rule such as "fourth Thursday") is refused by its line rather than overlooked.
 */
export function readICalendar(text: string): readonly SpecialDay[] {
  return eventsOf(unfolded(text)).flatMap(daysOf);
}

/** Long lines are cut and go on after a blank. */
function unfolded(text: string): readonly Line[] {
  const whole: { at: number; text: string }[] = [];
  for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
    const before = whole.at(-1);
    if (before && /^[ \t]/.test(line)) before.text += line.slice(1);
    else whole.push({ at: at + 1, text: line });
  }
  return whole.filter((line) => line.text.trim() !== '').map(lineOf);
}

/** A colon within quotes belongs to a parameter. */
function lineOf({ at, text }: { at: number; text: string }): Line {
  const [, name, value] = /^([\w-]+)(?:;(?:"[^"]*"|[^":])*)?:(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw unreadable(at, 'is no line of an iCalendar file');
  return { at, name: name.toUpperCase(), value };
}

function eventsOf(lines: readonly Line[]): readonly Event[] {
  const events: Event[] = [];
  let within: { at: number; lines: Map<string, Line> } | undefined;
  let depth = 0;
  for (const line of lines) {
    const isEvent = line.value.toUpperCase() === 'VEVENT';
    if (line.name === 'BEGIN' && isEvent) within = { at: line.at, lines: new Map() };
    else if (line.name === 'END' && isEvent && within) {
      events.push(within);
      within = undefined;
    } else if (line.name === 'BEGIN') depth++;
    else if (line.name === 'END') depth--;
    // What is nested in an event, such as an alarm, has lines of the same names.
    else if (within && depth === 1) within.lines.set(line.name, line);
  }
  if (within) throw unreadable(within.at, 'begins an event that does not end: the file is cut off');
  return events;
}

function daysOf({ at, lines }: Event): readonly SpecialDay[] {
  if (lines.get('STATUS')?.value.toUpperCase() === 'CANCELLED') return [];
  const start = lines.get('DTSTART');
  const first = start && dayOf(start);
  if (!first) throw unreadable(start?.at ?? at, 'is no event of whole days');
  const name = unescaped(lines.get('SUMMARY')?.value ?? '');
  const days = spanOf(first, lines);
  const yearly = isYearly(lines);
  return days.map((day) => ({ day: yearly ? `*${day.slice(4)}` : day, name, works: false }));
}

function spanOf(first: Day, lines: ReadonlyMap<string, Line>): readonly Day[] {
  const [end, duration] = [lines.get('DTEND'), lines.get('DURATION')];
  const count = end ? daysUntil(first, end) : duration ? daysIn(duration) : 1;
  const last = end ?? duration;
  if (!(count >= 1 && count <= MOST_DAYS))
    throw unreadable(last?.at ?? 0, 'makes the event none of 1 to 62 whole days');
  return Array.from({ length: count }, (_, day) => plusDays(first, day));
}

/** The end is the first day after the event; some write the day itself. */
function daysUntil(first: Day, end: Line): number {
  const day = dayOf(end);
  if (!day) return Number.NaN;
  return day === first ? 1 : Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000);
}

function daysIn({ value }: Line): number {
  const [, count, unit] = /^P(\d{1,3})([DW])$/.exec(value) ?? [];
  return Number(count) * (unit === 'W' ? 7 : 1);
}

/** A date; also midnight, as some programs write whole days. */
function dayOf({ value }: Line): Day | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})(?:T000000Z?)?$/.exec(value.trim()) ?? [];
  const found = `${year}-${month}-${day}`;
  return isDay(found) ? found : undefined;
}

function isYearly(lines: ReadonlyMap<string, Line>): boolean {
  for (const name of ['RDATE', 'EXDATE', 'EXRULE']) {
    const line = lines.get(name);
    if (line) throw unreadable(line.at, 'repeats the event by a list; give each day an event of its own');
  }
  const rule = lines.get('RRULE');
  if (!rule) return false;
  const parts = rule.value
    .toUpperCase()
    .split(';')
    .filter((part) => part !== 'INTERVAL=1' && part !== '');
  if (parts.join() !== 'FREQ=YEARLY') throw unreadable(rule.at, 'repeats the event otherwise than every year');
  return true;
}

function unescaped(text: string): string {
  return text.replace(/\\([nN,;\\])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign)).trim();
}

function unreadable(at: number, what: string): InvalidInput {
  return new InvalidInput('bad-calendar-file', 'file', `Line ${at} ${what}.`);
}
