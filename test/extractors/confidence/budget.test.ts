import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsNeeded, upperBound } from '../../../extractors/confidence/budget.ts';

describe('the bound on wrong values', () => {
  it('says what labels can say', () => {
    expect(upperBound({ n: 299, wrong: 0 })).toBeCloseTo(0.01, 4);
    expect(upperBound({ n: 59, wrong: 0 })).toBeCloseTo(0.0495, 4);
    expect(upperBound({ n: 100, wrong: 2 })).toBeCloseTo(0.0616, 4);
    expect(upperBound({ n: 0, wrong: 0 })).toBe(1);
    expect(upperBound({ n: 3, wrong: 3 })).toBe(1);
    expect([0.05, 0.01, 0.005].map((share) => labelsNeeded(share))).toEqual([59, 299, 598]);
  });

  it('never lies below what was seen, and falls with more labels of the same share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const wrong = Math.floor(n * share);
        const bound = upperBound({ n, wrong });
        expect(bound).toBeGreaterThanOrEqual(wrong / n);
        expect(bound).toBeLessThanOrEqual(1);
        expect(upperBound({ n: 2 * n, wrong: 2 * wrong })).toBeLessThanOrEqual(bound + 1e-9);
      }),
    );
  });
});
