import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formExtractor } from '#extractors';
import { layOut } from '../../../extractors/fields/lines.ts';
import { findPairs } from '../../../extractors/fields/pairs.ts';
import { fieldName } from '../../../extractors/types/form.ts';
import { type Placed, pageOf } from '../paper.ts';

const pairsOf = (...placed: Placed[]) =>
  findPairs(layOut([pageOf(placed, 'ocr')])).map(({ question, answer }) => [question, answer]);

describe('the form extractor', () => {
  it('names each answer by its label, beside the list of pairs', async () => {
    const page = pageOf([
      [100, 100, 'Employee Name: Maria Gomez'],
      [100, 130, 'Net pay: 1,250.00'],
      [100, 160, 'Items: 3'],
      [100, 190, 'Net pay: 1,300.00'],
    ]);
    const draft = await formExtractor.extract([page], { paper: 'abc' });
    const { pairs, ...labelled } = draft;
    expect(Object.entries(labelled).map(([name, { value }]) => [name, value])).toEqual([
      ['employee_name', 'Maria Gomez'],
      ['net_pay', '1,250.00'],
      ['items_2', '3'],
      ['net_pay_2', '1,300.00'],
    ]);
    expect(labelled['employee_name']?.sources[0]).toMatchObject({ x0: 250, y0: 100, x1: 360, y1: 118 });
    expect(pairs.value).toHaveLength(4);
  });

  it('takes names in strokes for names, and gives no field the name of what every object has', async () => {
    const page = pageOf([
      [100, 100, '__proto__: evil'],
      [100, 124, 'constructor: 5'],
      [100, 148, 'Town: Bonn__ ____'],
    ]);
    const { pairs, ...labelled } = await formExtractor.extract([page], { paper: 'abc' });
    expect(pairs.value).toEqual([
      ['__proto__:', 'evil'],
      ['constructor:', '5'],
      ['Town:', 'Bonn'],
    ]);
    expect(Object.keys(labelled)).toEqual(['proto', 'constructor_2', 'town']);
    expect(Object.getPrototypeOf(labelled)).toBe(Object.prototype);
  });

  it('takes any words without failing, and gives no question without an answer', () => {
    const word = fc.constantFrom(
      'Name',
      'Date:',
      '3/1/98',
      '____',
      '[x]',
      '☐',
      ':',
      'of',
      'X',
      '__proto__:',
      'constructor:',
    );
    const placed = fc.tuple(
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 40 }).map((line) => 24 * line),
      word,
    );
    fc.assert(
      fc.property(fc.array(placed, { maxLength: 40 }), (words) => {
        for (const [question, answer] of pairsOf(...words)) {
          expect(question).not.toBe('');
          expect(answer).not.toBe('');
        }
      }),
    );
  });

  it.each([
    ["Employee's Name:", 'employees_name'],
    ['1. Straße / Nr.', 'strasse_nr'],
    ['__proto__:', 'proto'],
    ['12 %', undefined],
  ])('%s is the field %s', (label, name) => expect(fieldName(label)).toBe(name));
});

describe('boxes to tick', () => {
  it('answer their question, which nothing else answers then', () => {
    const below: Placed = [100, 130, 'The data given here is kept for ten years.'];
    expect(pairsOf([100, 100, 'Married: ☐ Yes ☒ No'], below)).toEqual([['Married:', 'No']]);
    expect(pairsOf([100, 100, 'Married: ☐ Yes ☐ No'], below)).toEqual([]);
  });

  it('may be all of the answer', () => {
    expect(pairsOf([100, 100, 'Newsletter: ☒'])).toEqual([['Newsletter:', 'X']]);
    expect(pairsOf([100, 100, 'Newsletter: ☐'])).toEqual([]);
  });
});
