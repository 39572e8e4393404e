import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lettersAndDigits } from '#core';
import { holds } from '../../store/spokenOf.ts';

describe('a text that is looked for', () => {
  const wanted = fc
    .string({ unit: 'grapheme' })
    .map(lettersAndDigits)
    .filter((text) => text.length > 0);
  const between = fc.constantFrom('', ' ', '-', ' / ', '\n', '…');

  it('is found wherever it stands in a value, however it is spaced and in whatever case', () => {
    fc.assert(
      fc.property(wanted, between, fc.string(), fc.boolean(), (text, gap, around, upper) => {
        const spelled = [...text].join(gap);
        const written = `${around} ${upper ? spelled.toUpperCase() : spelled}`;
        for (const value of [written, [1, written], { rows: [{ name: written }] }])
          expect(holds(value, text)).toBe(true);
      }),
    );
  });

  it.each([
    ['AT61 1904 3002 3457 3201', 'at 6119043002345732 01'],
    [{ rows: [{ name: 'O’Brien, Zoë' }] }, 'OBRIEN ZOE'],
    [1234.5, '12345'],
    ['Weißgerber', 'WEIẞGERBER'],
  ])('%j holds %s', (value, text) => {
    expect(holds(value, lettersAndDigits(text))).toBe(true);
  });

  it.each([[null], [{}], [[]], [{ anna: 'name of a field' }], [['an', 'na']], [true]])(
    '%j does not hold anna',
    (value) => {
      expect(holds(value, 'anna')).toBe(false);
    },
  );
});
