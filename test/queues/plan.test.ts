import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar, Schedule } from '#core';
import { nextStarts } from '#queues';
import { aSchedule } from '../support/schedules.ts';

const DAY = 86_400_000;
const LONG_AGO = '2000-01-01T00:00:00.000Z';
const calendar = (changes: Partial<Calendar> = {}): Calendar => ({
  name: 'office',
  version: 1,
  workingDays: [1, 2, 3, 4, 5],
  specialDays: [
    { day: '*-12-25', name: 'Christmas Day', works: false },
    { day: '*-12-26', name: '', works: false },
    { day: '2026-12-24', name: 'Christmas Eve', works: false },
  ],
  at: LONG_AGO,
  ...changes,
});
const planned = (changes: Partial<Schedule>, count: number, from: string, days: Calendar | null = calendar()) =>
  nextStarts(aSchedule({ cron: '0 7 * * *', calendar: 'office', doneUntil: LONG_AGO, ...changes }), days, count, from);
const due = (...given: Parameters<typeof planned>) => planned(...given).map(({ dueAt }) => dueAt);
const daysOf = (...given: Parameters<typeof planned>) => due(...given).map((at) => at.slice(0, 10));
const CHRISTMAS = '2026-12-22T12:00:00.000Z';

describe('a day off', () => {
  it('is left out', () => {
    expect(daysOf({}, 3, CHRISTMAS)).toEqual(['2026-12-23', '2026-12-28', '2026-12-29']);
  });

  it('goes to the working day before it, once', () => {
    const days = daysOf({ dayOff: 'previous' }, 2, CHRISTMAS);
    expect(days).toEqual(['2026-12-23', '2026-12-28']);
    const [monthly] = planned({ cron: '0 7 26 * *', dayOff: 'previous' }, 1, CHRISTMAS);
    expect(monthly).toMatchObject({
      saidAt: '2026-12-26T07:00:00.000Z',
      dueAt: '2026-12-23T07:00:00.000Z',
      shifts: [{ why: 'day-off', note: 'Saturday' }],
    });
  });

  it('goes to the next working day, together with what comes there anyway', () => {
    const starts = planned({ dayOff: 'next' }, 2, CHRISTMAS);
    expect(starts.map(({ dueAt }) => dueAt.slice(0, 10))).toEqual(['2026-12-23', '2026-12-28']);
    expect(starts[1]).toMatchObject({
      saidAt: '2026-12-24T07:00:00.000Z',
      shifts: [{ why: 'day-off', note: 'Christmas Eve' }, { why: 'merged' }],
    });
  });

  it('is worked where the calendar says so', () => {
    const lieu = calendar({ specialDays: [{ day: '2026-12-26', name: 'in lieu', works: true }] });
    expect(daysOf({}, 3, '2026-12-24T12:00:00.000Z', lieu)).toEqual(['2026-12-25', '2026-12-26', '2026-12-28']);
  });

  it('never ends where nothing is worked', () => {
    const closed = calendar({ workingDays: [] });
    for (const dayOff of ['skip', 'next', 'previous'] as const)
      expect(due({ dayOff }, 1, CHRISTMAS, closed)).toEqual([]);
  });
});

describe('working days of a month', () => {
  it.each([
    [-1, ['2026-11-30', '2026-12-31', '2027-01-29']],
    [-2, ['2026-11-27', '2026-12-30', '2027-01-28']],
    [1, ['2026-12-01', '2027-01-01', '2027-02-01']],
    [3, ['2026-12-03', '2027-01-05', '2027-02-03']],
  ])('are counted: %i', (workday, days) => {
    expect(daysOf({ workday }, 3, '2026-11-15T00:00:00.000Z')).toEqual(days);
  });

  it('go with the months of the cron expression', () => {
    const quarters = daysOf({ cron: '0 7 * 3,6,9,12 *', workday: -1 }, 3, '2026-11-15T00:00:00.000Z');
    expect(quarters).toEqual(['2026-12-31', '2027-03-31', '2027-06-30']);
  });
});

describe('a window', () => {
  const window = { from: '07:00', to: '18:00' };
  const hourly = { cron: '30 */6 * * *', window, calendar: null, timeZone: 'Europe/Berlin' };

  it('lets what falls outside wait for it, as one', () => {
    const starts = planned(hourly, 3, '2026-01-01T10:00:00.000Z', null);
    expect(starts.map(({ dueAt }) => dueAt)).toEqual([
      '2026-01-01T11:30:00.000Z',
      '2026-01-02T06:00:00.000Z',
      '2026-01-02T11:30:00.000Z',
    ]);
    expect(starts[1]).toMatchObject({
      saidAt: '2026-01-01T17:30:00.000Z'.replace('17', '17'),
      shifts: [{ why: 'window', note: null }, { why: 'merged' }],
    });
  });

  it('leaves out what falls outside where it shall', () => {
    expect(due({ ...hourly, outside: 'skip' }, 2, '2026-01-01T10:00:00.000Z', null)).toEqual([
      '2026-01-01T11:30:00.000Z',
      '2026-01-02T11:30:00.000Z',
    ]);
  });

  it('opens on working days', () => {
    const friday = '2026-01-02T19:00:00.000Z';
    expect(due({ cron: '0 20 * * 5', window, timeZone: 'UTC' }, 1, friday)).toEqual(['2026-01-05T07:00:00.000Z']);
  });

  it('may span midnight', () => {
    const night = { cron: '0 */4 * * *', window: { from: '22:00', to: '06:00' }, timeZone: 'UTC', calendar: null };
    expect(due(night, 4, '2026-01-01T00:30:00.000Z', null)).toEqual([
      '2026-01-01T04:00:00.000Z',
      '2026-01-01T22:00:00.000Z',
      '2026-01-02T00:00:00.000Z',
      '2026-01-02T04:00:00.000Z',
    ]);
  });
});

