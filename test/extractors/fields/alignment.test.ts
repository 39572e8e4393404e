import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignWords } from '../../../extractors/fields/alignment.ts';

const line = fc.array(fc.stringMatching(/^[A-Z0-9]{1,8}$/), { maxLength: 7 });

function shown(first: string, second: string): string[] {
  const [a, b] = [first.split(' '), second.split(' ')];
  return alignWords(a, b).map(
    (pair) => `${pair.first.map((i) => a[i]).join('+')}=${pair.second.map((j) => b[j]).join('+')}`,
  );
}

describe('two readings of a line', () => {
  it('are set word against word', () => {
    expect(shown('NO 12 HIGH STREET', 'NO 12 HIGH STNEET')).toEqual(['NO=NO', '12=12', 'HIGH=HIGH', 'STREET=STNEET']);
  });

  it('show what one of them missed', () => {
    expect(shown('HIGH STREET', '12 HIGH STREET')).toEqual(['=12', 'HIGH=HIGH', 'STREET=STREET']);
    expect(shown('OLD MILL LANE', 'OLD LANE')).toEqual(['OLD=OLD', 'MILL=', 'LANE=LANE']);
  });

  it('join words that one of them tore apart', () => {
    expect(shown('BAK ERIES LTD', 'BAKERIES LTD')).toEqual(['BAK+ERIES=BAKERIES', 'LTD=LTD']);
  });

  it('keep every word of both, once and in order', () => {
    fc.assert(
      fc.property(line, line, (a, b) => {
        const pairs = alignWords(a, b);
        expect(pairs.flatMap(({ first }) => first)).toEqual(a.map((_, i) => i));
        expect(pairs.flatMap(({ second }) => second)).toEqual(b.map((_, i) => i));
      }),
    );
  });

  it('agree with themselves', () => {
    fc.assert(
      fc.property(line, (a) => {
        expect(alignWords(a, a).every(({ first, second }) => first.length === 1 && second.length === 1)).toBe(true);
      }),
    );
  });
});
