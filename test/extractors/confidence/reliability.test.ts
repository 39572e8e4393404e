import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reliabilityOf } from '../../../extractors/confidence/reliability.ts';

it('counts every label once, in points that rise in sureness', () => {
  const label = fc.record({ trust: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 200 }), (labels) => {
      const points = reliabilityOf(labels);
      expect(points.reduce((sum, { n }) => sum + n, 0)).toBe(labels.length);
      expect(points.reduce((sum, { right }) => sum + right, 0)).toBe(labels.filter(({ right }) => right).length);
      expect(points.map(({ said }) => said)).toEqual(points.map(({ said }) => said).sort((a, b) => a - b));
    }),
  );
});
