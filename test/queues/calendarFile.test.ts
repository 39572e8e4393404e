import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpecialDay } from '#core';
import { editedCalendar, writeSpecialDays } from '#queues';

const read = (file: string) => editedCalendar({ name: 'office', file }, undefined).specialDays;
const off = (day: string, name = ''): SpecialDay => ({ day, name, works: false });
const refused = (line: number) =>
  expect.objectContaining({ code: 'bad-calendar-file', message: expect.stringContaining(`Line ${line} `) });
const events = (...bodies: string[]) =>
  ['BEGIN:VCALENDAR', ...bodies.flatMap((body) => ['BEGIN:VEVENT', body, 'END:VEVENT']), 'END:VCALENDAR'].join('\r\n');

describe('a file of days', () => {
  it('has a day on each line, with its name, remarks, spans and days that are worked', () => {
    const text =
      '\uFEFF# Holidays\r\n\r\n2026-12-25 Christmas Day\n*-05-01;Labour Day\n+2026-10-10\tin lieu\n2026-07-30/2026-08-01';
    expect(read(text)).toEqual([
      off('*-05-01', 'Labour Day'),
      off('2026-07-30'),
      off('2026-07-31'),
      off('2026-08-01'),
      { day: '2026-10-10', name: 'in lieu', works: true },
      off('2026-12-25', 'Christmas Day'),
    ]);
    expect(read('*-02-29 leap day')).toEqual([off('*-02-29', 'leap day')]);
  });

  it.each([
    '25.12.2026',
    '2026-02-30',
    '2026-12-31/2026-12-24',
    '2026-01-01/2026-12-31',
    '*-02-30',
    '2026-12-25Christmas',
  ])('is refused by the line that is none: %s', (line) => {
    expect(() => read(`2026-01-01 New Year\n${line}`)).toThrow(refused(2));
  });

  it('reads what is written', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    const special = fc.record({
      day: fc.tuple(day, fc.boolean()).map(([at, yearly]) => {
        const iso = at.toISOString().slice(0, 10);
        return yearly ? `*${iso.slice(4)}` : iso;
      }),
      name: fc
        .string({ unit: 'grapheme', maxLength: 30 })
        .map((name) => name.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim())
        .filter((name) => !/^[,;]/.test(name)),
      works: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(special, { selector: ({ day }) => day, maxLength: 20 }), (days) => {
        const sorted = days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
        expect(read(writeSpecialDays(days))).toEqual(sorted);
      }),
    );
  });
});

describe('an iCalendar file', () => {
  it('has whole days, spans to the day before their end, yearly days, and long lines cut', () => {
    const text = events(
      'DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY;LANGUAGE=en:Christmas\\, both\r\n  days',
      'DTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=YEARLY;INTERVAL=1\r\nSUMMARY:Labour Day',
      'DTSTART;TZID="Europe/Berlin: the zone":20261003T000000\r\nSUMMARY:Unity',
      'DTSTART:20270101\r\nDURATION:P1D\r\nBEGIN:VALARM\r\nSUMMARY:wake up\r\nDURATION:PT5M\r\nEND:VALARM',
      'DTSTART;VALUE=DATE:20270102\r\nSTATUS:CANCELLED',
    );
    expect(read(text)).toEqual([
      off('*-05-01', 'Labour Day'),
      off('2026-10-03', 'Unity'),
      off('2026-12-25', 'Christmas, both days'),
      off('2026-12-26', 'Christmas, both days'),
      off('2027-01-01'),
    ]);
  });

  it.each([
    ['DTSTART:20261225T093000Z', 3],
    ['DTSTART;VALUE=DATE:20261332', 3],
    ['SUMMARY:no start', 2],
    ['DTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYDAY=4TH', 4],
    ['DTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=WEEKLY', 4],
    ['DTSTART;VALUE=DATE:20261126\r\nRDATE;VALUE=DATE:20271125', 4],
    ['DTSTART;VALUE=DATE:20261126\r\nDTEND;VALUE=DATE:20271126', 4],
    ['DTSTART;VALUE=DATE:20261126\r\nDTEND;VALUE=DATE:20261101', 4],
    ['DTSTART;VALUE=DATE:20261126\r\nDURATION:PT8H', 4],
    ['DTSTART;VALUE=DATE:20261126\r\nno line at all', 4],
  ])('is refused by its line where a day would be overlooked: %j', (body, line) => {
    expect(() => read(events(body))).toThrow(refused(line));
  });

  it('is refused where it is cut off', () => {
    expect(() => read('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\n')).toThrow(refused(2));
  });

  it('reads the days that were written, however lines are folded', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    const name = fc
      .string({ unit: 'grapheme-ascii', maxLength: 60 })
      .map((text) => text.replace(/[^\w ,;\\:"]/g, '').trim());
    const entry = fc.tuple(day, name, fc.boolean());
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ([at]) => at.toISOString().slice(0, 10) }),
        fc.integer({ min: 10, max: 75 }),
        (entries, width) => {
          const days = entries.map(([at, text, yearly]) => ({ iso: at.toISOString().slice(0, 10), text, yearly }));
          const bodies = days.map(({ iso, text, yearly }) => {
            const summary = `SUMMARY:${text.replace(/([\\,;])/g, '\\$1')}`;
            const folded = summary.match(new RegExp(`.{1,${width}}`, 'g'))!.join('\r\n ');
            return `DTSTART;VALUE=DATE:${iso.replaceAll('-', '')}\r\n${folded}${yearly ? '\r\nRRULE:FREQ=YEARLY' : ''}`;
          });
          const wanted = new Map(days.map(({ iso, text, yearly }) => [yearly ? `*${iso.slice(4)}` : iso, text]));
          const found = new Map(read(events(...bodies)).map((special) => [special.day, special.name]));
          expect(found).toEqual(wanted);
        },
      ),
      { numRuns: 60 },
    );
  });
});
