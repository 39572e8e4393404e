import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grey } from '../../../extractors/readers/grey.ts';
import { evenLight } from '../../../extractors/readers/illumination.ts';

const SIDE = 240;

/** Paper of that brightness with a stroke in the middle, and a printed black part on the left; all with grain. */
function page(paper: number, shadow: (x: number) => number, blackUntil = 0): Grey {
  const data = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const isInk = Math.abs(y - SIDE / 2) < 3 && x > SIDE / 2;
      const own = x < blackUntil ? 22 : (isInk ? 0.25 : 1) * paper * shadow(x);
      const grain = ((x * 7919 + y * 104_729) % 17) - 8;
      data[y * SIDE + x] = Math.max(0, Math.min(255, own + grain));
    }
  }
  return { data, width: SIDE, height: SIDE };
}

const at = ({ data }: Grey, x: number, y: number) => data[y * SIDE + x]!;

describe('even light', () => {
  it('turns paper white and leaves ink dark, whatever the paper and its shadow', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 120, max: 250 }),
        fc.double({ min: 0.45, max: 1, noNaN: true }),
        async (paper, deepest) => {
          const lit = await evenLight(page(paper, (x) => 1 - ((1 - deepest) * x) / SIDE));
          for (const x of [60, 180, 230]) expect(at(lit, x, 20), `paper at ${x}`).toBeGreaterThan(150);
          for (const x of [150, 230]) expect(at(lit, x, SIDE / 2), `ink at ${x}`).toBeLessThan(130);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('leaves black what is printed black: its grain is no print', async () => {
    const lit = await evenLight(page(210, () => 1, 96));
    const black = Array.from({ length: 60 * SIDE }, (_, i) => at(lit, i % 60, Math.floor(i / 60)));
    expect(Math.max(...black)).toBeLessThan(128);
  });
});
