import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, similarity } from '../../../extractors/eval/distance.ts';

/** The textbook's table, slow and plain. */
function byTable(a: readonly string[], b: readonly string[]): number {
  let row = b.map((_, j) => j + 1);
  a.forEach((letter, i) => {
    const next: number[] = [];
    b.forEach((other, j) => {
      const diagonal = j === 0 ? i : row[j - 1]!;
      const left = j === 0 ? i + 1 : next[j - 1]!;
      next.push(Math.min(diagonal + (letter === other ? 0 : 1), row[j]! + 1, left + 1));
    });
    row = next;
  });
  return row.at(-1) ?? a.length;
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀'), maxLength: 90 });

describe('the edit distance', () => {
  it('is that of the table', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(editDistance(a, b)).toBe(byTable([...a], [...b]));
      }),
    );
  });
});

describe('the similarity', () => {
  it('is 1 for the same text, 0 for nothing in common, and in between else', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(similarity(a, a)).toBe(1);
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1);
      }),
    );
    expect(similarity('abc', 'xyz')).toBe(0);
  });

  it('takes the longest run first, then what lies before and behind it', () => {
    expect(similarity('abcd', 'bcde')).toBe(0.75);
    expect(similarity('PRIVATETHREAD', 'PRIVATEVOLATILETHREAD')).toBeCloseTo(0.7647, 4);
  });

  it('opens no run at the frequent letters of a long text', () => {
    expect(similarity('b', `${'a'.repeat(199)}b`)).toBeCloseTo(2 / 201, 6);
    expect(similarity('xaaa', 'a'.repeat(200))).toBe(0);
  });
});
