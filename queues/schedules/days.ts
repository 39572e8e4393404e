/** A day of a calendar, without zone: `2026-03-29`. Days compare as text. */
export type Day = string;

const DAY_MS = 86_400_000;

/** Midnight of that day as if it were in UTC. */
export function utcOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function dayOfUtc(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

export function plusDays(day: Day, days: number): Day {
  return dayOfUtc(utcOf(day) + days * DAY_MS);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(utcOf(day)).getUTCDay() || 7;
}

/** False for days no calendar has, as 2026-02-30. */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? utcOf(text) : Number.NaN;
  return !Number.isNaN(ms) && dayOfUtc(ms) === text;
}
