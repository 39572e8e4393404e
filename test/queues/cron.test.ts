import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTiming, dueTimes, nextRuns } from '#queues';

const berlin = (cron: string) => ({ cron, timeZone: 'Europe/Berlin' });

describe('due times', () => {
  it('lie after the start and up to the end', () => {
    const hourly = { cron: '0 * * * *', timeZone: 'UTC' };
    expect(dueTimes(hourly, '2026-03-31T10:00:00.000Z', '2026-03-31T12:00:00.000Z')).toEqual([
      '2026-03-31T11:00:00.000Z',
      '2026-03-31T12:00:00.000Z',
    ]);
    expect(dueTimes(hourly, '2026-03-31T10:00:00.000Z', '2026-03-31T10:59:59.999Z')).toEqual([]);
  });

  it('are the wall clock’s of the time zone, summer and winter', () => {
    expect(nextRuns(berlin('0 7 * * *'), 2, '2026-03-28T00:00:00.000Z')).toEqual([
      '2026-03-28T06:00:00.000Z',
      '2026-03-29T05:00:00.000Z',
    ]);
    expect(nextRuns(berlin('0 7 * * *'), 2, '2026-10-24T00:00:00.000Z')).toEqual([
      '2026-10-24T05:00:00.000Z',
      '2026-10-25T06:00:00.000Z',
    ]);
  });

  it('fall once on a day without and on a day with that hour twice', () => {
    expect(nextRuns(berlin('30 2 * * *'), 2, '2026-03-28T12:00:00.000Z')).toHaveLength(2);
    expect(dueTimes(berlin('30 2 * * *'), '2026-03-28T12:00:00.000Z', '2026-03-29T12:00:00.000Z')).toHaveLength(1);
    expect(dueTimes(berlin('30 2 * * *'), '2026-10-24T12:00:00.000Z', '2026-10-25T12:00:00.000Z')).toHaveLength(1);
  });

  it('know working days, seconds and leap days', () => {
    expect(nextRuns(berlin('0 7 * * 1-5'), 2, '2026-04-03T12:00:00.000Z')[0]).toBe('2026-04-06T05:00:00.000Z');
    expect(nextRuns({ cron: '*/20 * * * * *', timeZone: 'UTC' }, 1, '2026-01-01T00:00:01.000Z')).toEqual([
      '2026-01-01T00:00:20.000Z',
    ]);
    expect(nextRuns({ cron: '0 0 29 2 *', timeZone: 'UTC' }, 1, '2026-01-01T00:00:00.000Z')).toEqual([
      '2028-02-29T00:00:00.000Z',
    ]);
  });

  it('never come in thousands at once', () => {
    const everySecond = { cron: '* * * * * *', timeZone: 'UTC' };
    expect(dueTimes(everySecond, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z')).toHaveLength(1000);
  });

  it('add up: those of two spans are those of the whole', () => {
    const minute = fc.integer({ min: 0, max: 59 });
    const time = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-01'), noInvalidDate: true });
    const hours = fc.integer({ min: 0, max: 72 });
    fc.assert(
      fc.property(minute, time, hours, hours, (at, start, one, two) => {
        const timing = berlin(`${at} */3 * * *`);
        const [from, between, to] = [0, one, one + two].map((h) =>
          new Date(start.getTime() + h * 3_600_000).toISOString(),
        );
        const parts = [...dueTimes(timing, from!, between!), ...dueTimes(timing, between!, to!)];
        expect(parts).toEqual(dueTimes(timing, from!, to!));
      }),
      { numRuns: 50 },
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
    expect(() => checkTiming(berlin(cron))).toThrow(field);
    expect(() => checkTiming(berlin(cron))).toThrow(expect.objectContaining({ code: 'bad-cron', where: 'cron' }));
  });

  it('names the time zone', () => {
    const wrong = { cron: '0 7 * * *', timeZone: 'Europe/Berln' };
    expect(() => checkTiming(wrong)).toThrow(expect.objectContaining({ code: 'bad-time-zone', where: 'timeZone' }));
  });
});
