import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSpans } from '../../../extractors/fields/dateSpan.ts';
import { layOut } from '../../../extractors/fields/lines.ts';
import { pageOf } from '../paper.ts';

function spansOf(text: string, order: 'day-first' | 'month-first' = 'day-first') {
  const [line] = layOut([pageOf([[80, 100, text]])]).lines;
  return findSpans(line!, order).map(({ from, to }) => [from, to]);
}

describe('findSpans', () => {
  it.each([
    ['03/09/20 - 04/12/20', 'month-first', ['2020-03-09', '2020-04-12']],
    ['Flight: 05/05/20-05/08/20', 'month-first', ['2020-05-05', '2020-05-08']],
    ['01/13/20 to 01/19/20', 'month-first', ['2020-01-13', '2020-01-19']],
    ['1.5. bis 31.5.2026', 'day-first', ['2026-05-01', '2026-05-31']],
    ['vom 01.12. – 15.01.2026', 'day-first', ['2025-12-01', '2026-01-15']],
    ['Jan 5, 2026 through Feb 1, 2026', 'month-first', ['2026-01-05', '2026-02-01']],
  ] as const)('reads %s', (text, order, span) => {
    expect(spansOf(text, order)).toEqual([span]);
  });

  it.each(['30.04.2026 - 01.04.2026', 'Page 1 - 2', '12:00 - 13:00', 'to 01.04.2026', '-'])(
    'sees none in "%s"',
    (text) => {
      expect(spansOf(text)).toEqual([]);
    },
  );

  it('sees both spans of a line', () => {
    expect(spansOf('Period 02/24/20 - 03/03/20 Flight 02/28/20 - 03/03/20', 'month-first')).toEqual([
      ['2020-02-24', '2020-03-03'],
      ['2020-02-28', '2020-03-03'],
    ]);
  });

  it('reads back what was written', () => {
    const day = fc.date({ min: new Date('2001-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    const joints = fc.constantFrom(' - ', '-', ' bis ', ' to ', ' – ', '–');
    fc.assert(
      fc.property(day, day, joints, (one, other, joint) => {
        const [from, to] = [one, other].map((each) => each.toISOString().slice(0, 10)).sort() as [string, string];
        const written = [from, to].map((iso) => iso.split('-').reverse().join('.')).join(joint);
        expect(spansOf(written)).toEqual([[from, to]]);
      }),
    );
  });
});
