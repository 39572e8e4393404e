import { Cron, CronPattern } from 'croner';
import { InvalidInput } from '#core';
import { type Day, dayOfUtc, plusDays, utcOf } from './days.ts';

/** A cron expression as what it says of a calendar and of the clock on the wall: which days, and which times of them. */
export interface WallCron {
  /** The days it names from that one on, in order. */
  daysFrom(day: Day): Generator<Day>;
  /** Seconds after midnight, ascending. */
  readonly seconds: readonly number[];
  /** It names every hour, so it goes by the time that passes: where clocks change, by no wall time twice or not at all. */
  readonly everyHour: boolean;
}

const MODE = { mode: '5-or-6-parts' } as const;
const FIELDS = ['minute', 'hour', 'day of month', 'month', 'day of week'];

/** Throws InvalidInput naming the field that is wrong. */
export function parseCron(cron: string): WallCron {
  const { pattern, days } = parse(cron);
  return {
    daysFrom: (day) => daysFrom(days, day),
    seconds: secondsOf(pattern),
    everyHour: pattern.hour.every((named) => named === 1),
  };
}

function parse(cron: string): { pattern: CronPattern; days: Cron } {
  try {
    return {
      pattern: new CronPattern(cron, 'UTC', MODE),
      days: new Cron(cron, { ...MODE, timezone: 'UTC', paused: true }),
    };
  } catch {
    throw new InvalidInput('bad-cron', 'cron', `${faultOf(cron)}; five or six fields, for example "0 7 * * 1-5".`);
  }
}

function* daysFrom(cron: Cron, day: Day): Generator<Day> {
  let from = day;
  for (;;) {
    const found = cron.nextRun(new Date(utcOf(from) - 1000));
    if (!found) return;
    const next = dayOfUtc(found.getTime());
    yield next;
    from = plusDays(next, 1);
  }
}

function secondsOf({ hour, minute, second }: CronPattern): readonly number[] {
  const named = (field: readonly number[]) => field.flatMap((is, at) => (is === 1 ? [at] : []));
  const [hours, minutes, seconds] = [named(hour), named(minute), named(second)];
  return hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => h * 3600 + m * 60 + s)));
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
    new CronPattern(cron, 'UTC', MODE);
    return true;
  } catch {
    return false;
  }
}
