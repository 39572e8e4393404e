import { Cron } from 'croner';
import { InvalidInput, type Schedule } from '#core';

type Timing = Pick<Schedule, 'cron' | 'timeZone'>;

/** More starts than that at once are never wanted: a schedule by the second after a night without power. */
const MOST_AT_ONCE = 1000;
const FIELDS = ['minute', 'hour', 'day of month', 'month', 'day of week'];

/** Throws InvalidInput naming the field that is wrong: `timeZone`, or `cron` with the field within it. */
export function checkTiming(timing: Timing): void {
  parse(timing);
}

/** The schedule's due times after `from` up to and including `to`, oldest first. */
export function dueTimes(timing: Timing, from: string, to: string): readonly string[] {
  return runs(timing, from, (time, count) => time <= new Date(to) && count < MOST_AT_ONCE);
}

/** Its next `n` due times after `from`. */
export function nextRuns(timing: Timing, n: number, from: string): readonly string[] {
  return runs(timing, from, (_time, count) => count < n);
}

function runs(timing: Timing, from: string, wanted: (time: Date, count: number) => boolean): readonly string[] {
  const cron = parse(timing);
  const times: string[] = [];
  for (let time = cron.nextRun(new Date(from)); time && wanted(time, times.length); time = cron.nextRun(time)) {
    times.push(time.toISOString());
  }
  return times;
}

function parse({ cron, timeZone }: Timing): Cron {
  checkTimeZone(timeZone);
  try {
    return new Cron(cron, { timezone: timeZone, paused: true, mode: '5-or-6-parts' });
  } catch {
    throw new InvalidInput('bad-cron', 'cron', `${faultOf(cron)}; five or six fields, for example "0 7 * * 1-5".`);
  }
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new InvalidInput('bad-time-zone', 'timeZone', 'Not an IANA time zone; for example "Europe/Berlin".');
  }
}

/** Tries each field alone among stars, to tell which one is wrong. */
function faultOf(cron: string): string {
  const parts = cron.trim().split(/\s+/);
  const fields = parts.length === 6 ? ['second', ...FIELDS] : FIELDS;
  if (parts.length !== fields.length) return `${parts.length} fields given`;
  const wrong = fields.filter((_name, index) => !isValid(parts.map((part, i) => (i === index ? part : '*')).join(' ')));
  return `Not understood: ${wrong.join(', ') || 'the fields together'}`;
}

function isValid(cron: string): boolean {
  try {
    new Cron(cron, { paused: true, mode: '5-or-6-parts' });
    return true;
  } catch {
    return false;
  }
}
