import { describe, expect, it } from 'vitest';
import type { Fault } from '../../chaos/fault.ts';
import { isNeverLeftOut, type Pair, quickOrder, quickPatience } from '../../chaos/quick.ts';

const named = (name: string, more: Partial<Fault> = {}): Pair => ({
  fault: { name, profiles: ['postgres'], points: () => [], strike: async () => undefined, ...more },
  profile: 'postgres',
});
const short = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => named(name));
const long = named('long', { long: true });
const matrix = named('matrix', { crashMatrix: true });

describe('a quick run', () => {
  it('begins with what waits for long and the crash matrix', () => {
    const order = quickOrder([...short, matrix, long], '1');
    expect(order.slice(0, 2)).toEqual([long, matrix]);
    expect(order.filter(isNeverLeftOut)).toEqual([long, matrix]);
  });

  it('deals the rest by its seed', () => {
    const dealt = (seed: string) => quickOrder(short, seed).map(({ fault }) => fault.name);
    expect(dealt('1')).toEqual(dealt('1'));
    expect(dealt('1').toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(new Set(['1', '2', '3', '4'].map((seed) => dealt(seed).join())).size).toBeGreaterThan(1);
  });

  it('begins nothing for which there is no time', () => {
    let now = 5000;
    const patience = quickPatience(() => now);
    expect(patience.begins(short[0]!)).toBe(true);
    now += 155_000;
    expect(patience.begins(short[1]!)).toBe(true);
    now += 1000;
    expect(patience.begins(short[2]!)).toBe(false);
  });

  it('leaves more time to those that need a browser', () => {
    let now = 0;
    const patience = quickPatience(() => now);
    now += 121_000;
    expect(patience.begins(named('clicks', { needs: ['browser'] }))).toBe(false);
    expect(patience.begins(short[0]!)).toBe(true);
  });

  it('stops earlier where everything takes longer', () => {
    let now = 0;
    const patience = quickPatience(() => now);
    for (const pair of [short[0]!, long]) patience.begins(pair);
    now += 60_000;
    patience.ended(short[0]!);
    now += 75_000;
    patience.ended(long);
    expect(patience.begins(short[1]!)).toBe(true);
    now += 1000;
    expect(patience.begins(short[2]!)).toBe(false);
  });
});
