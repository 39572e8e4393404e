import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DayOffPolicy, MissedPolicy, OutsidePolicy, OverlapPolicy, ScheduleWithRuns } from '#core';
import { ApiFault, call } from '../api/client.ts';

/** What the form of a schedule holds, as its controls have it. */
export interface Entered {
  readonly name: string;
  readonly bot: string;
  readonly cron: string;
  readonly timeZone: string;
  /** Empty for none. */
  readonly calendar: string;
  readonly dayOff: DayOffPolicy;
  /** Empty for any. */
  readonly workday: string;
  readonly opens: string;
  readonly closes: string;
  readonly outside: OutsidePolicy;
  readonly jitter: string;
  readonly missed: MissedPolicy;
  readonly overlap: OverlapPolicy;
  readonly input: string;
}

/** Which of the form's fields an error names. */
export const FIELDS = [
  'name',
  'bot',
  'cron',
  'timeZone',
  'calendar',
  'workday',
  'window',
  'jitterSeconds',
  'input',
] as const;
export type Field = (typeof FIELDS)[number];

export function enteredOf(schedule: ScheduleWithRuns | null, bots: readonly string[]): Entered {
  if (schedule !== null) {
    const { calendar, workday, window, jitterSeconds, input } = schedule;
    return {
      ...schedule,
      calendar: calendar ?? '',
      workday: workday === null ? '' : String(workday),
      opens: window?.from ?? '',
      closes: window?.to ?? '',
      jitter: String(jitterSeconds),
      input: JSON.stringify(input, null, 2),
    };
  }
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    name: '',
    bot: bots[0] ?? '',
    cron: '0 6 * * 1-5',
    timeZone,
    calendar: '',
    dayOff: 'skip',
    workday: '',
    opens: '',
    closes: '',
    outside: 'wait',
    jitter: '0',
    missed: 'once',
    overlap: 'skip',
    input: '{}',
  };
}

export function useSave(entered: Entered, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { name } = entered;
      if (name === '') throw new ApiFault(400, { error: { where: 'name', message: 'Give it a name.' } });
      return call(`/api/schedules/${encodeURIComponent(name)}`, { method: 'PUT', json: bodyOf(entered) });
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ['schedules'] }),
  });
}

export function whereOf(error: Error): Field | undefined {
  const where = error instanceof ApiFault ? error.where?.split('.')[0] : undefined;
  return FIELDS.find((field) => field === where);
}

function bodyOf(entered: Entered) {
  const { bot, cron, timeZone, calendar, dayOff, workday, opens, closes, outside, jitter, missed, overlap } = entered;
  return {
    ...{ bot, cron, timeZone, dayOff, outside, missed, overlap },
    calendar: calendar === '' ? null : calendar,
    workday: workday === '' ? null : Number(workday),
    window: opens === '' && closes === '' ? null : { from: opens, to: closes },
    jitterSeconds: Number(jitter),
    input: parsedInput(entered.input),
  };
}

function parsedInput(text: string): object {
  try {
    return Object(JSON.parse(text === '' ? '{}' : text));
  } catch {
    throw new ApiFault(400, { error: { where: 'input', message: 'This is no JSON.' } });
  }
}
