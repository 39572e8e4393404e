import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newId } from '#core';

const times = () => fc.integer({ min: 0, max: 32 ** 9 - 1 });

it('makes ids of 16 letters and digits that sort by the time they were made', () => {
  fc.assert(
    fc.property(times(), times(), (one, other) => {
      const [early, late] = [Math.min(one, other), Math.max(one, other)];
      expect(newId(early)).toMatch(/^[0-9a-hjkmnp-tv-z]{16}$/);
      if (early < late) expect(newId(early) < newId(late)).toBe(true);
    }),
  );
});

it('makes no id twice in the same millisecond', () => {
  expect(new Set(Array.from({ length: 100 }, () => newId(0))).size).toBe(100);
});
