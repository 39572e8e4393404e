import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRun } from '../../../extractors/readers/splitRun.ts';

const run = fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 8 }).map((parts) => parts.join(' '));

describe('splitting a run into words', () => {
  it('gives the words of the run, in order, each after the other, within the run', () => {
    fc.assert(
      fc.property(run, fc.boolean(), (text, monospaced) => {
        const pieces = splitRun(text, monospaced);
        const visible = text.match(/\S+/gu)?.filter((word) => /[^\p{Mn}\p{Cf}]/u.test(word)) ?? [];
        expect(pieces.map((piece) => piece.text)).toEqual(visible);
        let end = 0;
        for (const { from, to } of pieces) {
          expect(from).toBeGreaterThanOrEqual(end - 1e-9);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it('knows that a narrow letter takes less room than a wide one', () => {
    const [narrow, wide] = splitRun('illi MWWM');
    expect(narrow!.to - narrow!.from).toBeLessThan((wide!.to - wide!.from) / 3);
  });
});
