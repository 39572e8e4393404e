import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Draft, Page } from '#core';
import { adds, defineExtractor, identifier, isoDate, line, money, quantity, toExtractLine } from '#extractors';
import { type Placed, pageOf } from '../paper.ts';

const context = { paper: 'e'.repeat(64) };

const timesheet = defineExtractor({
  name: 'timesheet',
  version: '3',
  schema: z.object({
    worker: line({ labels: ['Worker', 'Arbeiter'], wraps: true }),
    number: identifier({ labels: ['Sheet no', 'Zettel-Nr.'], notLabels: ['Badge no'] }),
    from: isoDate({ labels: ['Week', 'Woche'], end: 'from' }),
    to: isoDate({ labels: ['Week', 'Woche'], end: 'to' }),
    pay: money({ labels: ['Pay'], place: 'greatest' }).nullable(),
    shifts: z.array(
      z.object({
        task: line({ labels: ['Task', 'Arbeit'] }),
        hours: quantity({ labels: ['Hours', 'Stunden'] }).nullable(),
      }),
    ),
  }),
  witnesses: z.object({ bonus: money({ labels: ['Bonus'] }), wage: money({ labels: ['Wage'] }) }),
  rules: [adds(['bonus', 'wage'], 'pay')],
});

const english: readonly Placed[] = [
  [80, 80, 'Badge no'],
  [240, 80, '1234'],
  [600, 80, 'Sheet no'],
  [760, 80, 'TS-0042'],
  [80, 120, 'Worker'],
  [240, 120, 'Maria Magdalena of the'],
  [240, 144, 'Northern Quarter'],
  [600, 120, 'Week'],
  [760, 120, '03/30/26 - 04/05/26'],
  [80, 240, 'Task'],
  [600, 240, 'Hours'],
  [800, 240, 'Pay'],
  [80, 270, 'Painting the fence'],
  [620, 270, '12.5'],
  [80, 300, 'Rest'],
  [640, 300, '4'],
  [80, 420, 'Wage'],
  [240, 420, '$400.00'],
  [80, 450, 'Bonus'],
  [240, 450, '$25.00'],
  [600, 450, 'Total'],
  [780, 450, '$425.00'],
];

function onPage(number: number, placed: readonly Placed[]): Page {
  const page = pageOf(placed);
  return { ...page, number, words: page.words.map((word) => ({ ...word, page: number })) };
}

function valuesIn(draft: Draft<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(draft).map(([name, { value }]) => [name, value]));
}

describe('defineExtractor', () => {
  it('finds what its schema names by labels, kinds and columns', async () => {
    const draft = await timesheet.extract([pageOf(english)], context);
    expect(valuesIn(draft)).toEqual({
      worker: 'Maria Magdalena of the Northern Quarter',
      number: 'TS-0042',
      from: '2026-03-30',
      to: '2026-04-05',
      pay: '425.00',
      shifts: [
        { task: 'Painting the fence', hours: '12.5' },
        { task: 'Rest', hours: '4' },
      ],
    });
    expect(draft.pay.evidence).toContain('sums');
    expect(draft.number.rule).toBe('timesheet@3/label');
  });

  it('forgives an engine a letter in a label', async () => {
    const seen: readonly Placed[] = [
      [80, 80, 'Zettcl-Nr. A-77'],
      [80, 120, 'Arbeiter: Jo Fink'],
    ];
    const draft = await timesheet.extract([pageOf(seen, 'ocr')], context);
    expect(draft.number.value).toBe('A-77');
    expect(draft.worker.value).toBe('Jo Fink');
  });

  it('follows a table over pages that do not repeat its head, to its total and no further', async () => {
    const first = english.slice(0, -5);
    const next: readonly Placed[] = [
      [80, 60, 'Northern Fences, 12 Harbour Street'],
      [600, 60, 'Page 2'],
      [80, 300, 'Sanding'],
      [640, 300, '2.5'],
      [80, 330, 'Varnish'],
      [640, 330, '3'],
      [80, 360, 'Total'],
      [640, 360, '22'],
      [80, 390, 'Rates of pay'],
      [640, 390, '7'],
    ];
    const draft = await timesheet.extract([pageOf(first), onPage(2, next)], context);
    expect(draft.shifts.value).toEqual([
      { task: 'Painting the fence', hours: '12.5' },
      { task: 'Rest', hours: '4' },
      { task: 'Sanding', hours: '2.5' },
      { task: 'Varnish', hours: '3' },
    ]);
  });

  it('takes nothing of later pages for a table that has ended', async () => {
    const note: readonly Placed[] = [
      [80, 60, 'Terms'],
      [640, 60, '2026'],
    ];
    const draft = await timesheet.extract([pageOf(english), onPage(2, note)], context);
    expect(draft.shifts.value).toHaveLength(2);
  });

  it('says whether a label asked for what it did not find', async () => {
    const draft = await timesheet.extract([pageOf([[80, 80, 'Sheet no']])], context);
    expect(draft.number).toMatchObject({ value: null, evidence: ['label-without-value'] });
    expect(draft.worker).toMatchObject({ value: null, evidence: [] });
    expect(draft.shifts.value).toBeNull();
  });

  it('does not take words of a sentence for a label', async () => {
    const prose = 'Worker and firm agree that all of the hours are paid at once and in full';
    const draft = await timesheet.extract([pageOf([[80, 80, prose]])], context);
    expect(draft.worker.value).toBeNull();
  });

  it('refuses a list of plain values', () => {
    const schema = z.object({ tags: z.array(z.string()) });
    expect(() => defineExtractor({ name: 'odd', version: '1', schema })).toThrow(/tags is a list/);
  });

  it('has its lineage in the lines of rekey extract', async () => {
    const draft = await timesheet.extract([pageOf(english)], context);
    const row = toExtractLine('a.pdf', 5, { type: 'timesheet', draft }, { accepts: () => false }, []);
    expect(row.fields['number']).toMatchObject({
      value: 'TS-0042',
      page: 1,
      reader: 'text',
      rule: 'timesheet@3/label',
    });
    expect(row.lists?.['shifts']).toMatchObject([
      { value: { task: 'Painting the fence' }, page: 1, rule: 'timesheet@3/label' },
      { value: { task: 'Rest' }, page: 1 },
    ]);
    const [first] = row.lists?.['shifts'] ?? [];
    const [task] = english.filter(([, , text]) => text === 'Painting the fence');
    const [x, y, text] = task!;
    expect(first?.cells?.['task']).toEqual({ page: 1, box: [x, y, x + 10 * text.length, y + 18] });
    expect(draft.shifts.group).toBe('text/items');
  });
});
