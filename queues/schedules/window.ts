import type { StartWindow } from '#core';
import { type Day, plusDays } from './days.ts';
import { firstMoment, type WallTime } from './zone.ts';

const DAY_SECONDS = 86_400;

/** Seconds after midnight of a time such as `07:00`; undefined where it is none. `24:00` is the end of a day. */
export function secondOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  const second = Number(hours) * 3600 + Number(minutes) * 60;
  return Number(minutes) < 60 && second <= DAY_SECONDS ? second : undefined;
}

interface Bounds {
  readonly from: number;
  readonly to: number;
}

function boundsOf({ from, to }: StartWindow): Bounds {
  return { from: secondOf(from) ?? 0, to: secondOf(to) ?? DAY_SECONDS };
}

export function isInside(window: StartWindow, { second }: WallTime): boolean {
  const { from, to } = boundsOf(window);
  return from < to ? second >= from && second < to : second >= from || second < to;
}

/** Whether the window, shut at that time, opens on the same day. */
export function isBeforeOpening(window: StartWindow, { second }: WallTime): boolean {
  return second < boundsOf(window).from;
}

export function openingOf(window: StartWindow, day: Day, zone: string): number {
  return firstMoment({ day, second: boundsOf(window).from }, zone).ms;
}

/** When the window closes that is open at that time. */
export function closingOf(window: StartWindow, { day, second }: WallTime, zone: string): number {
  const { to } = boundsOf(window);
  const closesTomorrow = second >= to;
  const closing = closesTomorrow ? plusDays(day, 1) : day;
  return to === DAY_SECONDS
    ? firstMoment({ day: plusDays(closing, 1), second: 0 }, zone).ms
    : firstMoment({ day: closing, second: to }, zone).ms;
}
