const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Time between two moments in the largest unit that says enough: `40 s`, `12 min`, `3 h`, `2 d`. */
export function span(ms: number): string {
  const size = Math.abs(ms);
  if (size < MINUTE) return `${Math.round(size / 1_000)} s`;
  if (size < HOUR) return `${Math.round(size / MINUTE)} min`;
  if (size < 2 * DAY) return `${Math.round(size / HOUR)} h`;
  return `${Math.round(size / DAY)} d`;
}

/** A promise as a person feels it: `in 12 min`, `3 h late`. */
export function promise(
  dueAt: string,
  now: number,
): { readonly text: string; readonly late: boolean; readonly soon: boolean } {
  const left = Date.parse(dueAt) - now;
  return left < 0
    ? { text: `${span(left)} late`, late: true, soon: false }
    : { text: `in ${span(left)}`, late: false, soon: left < HOUR };
}

export function ago(at: string, now: number): string {
  const past = now - Date.parse(at);
  return past < 5_000 ? 'just now' : `${span(past)} ago`;
}

export function seconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} s` : span(value * 1_000);
}

const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const atMoment = (iso: string) => moment.format(new Date(iso));
export const atClock = (iso: string) => clock.format(new Date(iso));

export function inZone(iso: string, timeZone: string): string {
  const format = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(iso));
}
