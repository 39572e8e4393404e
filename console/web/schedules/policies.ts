import type {
  DayOffPolicy,
  LeftOutReason,
  MissedPolicy,
  OutsidePolicy,
  OverlapPolicy,
  Schedule,
  ScheduleWithRuns,
  Shift,
} from '#core';

interface PolicyWords {
  readonly label: string;
  readonly sentence: string;
}

export const MISSED_WORDS: Readonly<Record<MissedPolicy, PolicyWords>> = {
  once: { label: 'Catch up once', sentence: 'Times missed while nothing ran are caught up by one start.' },
  all: { label: 'Catch up each', sentence: 'Each time missed while nothing ran is caught up.' },
  skip: { label: 'Leave out', sentence: 'Times missed while nothing ran are left out.' },
};

export const OVERLAP_WORDS: Readonly<Record<OverlapPolicy, PolicyWords>> = {
  skip: { label: 'Leave out', sentence: 'Not started while its last task is still open.' },
  'queue-one': { label: 'Wait for its end', sentence: 'While its last task is open, one start waits for its end.' },
  allow: { label: 'Start anyway', sentence: 'Started even while its last task is still open.' },
};

export const DAY_OFF_WORDS: Readonly<Record<DayOffPolicy, PolicyWords>> = {
  skip: { label: 'Leave out', sentence: 'Times on a day off are left out.' },
  previous: { label: 'Working day before', sentence: 'Times on a day off move to the working day before it.' },
  next: { label: 'Next working day', sentence: 'Times on a day off move to the next working day.' },
};

export const OUTSIDE_WORDS: Readonly<Record<OutsidePolicy, PolicyWords>> = {
  wait: { label: 'Wait', sentence: 'What falls outside waits for the window to open.' },
  skip: { label: 'Leave out', sentence: 'What falls outside the window is left out.' },
};

export const LEFT_OUT_WORDS: Readonly<Record<LeftOutReason, string>> = {
  missed: 'nothing ran',
  overlap: 'the last task was open',
  paused: 'it was paused',
  window: 'the window had closed',
};

export const TROUBLE_WORDS: Readonly<Record<NonNullable<ScheduleWithRuns['trouble']>, string>> = {
  'unknown-bot': 'Its bot is not there, so it starts nothing.',
  'unknown-calendar': 'Its calendar is not there, so it starts nothing.',
};

/** Why a start is not when the cron expression says; null for what needs no reason. */
export function shiftInWords({ why, note }: Shift): string | null {
  switch (why) {
    case 'day-off':
      return `moved from ${note ?? 'a day off'}`;
    case 'window':
      return 'waits for the window';
    case 'clock-change':
      return 'clocks go forward';
    case 'merged':
      return 'several in one';
    case 'jitter':
      return null;
  }
}

/** Everything of a schedule's times that its cron expression does not say. */
export function timingInWords(schedule: Schedule): readonly string[] {
  const { calendar, workday, dayOff, window, outside, jitterSeconds } = schedule;
  return [
    calendar !== null && workday === null && `Keeps the calendar ${calendar}. ${DAY_OFF_WORDS[dayOff].sentence}`,
    calendar !== null && workday !== null && `Only on the ${workdayInWords(workday)} of the month, by ${calendar}.`,
    window !== null && `Only between ${window.from} and ${window.to}. ${OUTSIDE_WORDS[outside].sentence}`,
    jitterSeconds > 0 && `Spread over ${jitterSeconds} seconds.`,
  ].filter((line) => line !== false);
}

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `3rd working day`, `last working day`, `2nd last working day`. */
export function workdayInWords(workday: number): string {
  if (workday === -1) return 'last working day';
  const count = Math.abs(workday);
  const ordinal = `${count}${ENDINGS[ORDINALS.select(count)] ?? 'th'}`;
  return workday > 0 ? `${ordinal} working day` : `${ordinal} last working day`;
}
