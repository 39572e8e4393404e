import { describe, expect, it } from 'vitest';
import { fieldFaults, lostFiles } from '../../../extractors/eval/faults.ts';
import { coverage } from '../../../extractors/eval/fields.ts';
import { outcomeOf } from '../../../extractors/eval/outcome.ts';
import { acceptedShare, scoreSet } from '../../../extractors/eval/score.ts';
import type { Judged, Prediction, Truth } from '../../../extractors/eval/truth.ts';

const truth = (about: Partial<Truth>): Truth => ({
  ...{ file: 'set/a.pdf', dayfirst: true, fields: {}, types: {}, items: [], words: [] },
  ...about,
});
const prediction = (about: Partial<Prediction>): Prediction => ({
  ...{ file: 'a.pdf', fields: {}, items: [], kv: [], words: [] },
  ...about,
});
const judged = (right: Partial<Truth>, read?: Partial<Prediction>): Judged => ({
  truth: truth(right),
  prediction: read && prediction(read),
});

describe('fields', () => {
  const files = [
    judged(
      { fields: { total: '10.00', seller: 'A & B' } },
      { fields: { total: { value: '10,00', conf: 0.9 }, seller: 'a+b' } },
    ),
    judged({ fields: { total: '20.00', seller: 'C' } }, { fields: { total: { value: '2.00', conf: 0.4 } } }),
    judged({ fields: { total: '30.00', note: 'x' }, visible: ['total'] }),
  ];

  it('count by value: right of given, right of wanted', () => {
    const figures = scoreSet(files);
    expect(figures['field F1']).toBeCloseTo((2 * (2 / 3) * (2 / 5)) / (2 / 3 + 2 / 5));
    expect(figures['field F1 strict']).toBeCloseTo((2 * (1 / 3) * (1 / 5)) / (1 / 3 + 1 / 5));
    expect(figures['documents all right']).toBeCloseTo(1 / 3);
    expect(figures['fields at 99 %']).toBeCloseTo(2 / 5);
    expect(acceptedShare([files])['documents at 99 %']).toBeCloseTo(1 / 3);
  });

  it('say what remains wrong, the worst field first', () => {
    const faults = fieldFaults(files);
    expect(faults.map(({ field, missing, wrong }) => [field, missing.length, wrong.length])).toEqual([
      ['total', 1, 1],
      ['seller', 1, 0],
    ]);
    expect([...lostFiles(files)]).toEqual([['missing', ['set/a.pdf']]]);
  });

  it('are accepted by thresholds of other papers: one half picks them, the other is judged by them', () => {
    const paper = (name: string, conf: number, right: boolean) =>
      judged({ file: name, fields: { total: '10.00' } }, { fields: { total: { value: right ? '10' : '9', conf } } });
    const names = Array.from({ length: 40 }, (_, i) => `set/${i}.pdf`);
    // Sure and right on every paper, but for one that is surer still and wrong: it spoils its own half alone.
    const honest = names.map((name) => paper(name, 0.9, true));
    expect(scoreSet(honest)).toMatchObject({
      'fields accepted across halves': 1,
      'fields right across halves': 1,
      'documents accepted across halves': 1,
    });
    const spoilt = scoreSet([paper(names[0]!, 0.95, false), ...honest.slice(1)]);
    expect(spoilt['fields at 99 %']).toBe(0);
    const accepted = spoilt['fields accepted across halves']!;
    expect(accepted).toBeGreaterThan(0.3);
    expect(accepted).toBeLessThan(0.7);
    expect(spoilt['fields right across halves']).toBeLessThan(1);
    expect(spoilt['documents accepted across halves']).toBe(accepted);
  });

  it('with several values want each of them, and no other', () => {
    const figures = scoreSet([judged({ fields: { party: ['A', 'B'] } }, { fields: { party: ['b', 'C'] } })]);
    expect(figures['field F1']).toBe(0.5);
  });

  it('are accepted from the surest on, equals together, as long as 99 of 100 are right', () => {
    const sure = [
      { confidence: 1, right: true },
      { confidence: 0.9, right: true },
      { confidence: 0.9, right: false },
    ];
    expect(coverage(sure, 4)).toBe(0.25);
    expect(coverage([...sure, ...Array(197).fill({ confidence: 0.8, right: true })], 200)).toBe(1);
    expect(coverage([], 0)).toBe(0);
  });
});

describe('words', () => {
  const box = (text: string, x0: number) => ({ text, x0, y0: 0, x1: x0 + 10, y1: 10 });

  it('are found as bags, where they stand, and in order', () => {
    const words = [box('Total', 0), box('9.00', 20)];
    const read = { text: '9,00 total!', words: [box('9,00', 22), box('total', 40)] };
    const figures = scoreSet([judged({ text: 'Total 9.00', words }, read)]);
    expect(figures['words F1']).toBe(1);
    expect(figures['words F1 exact']).toBe(0);
    expect(figures['words located']).toBe(0.5);
    expect(figures['character errors']).toBeCloseTo(11 / 10);
  });

  it('that were not read are misses', () => {
    const figures = scoreSet([judged({ text: 'a b' }, { text: 'a b' }), judged({ text: 'c d' })]);
    expect(figures['words F1']).toBeCloseTo(2 / 3);
  });
});

describe('line items and pairs', () => {
  it('are right with their total and most of their description', () => {
    const items = [
      { description: 'Copper pipe 15 mm', line_total: '1200.00' },
      { description: 'Travel', line_total: '50.00' },
    ];
    const given = [
      { description: 'Copper pipe 15mm', line_total: '1.200,00' },
      { description: 'Something else', line_total: '50.00' },
    ];
    expect(scoreSet([judged({ items }, { items: given })])['line items F1']).toBe(0.5);
    expect(scoreSet([judged({ items })])['line items F1']).toBe(0);
  });

  it('are right with both sides', () => {
    const kv: [string, string][] = [
      ['DATE:', '3/1/98'],
      ['TO:', 'All'],
    ];
    const read: [string, string][] = [
      ['Date', '3-1-98'],
      ['TO', 'Nobody'],
    ];
    expect(scoreSet([judged({ kv }, { kv: read })])['pairs F1']).toBe(0.5);
  });
});

describe('odd files', () => {
  const readable = { state: 'readable', ref_words: ['one', 'two', 'three', 'four', 'five'] } as const;

  it.each([
    [readable, { text: 'one two three four' }, 'text'],
    [readable, { text: 'onetwothreefourfive' }, 'text'],
    [readable, { text: 'one two' }, 'partial'],
    [readable, { text: 'zzz' }, 'lost'],
    [readable, { error: 'Cut short.', error_kind: 'corrupt' }, 'error'],
    [{ state: 'password' }, { error: 'Locked.', error_kind: 'password' }, 'error'],
    [{ state: 'unreadable' }, { error: 'Reading failed.' }, 'unnamed-error'],
    [{ state: 'disputed' }, { text: '' }, 'empty'],
    [{ state: 'disputed' }, { error: 'Too slow.', error_kind: 'timeout' }, 'timeout'],
  ] as const)('%j read as %j: %s', (about, read, outcome) => {
    const file = judged({ ...about, ref_words: 'ref_words' in about ? [...about.ref_words] : undefined }, read);
    expect(outcomeOf(file)).toBe(outcome);
    const handled =
      outcome === 'text' || (about.state !== 'readable' && !['unnamed-error', 'timeout'].includes(outcome));
    expect(scoreSet([file]).handled).toBe(handled ? 1 : 0);
  });

  it('without a line are lost', () => {
    expect(scoreSet([judged({ state: 'disputed' })]).handled).toBe(0);
  });
});