it('keeps jitter the same for a due time, within bounds, and in the window', () => {
  const window = { from: '07:00', to: '07:10' };
  const jittered = { cron: '*/5 7 * * *', jitterSeconds: 900, window, calendar: null };
  const starts = planned(jittered, 40, LONG_AGO, null);
  expect(planned(jittered, 40, LONG_AGO, null)).toEqual(starts);
  expect(planned({ ...jittered, name: 'other' }, 40, LONG_AGO, null)).not.toEqual(starts);
  for (const { dueAt, startAt } of starts) {
    expect(Date.parse(startAt)).toBeGreaterThanOrEqual(Date.parse(dueAt));
    expect(startAt.slice(11) < '07:10:00.000Z').toBe(true);
  }
  expect(new Set(starts.map(({ startAt }) => startAt.slice(11))).size).toBeGreaterThan(20);
});

describe('a change of the calendar', () => {
  const monthly = { cron: '0 7 25 * *', dayOff: 'previous' } as const;

  it('starts nothing again that was started on another day', () => {
    const early = planned(monthly, 1, CHRISTMAS)[0]!;
    expect(early.dueAt).toBe('2026-12-23T07:00:00.000Z');
    const decided = { doneUntil: early.dueAt, throughDay: '2026-12-25' };
    const worked = calendar({ specialDays: [] });
    expect(daysOf({ ...monthly, ...decided }, 1, early.dueAt, worked)).toEqual(['2027-01-25']);
  });

  it('starts nothing twice that is moved off a day already started', () => {
    const decided = { doneUntil: '2026-12-23T07:00:00.000Z', throughDay: '2026-12-23' };
    const closed = calendar({ specialDays: [{ day: '2026-12-23', name: 'closed after all', works: false }] });
    const days = daysOf({ cron: '0 7 23 * *', dayOff: 'next', ...decided }, 1, decided.doneUntil, closed);
    expect(days).toEqual(['2027-01-25']);
  });
});

describe('whatever the calendar and the window', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland');
  const clock = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`);
  const timing = fc.record({
    cron: fc.constantFrom('0 7 * * *', '*/30 * * * *', '15 1,9,20 * * 1-6', '0 12 1,15 * *', '30 2 * * *'),
    timeZone: zone,
    dayOff: fc.constantFrom('skip', 'previous', 'next'),
    outside: fc.constantFrom('wait', 'skip'),
    window: fc.option(
      fc.record({ from: clock, to: clock }).filter(({ from, to }) => from !== to),
      { nil: null },
    ),
    jitterSeconds: fc.constantFrom(0, 0, 600),
  } as const);
  const week = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 });
  const off = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 8 });
  const begin = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-01'), noInvalidDate: true });
  const holidays = (from: Date, days: readonly number[]) =>
    days.map((day) => ({
      day: new Date(from.getTime() + day * DAY).toISOString().slice(0, 10),
      name: '',
      works: false,
    }));

  it('starts come in order, each due time once, on working days, in the window; cut anywhere, they are the same', () => {
    fc.assert(
      fc.property(timing, week, off, begin, fc.integer({ min: 0, max: 10 }), (times, workingDays, days, from, cut) => {
        const office = calendar({ workingDays, specialDays: holidays(from, days) });
        const starts = planned(times, 12, from.toISOString(), office);
        const moments = starts.map(({ dueAt }) => Date.parse(dueAt));
        expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
        for (const { startAt, dueAt } of starts) {
          const [day = '', time = ''] = new Date(dueAt)
            .toLocaleString('sv-SE', { timeZone: times.timeZone })
            .split(' ');
          expect(office.specialDays.some((special) => special.day === day)).toBe(false);
          expect(workingDays).toContain(new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
          if (times.window) {
            const { from: opens, to: closes } = times.window;
            const inside = opens < closes ? time >= opens && time < closes : time >= opens || time < closes;
            expect(inside).toBe(true);
          }
          expect(Date.parse(startAt)).toBeGreaterThanOrEqual(Date.parse(dueAt));
        }
        const at = starts[cut];
        if (at) {
          const rest = planned(times, 11 - cut, at.dueAt, office).map(({ dueAt }) => dueAt);
          expect(rest).toEqual(starts.slice(cut + 1).map(({ dueAt }) => dueAt));
        }
      }),
      { numRuns: 25 },
    );
  });
});
