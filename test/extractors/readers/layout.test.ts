import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rotation, turnRectangle, turnSize } from '../../../extractors/readers/geometry.ts';
import { type Fragment, readingOrder } from '../../../extractors/readers/layout.ts';

const page = { width: 1000, height: 1400 };

function fragment(text: string, x0: number, y0: number, more: Partial<Fragment> = {}): Fragment {
  const width = text.length * 10;
  return { text, x0, y0, x1: x0 + width, y1: y0 + 20, confidence: 1, angle: 0, continues: false, ...more };
}

function texts(fragments: readonly Fragment[]): string[] {
  return readingOrder(fragments, page).map((line) => line.map((one) => one.text).join(' '));
}

describe('reading order', () => {
  it('goes line by line, whatever the order of the file', () => {
    const left = fragment('left', 100, 100);
    const right = fragment('right', 500, 103);
    const below = fragment('below', 100, 130);
    expect(texts([below, right, left])).toEqual(['left right', 'below']);
  });

  it('joins what the file tore apart, and only that', () => {
    expect(texts([fragment('In', 100, 100), fragment('voice', 120, 100, { continues: true })])).toEqual(['Invoice']);
    expect(texts([fragment('of', 100, 100), fragment('it', 121, 100)])).toEqual(['of it']);
    expect(texts([fragment('12', 100, 100), fragment('34', 160, 100, { continues: true })])).toEqual(['12 34']);
  });

  it('reads turned text along its own lines', () => {
    const up = [fragment('one', 50, 600, { angle: 270 }), fragment('two', 50, 500, { angle: 270 })];
    const upright = up.map((one) => ({ ...one, x1: one.x0 + 20, y1: one.y0 + 40 }));
    expect(texts([fragment('heading', 100, 20), ...upright])).toEqual(['heading', 'one two']);
  });
});

describe('turning', () => {
  it('comes back after the opposite turn', () => {
    const coordinate = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(coordinate, coordinate, fc.constantFrom<Rotation>(0, 90, 180, 270), (x0, y0, rotation) => {
        const box = { x0, y0, x1: x0 + 7, y1: y0 + 3 };
        const there = turnRectangle(box, page, rotation);
        const back = turnRectangle(there, turnSize(page, rotation), ((360 - rotation) % 360) as Rotation);
        expect(back).toEqual(box);
      }),
    );
  });
});
