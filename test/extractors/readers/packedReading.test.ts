import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageReading } from '../../../extractors/readers/layout.ts';
import { packReading, unpackReading } from '../../../extractors/readers/packedReading.ts';

const place = fc.double({ min: 0, max: 20_000, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const word = fc.record({ text: fc.string(), x0: place, y0: place, x1: place, y1: place, confidence: fc.constant(0.5) });

const page: fc.Arbitrary<PageReading> = fc
  .record({ number: fc.nat(500), words: fc.array(word), text: fc.string(), by: fc.option(fc.string()) })
  .map(({ number, words, text, by }) => ({
    page: {
      number,
      width: 1191,
      height: 1684,
      source: 'ocr',
      rotation: 90,
      ...(by !== null && { by }),
      words: words.map((one) => ({ page: number, ...one })),
    },
    text,
  }));

describe('a reading passed from process to process', () => {
  it('arrives as it was sent', () => {
    fc.assert(
      fc.property(fc.array(page, { maxLength: 4 }), (pages) => {
        const reading = { pages, statements: [], doubts: ['repaired' as const] };
        expect(unpackReading(deserialize(serialize(packReading(reading))))).toEqual(reading);
      }),
    );
  });
});
