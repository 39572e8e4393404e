import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '#core';
import { checkTiming, nextStarts } from '#queues';
import { aSchedule } from '../support/schedules.ts';

const LONG_AGO = '2000-01-01T00:00:00.000Z';
const next = (changes: Partial<Schedule>, count: number, from: string) =>
  nextStarts(aSchedule({ doneUntil: LONG_AGO, ...changes }), null, count, from).map(({ dueAt }) => dueAt);
const berlin = (cron: string) => ({ cron, timeZone: 'Europe/Berlin' });
const numbers = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 1, maxLength: 3 });

describe('due times', () => {
  it('are the wall clock’s of the time zone, summer and winter', () => {
    expect(next(berlin('0 7 * * *'), 2, '2026-03-28T00:00:00.000Z')).toEqual([
      '2026-03-28T06:00:00.000Z',
      '2026-03-29T05:00:00.000Z',
    ]);
    expect(next(berlin('0 7 * * *'), 2, '2026-10-24T00:00:00.000Z')).toEqual([
      '2026-10-24T05:00:00.000Z',
      '2026-10-25T06:00:00.000Z',
    ]);
  });

  it('that the clocks leap over come once, right after', () => {
    const spring = '2026-03-28T12:00:00.000Z';
    const afterIt = ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'];
    expect(next(berlin('30 2 * * *'), 2, spring)).toEqual(afterIt);
    expect(next(berlin('*/20 2 * * *'), 2, spring)).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:00:00.000Z']);
    expect(nextStarts(aSchedule({ ...berlin('30 2 * * *'), doneUntil: LONG_AGO }), null, 1, spring)).toMatchObject([
      { shifts: [{ why: 'clock-change' }] },
    ]);
  });

  it('that the clocks show twice come once, the first time', () => {
    const autumn = '2026-10-24T12:00:00.000Z';
    const days = ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'];
    expect(next(berlin('30 2 * * *'), 2, autumn)).toEqual(days);
    expect(next(berlin('0,30 2 * * *'), 3, autumn)).toEqual(
      ['2026-10-25T00:00:00.000Z', ...days].toSpliced(2, 1, '2026-10-26T01:00:00.000Z'),
    );
  });

  it('of every hour go by the time that passes', () => {
    const hours = (from: string) => next(berlin('0 * * * *'), 6, from).map((at) => at.slice(11, 13));
    expect(hours('2026-10-24T22:30:00.000Z')).toEqual(['23', '00', '01', '02', '03', '04']);
    expect(hours('2026-03-28T23:30:00.000Z')).toEqual(['00', '01', '02', '03', '04', '05']);
  });

  it('know working days, seconds and leap days', () => {
    expect(next(berlin('0 7 * * 1-5'), 2, '2026-04-03T12:00:00.000Z')[0]).toBe('2026-04-06T05:00:00.000Z');
    const seconds = { cron: '*/20 * * * * *', timeZone: 'UTC' };
    expect(next(seconds, 1, '2026-01-01T00:00:01.000Z')).toEqual(['2026-01-01T00:00:20.000Z']);
    expect(next({ cron: '0 0 29 2 *' }, 1, '2026-01-01T00:00:00.000Z')).toEqual(['2028-02-29T00:00:00.000Z']);
    expect(next({ cron: '0 0 30 2 *' }, 1, '2026-01-01T00:00:00.000Z')).toEqual([]);
  });

  it.each([
    ['Pacific/Apia', '2011-12-28T00:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-03T00:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-03T00:00:00.000Z'],
  ])('in %s come for each day of the calendar or right after it', (timeZone, from) => {
    const starts = nextStarts(aSchedule({ cron: '30 0 * * *', timeZone, doneUntil: LONG_AGO }), null, 4, from);
    expect(new Set(starts.map(({ dueAt }) => dueAt)).size).toBe(4);
    for (const { dueAt } of starts) {
      const wall = new Date(dueAt).toLocaleTimeString('sv-SE', { timeZone });
      expect(['00:30:00', '00:00:00', '01:00:00']).toContain(wall);
    }
  });
});

describe('a plain schedule', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Sydney');
  const start = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const list = (values: readonly number[]) => values.join(',');
  const day = fc.constantFrom('*', '1-5', '1,3', '0', '5L', 'MON#2');
  const month = fc.constantFrom('*', '*/2', '3,10');
  const reference = (cron: string, timeZone: string, count: number, from: string) =>
    new Cron(cron, { timezone: timeZone, paused: true, mode: '5-or-6-parts' })
      .nextRuns(count, new Date(from))
      .map((at) => at.toISOString());

  it('comes due when croner says, at one time of the day', () => {
    const at = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }));
    fc.assert(
      fc.property(at, month, day, zone, start, ([minute, hour], months, days, timeZone, from) => {
        const cron = `${minute} ${hour} * ${months} ${days}`;
        const iso = from.toISOString();
        expect(next({ cron, timeZone }, 8, iso)).toEqual(reference(cron, timeZone, 8, iso));
      }),
      { numRuns: 80 },
    );
  });

  it('comes due when croner says, in every hour', () => {
    fc.assert(
      fc.property(numbers(59), day, zone, start, (minutes, days, timeZone, from) => {
        const cron = `${list(minutes)} * * * ${days}`;
        const iso = from.toISOString();
        expect(next({ cron, timeZone }, 30, iso)).toEqual(reference(cron, timeZone, 30, iso));
      }),
      { numRuns: 40 },
    );
  });

  it('adds up: the starts of two spans are those of the whole', () => {
    fc.assert(
      fc.property(numbers(59), numbers(23), zone, start, (minutes, hours, timeZone, from) => {
        const timing = { cron: `${list(minutes)} ${list(hours)} * * *`, timeZone };
        const whole = next(timing, 12, from.toISOString());
        expect([...whole.slice(0, 5), ...next(timing, 7, whole[4]!)]).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a timing that cannot be read', () => {
  it.each([
    ['61 7 * * *', 'minute'],
    ['0 25 * * *', 'hour'],
    ['0 7 32 * *', 'day of month'],
    ['0 7 * 13 *', 'month'],
    ['0 7 * * 9', 'day of week'],
    ['70 0 7 * * *', 'second'],
    ['0 7 * *', '4 fields'],
    ['', 'fields'],
  ])('%j names the field', (cron, field) => {
    expect(() => checkTiming(aSchedule({ cron }))).toThrow(field);
    expect(() => checkTiming(aSchedule({ cron }))).toThrow(
      expect.objectContaining({ code: 'bad-cron', where: 'cron' }),
    );
  });

  it.each([
    [{ timeZone: 'Europe/Berln' }, 'bad-time-zone', 'timeZone'],
    [{ calendar: 'office', workday: 0 }, 'bad-workday', 'workday'],
    [{ calendar: 'office', workday: 24 }, 'bad-workday', 'workday'],
    [{ workday: -1 }, 'calendar-missing', 'calendar'],
    [{ window: { from: '7:00', to: '18:00' } }, 'bad-window', 'window'],
    [{ window: { from: '07:00', to: '07:00' } }, 'bad-window', 'window'],
    [{ window: { from: '07:00', to: '24:30' } }, 'bad-window', 'window'],
    [{ window: { from: '24:00', to: '07:00' } }, 'bad-window', 'window'],
    [{ jitterSeconds: -1 }, 'bad-jitter', 'jitterSeconds'],
    [{ jitterSeconds: 4000 }, 'bad-jitter', 'jitterSeconds'],
  ] as const)('%j is refused by name', (changes, code, where) => {
    expect(() => checkTiming(aSchedule(changes))).toThrow(expect.objectContaining({ code, where }));
  });
});
