import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mustBeOthers, unlike } from '../../bots/apps/otherRecords.ts';

/** An application that finds numbers by what stands in them, and shows each in its own way. */
function looking(stored: readonly string[], show: (number: string) => string = (number) => number) {
  const searches: string[] = [];
  const find = async (text: string) => {
    searches.push(text);
    return stored.filter((number) => number.toLowerCase().includes(text.toLowerCase()));
  };
  return {
    searches,
    /** The code of the error; undefined where each is shown to be another one than `ours`. */
    for: (ours: string) =>
      mustBeOthers(
        stored.map((number) => ({ id: number, by: unlike(ours, show(number)) })),
        find,
      ).catch(({ code }) => code),
  };
}

const CONSECUTIVE = Array.from({ length: 2000 }, (_, n) => String(n + 1)).filter((number) => number.includes('12'));

describe('longer numbers that have ours in them', () => {
  it('are others, shown by a search for each sign beside it and no more', async () => {
    const longer = CONSECUTIVE.filter((number) => number !== '12');
    expect(longer.length).toBeGreaterThan(100);
    const { searches, ...look } = looking(longer);
    expect(await look.for('12')).toBeUndefined();
    expect(searches.length).toBeLessThanOrEqual(20);
  });

  it('are not told apart by any number of searches', async () => {
    const signs = Array.from({ length: 60 }, (_, n) => String.fromCodePoint(0x4e00 + n));
    const { searches, ...look } = looking(signs.map((sign) => `${sign}12`));
    expect(await look.for('12')).toBe('look-up-failed');
    expect(searches).toHaveLength(40);
  });

  it('are told apart by the spaces that they are stored with', async () => {
    const { searches, ...look } = looking(['RE  12', 'RE  12  b']);
    expect(await look.for('12')).toBeUndefined();
    expect(searches).toEqual(['E  12']);
  });
});

describe('ours', () => {
  const sign = fc.constantFrom(...'aB1 2-(*0');
  const text = fc.array(sign, { maxLength: 6 }).map((signs) => signs.join(''));
  const number = text.map((signs) => signs.trim().replace(/ +/g, ' ')).filter((signs) => signs !== '');

  it('is never shown to be another one, whatever a page adds to it', async () => {
    await fc.assert(
      fc.asyncProperty(number, text, text, fc.array(number, { maxLength: 5 }), async (ours, before, after, more) => {
        const stored = [ours, ...more.filter((one) => one.toLowerCase() !== ours.toLowerCase())];
        const look = looking(stored, (one) => (one === ours ? `${before}${one}${after}`.trim() : one));
        expect(await look.for(ours)).toBe('look-up-failed');
      }),
    );
  });

  it('may be what differs in capitals alone, or is a part of it', () => {
    expect(unlike('RE-12', 're-12')).toEqual([]);
    expect(unlike('RE-12', '12')).toEqual([]);
  });

  it('is found by none of the searches for another one', () => {
    fc.assert(
      fc.property(number, number, (ours, shown) => {
        for (const search of unlike(ours, shown)) expect(ours.toLowerCase()).not.toContain(search.toLowerCase());
      }),
    );
  });
});
