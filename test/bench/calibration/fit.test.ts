import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCalibration } from '../../../bench/calibration/fit.ts';
import { risingCurve } from '../../../bench/calibration/isotonic.ts';
import type { Label } from '../../../bench/calibration/label.ts';
import { fitLogistic, logOddsOf, type Row } from '../../../bench/calibration/logistic.ts';

const repeated = (times: number, row: Row) => Array.from({ length: times }, () => row);

describe('the logistic fit', () => {
  it('finds the log-odds of what it was shown', () => {
    const row = (at: number[], right: boolean): Row => ({ at, size: at.map(() => 1), right, weight: 1 });
    const rows = [
      ...repeated(500, row([0], true)),
      ...repeated(500, row([0], false)),
      ...repeated(900, row([0, 1], true)),
      ...repeated(100, row([0, 1], false)),
    ];
    const weights = fitLogistic(rows, { free: [0], prior: new Float64Array(2), penalty: 0.01 });
    expect(weights[0]).toBeCloseTo(0, 2);
    expect(logOddsOf({ at: [0, 1], size: [1, 1] }, weights)).toBeCloseTo(Math.log(9), 2);
  });

  it('leaves what it has no labels of where it was thought to be', () => {
    const weights = fitLogistic([{ at: [0], size: [1], right: true, weight: 1 }], {
      free: [],
      prior: Float64Array.of(0, 2),
      penalty: 1,
    });
    expect(weights[1]).toBeCloseTo(2);
  });
});

describe('the rising curve', () => {
  const point = fc.record({
    at: fc.double({ min: -9, max: 9, noNaN: true }),
    right: fc.boolean(),
    weight: fc.constant(1),
  });

  it('rises, and is never sure', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 200 }), (points) => {
        const curve = risingCurve(points);
        const shares = curve.map(([, share]) => share);
        expect(shares).toEqual([...new Set(shares)].sort((a, b) => a - b));
        expect(curve.map(([at]) => at)).toEqual(curve.map(([at]) => at).sort((a, b) => a - b));
        for (const share of shares) expect(share > 0 && share < 1).toBe(true);
      }),
    );
  });
});

describe('a calibration', () => {
  const label = (i: number, origin: Label['origin']): Label => {
    const weak = i % 3 === 0;
    return {
      ...{ origin, set: 'invoices', family: `seller ${i % 25}`, paper: `paper ${i}`, extractor: 'invoice' },
      ...{ field: 'total', kind: 'money', medium: 'text', absent: false, clues: { place: (i % 7) / 7 } },
      evidence: weak ? ['label', 'weak-place'] : ['label'],
      right: weak ? i % 2 === 0 : i % 40 !== 1,
      posted: origin === 'public' || i % 8 === 0,
    };
  };
  const labels = Array.from({ length: 600 }, (_, i) => label(i, i % 4 === 0 ? 'demo' : 'public'));
  const { calibration, judgements } = fitCalibration(labels, { by: 'a test' });

  it('ranks what was weak below what was not, and counts every label the budget speaks of', () => {
    const mean = (weak: boolean) => {
      const some = judgements.filter(({ label: { evidence } }) => evidence.includes('weak-place') === weak);
      return some.reduce((sum, { trust }) => sum + trust, 0) / some.length;
    };
    expect(mean(true)).toBeLessThan(mean(false) - 0.2);
    expect(calibration.labels.public.text.rows.reduce((sum, { n }) => sum + n, 0)).toBe(450);
    expect(calibration.labels.demo.text.rows.reduce((sum, { n }) => sum + n, 0)).toBe(75);
    expect(Object.keys(calibration.reliability)).toEqual(['money']);
  });

  it('does not depend on what is asked at run time of made papers', () => {
    expect(Object.keys(calibration.values.weights)).not.toContain('made');
  });
});
