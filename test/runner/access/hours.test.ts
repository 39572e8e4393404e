import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Defect } from '#core';
import { type OpeningHours, readHours } from '../../../runner/access/hours.ts';

const opening = (hours: OpeningHours, at: string) => {
  const until = readHours(hours).closedUntil(Date.parse(at));
  return until === undefined ? 'open' : new Date(until).toISOString();
};

const office: OpeningHours = {
  timeZone: 'Europe/Berlin',
  weekly: ['mon-fri 07:00-19:00', 'sat 08:00-12:00'],
  maintenance: ['wed 12:30-13:15', { from: '2026-12-24T12:00', to: '2026-12-28T06:00' }],
};

describe('opening hours', () => {
  it.each([
    ['within them', '2026-03-31T10:00:00Z', 'open'],
    ['at the first minute', '2026-03-31T05:00:00Z', 'open'],
    ['at the end', '2026-03-31T17:00:00Z', '2026-04-01T05:00:00.000Z'],
    ['before the first', '2026-03-31T04:59:59Z', '2026-03-31T05:00:00.000Z'],
    ['over a Sunday', '2026-04-04T10:00:01Z', '2026-04-06T05:00:00.000Z'],
    ['over a night in which clocks are put forward', '2026-03-28T11:00:00Z', '2026-03-30T05:00:00.000Z'],
    ['over a night in which clocks are put back', '2026-10-24T10:00:00Z', '2026-10-26T06:00:00.000Z'],
    ['in the weekly maintenance', '2026-04-01T10:30:00Z', '2026-04-01T11:15:00.000Z'],
    ['in a closure', '2026-12-25T09:00:00Z', '2026-12-28T06:00:00.000Z'],
  ])('%s', (_, at, expected) => {
    expect(opening(office, at)).toBe(expected);
  });

  it('may go over midnight, and the week’s end', () => {
    const night = { timeZone: 'UTC', weekly: ['fri-sun 22:00-04:00'] };
    expect(opening(night, '2026-04-05T23:00:00Z')).toBe('open');
    expect(opening(night, '2026-04-06T03:59:00Z')).toBe('open');
    expect(opening(night, '2026-04-06T04:00:00Z')).toBe('2026-04-10T22:00:00.000Z');
  });

  it('that begin in the hour that is skipped begin when clocks go on', () => {
    const early = { timeZone: 'Europe/Berlin', weekly: ['sun 02:30-05:00'] };
    expect(opening(early, '2026-03-29T00:30:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('of every day are open all day', () => {
    const always = { timeZone: 'Asia/Kolkata', weekly: ['mon-sun 00:00-24:00'] };
    expect(opening(always, '2026-03-29T18:29:59Z')).toBe('open');
  });

  it.each([
    { timeZone: 'Berlin', weekly: ['mon 07:00-19:00'] },
    { timeZone: 'UTC', weekly: [] },
    { timeZone: 'UTC', weekly: ['mon 7:00-19:00'] },
    { timeZone: 'UTC', weekly: ['mon 07:00-07:00'] },
    { timeZone: 'UTC', weekly: ['mo 07:00-19:00'] },
    { timeZone: 'UTC', weekly: ['mon 07:00-19:60'] },
    { timeZone: 'UTC', weekly: ['mon 07:00-19:00'], maintenance: [{ from: '2026-12-24', to: '2026-12-27' }] },
    {
      timeZone: 'UTC',
      weekly: ['mon 07:00-19:00'],
      maintenance: [{ from: '2026-12-24T10:00', to: '2026-12-24T10:00' }],
    },
  ])('that cannot be read are refused: %j', (hours) => {
    expect(() => readHours(hours)).toThrow(Defect);
  });

  it('open at the first moment at which they are open', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];
    const two = (n: number) => String(n).padStart(2, '0');
    const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
    const day = fc.constantFrom('sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat');
    const weekly = fc
      .tuple(day, day, time, time)
      .filter(([, , from, to]) => from !== to)
      .map(([first, last, from, to]) => `${first}-${last} ${from}-${to}`);
    const year = { min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') };
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(weekly, { minLength: 1, maxLength: 2 }),
        fc.integer(year),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 100, maxLength: 100 }),
        (timeZone, windows, now, shares) => {
          const hours = readHours({ timeZone, weekly: windows });
          const until = hours.closedUntil(now);
          if (until === undefined) return;
          expect(hours.isOpen(until)).toBe(true);
          const between = shares.map((share) => now + Math.floor(share * (until - now - 1)));
          for (const instant of [...between, until - 1]) expect(hours.isOpen(instant)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});
