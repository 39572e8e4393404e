import { type Day, dayOfUtc, utcOf } from './days.ts';

/** What the clock on a wall of the zone shows. */
export interface WallTime {
  readonly day: Day;
  /** Seconds after midnight, by the numbers on the clock. */
  readonly second: number;
}

/** A moment that a wall time stands for. */
export interface Moment {
  readonly ms: number;
  /** The clocks leapt over the wall time; this is the first moment after it. */
  readonly leapt: boolean;
}

/** Further than any zone is from UTC, and than a whole day that a zone once left out. */
const REACH_MS = 36 * 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export function wallTime(ms: number, zone: string): WallTime {
  const local = ms + offsetAt(ms, zone);
  const day = dayOfUtc(local);
  return { day, second: Math.floor((local - utcOf(day)) / 1000) };
}

/** Every moment at which the clock shows that time: none where it is leapt over, two where clocks are set back. */
export function momentsOf({ day, second }: WallTime, zone: string): readonly number[] {
  const local = utcOf(day) + second * 1000;
  const offsets = new Set([offsetAt(local - REACH_MS, zone), offsetAt(local + REACH_MS, zone)]);
  return [...offsets]
    .map((offset) => local - offset)
    .filter((ms) => ms + offsetAt(ms, zone) === local)
    .sort((a, b) => a - b);
}

/** The first moment of that wall time, or the first one after it where the clocks leap over it. */
export function firstMoment(wall: WallTime, zone: string): Moment {
  const [first] = momentsOf(wall, zone);
  if (first !== undefined) return { ms: first, leapt: false };
  const local = utcOf(wall.day) + wall.second * 1000;
  return { ms: changeBetween(local - REACH_MS, local + REACH_MS, zone), leapt: true };
}

/** What is to be taken from wall times of that day to have moments; null where clocks change about that day. */
export function steadyOffset(day: Day, zone: string): number | null {
  const midnight = utcOf(day);
  const before = offsetAt(midnight - REACH_MS, zone);
  return before === offsetAt(midnight + 2 * REACH_MS, zone) ? before : null;
}

/** The moment between those two from which on the zone's clocks show what they show at the second. */
function changeBetween(from: number, to: number, zone: string): number {
  const after = offsetAt(to, zone);
  let [low, high] = [Math.floor(from / 1000), Math.floor(to / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000, zone) === after) high = middle;
    else low = middle;
  }
  return high * 1000;
}

/** Milliseconds that clocks of the zone are ahead of UTC. */
function offsetAt(ms: number, zone: string): number {
  const whole = Math.floor(ms / 1000) * 1000;
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-u-hc-h23', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
