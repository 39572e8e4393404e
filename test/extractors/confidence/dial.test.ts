import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLabels, type LabelCounts, settingFor } from '../../../extractors/confidence/dial.ts';

const clean = (n: number, least = 0.9): LabelCounts => [{ least, n, wrong: 0 }];

describe('labels as counts', () => {
  const label = fc.record({ trust: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() });

  it('hold every label once, the surest first, and keep equals together', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 300 }), (labels) => {
        const counts = countLabels(labels, 10);
        expect(counts.reduce((sum, { n }) => sum + n, 0)).toBe(labels.length);
        expect(counts.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(labels.filter(({ right }) => !right).length);
        const edges = counts.map(({ least }) => least);
        expect(edges).toEqual([...new Set(edges)].sort((a, b) => b - a));
        for (const { trust } of labels) expect(edges.some((least) => trust >= least)).toBe(true);
      }),
    );
  });
});

describe('the dial', () => {
  it('lets nothing through on fewer labels than a budget needs', () => {
    expect(settingFor(clean(58), 1000).least).toBeNull();
    expect(settingFor(clean(59), 50).least).toBe(0.9);
    expect(settingFor(clean(298), 10).least).toBeNull();
    expect(settingFor(clean(299), 10)).toMatchObject({ least: 0.9, accepted: 299, wrong: 0, share: 1 });
    expect(settingFor([], 5)).toMatchObject({ least: null, atMost: null, share: 0, labels: 0 });
    expect(() => settingFor(clean(10), -1)).toThrow(RangeError);
  });

  it('takes the lowest threshold before the first that fails, and never looks past it', () => {
    const counts = [
      { least: 0.99, n: 700, wrong: 0 },
      { least: 0.95, n: 700, wrong: 1 },
      { least: 0.9, n: 50, wrong: 20 },
      { least: 0.8, n: 9_000, wrong: 0 },
    ];
    expect(settingFor(counts, 5)).toMatchObject({ least: 0.95, accepted: 1400, wrong: 1, labels: 10_450 });
  });

  it('opens as the budget grows', () => {
    const row = fc.record({ n: fc.integer({ min: 1, max: 400 }), wrong: fc.nat(2) });
    const counts = fc
      .array(row, { maxLength: 20 })
      .map((rows) =>
        rows.map(({ n, wrong }, i): LabelCounts[number] => ({ least: 1 - i / 20, n, wrong: Math.min(n, wrong) })),
      );
    fc.assert(
      fc.property(counts, (each) => {
        const setting = settingFor(each, 20);
        if (setting.least === null) return;
        expect(setting.atMost).toBeLessThanOrEqual(0.02);
        expect(setting.wrong / setting.accepted).toBeLessThanOrEqual(0.02);
      }),
    );
  });
});

/** The same numbers each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the promise, on a world whose error rates are known', () => {
  const BUDGET = 20;
  const REPETITIONS = 400;
  const LABELS = 1200;
  /** The less sure, the more often wrong: 0.2 % at the top, 8 % at the bottom. */
  const wrongAt = (trust: number) => 0.002 + 0.078 * (1 - trust) ** 2;
  /** What is truly wrong among all accepted from `least` on, trust being spread evenly. */
  const trueShare = (least: number) => 0.002 + (0.078 * (1 - least) ** 2) / 3;

  function broken(choose: (counts: LabelCounts) => number | null): number {
    const random = seeded(20_260_331);
    let times = 0;
    for (let i = 0; i < REPETITIONS; i++) {
      const labels = Array.from({ length: LABELS }, () => {
        const trust = random();
        return { trust, right: random() >= wrongAt(trust) };
      });
      const least = choose(countLabels(labels));
      if (least !== null && trueShare(least) > BUDGET / 1000) times++;
    }
    return times / REPETITIONS;
  }

  it('is kept in 95 of 100 repetitions by testing in sequence', () => {
    expect(broken((counts) => settingFor(counts, BUDGET).least)).toBeLessThanOrEqual(0.05);
  });

  it('is broken by picking the lowest threshold that looks good', () => {
    const picked = broken((counts) => {
      let n = 0;
      let wrong = 0;
      let least: number | null = null;
      for (const row of counts) {
        n += row.n;
        wrong += row.wrong;
        if (wrong / n <= BUDGET / 1000) least = row.least;
      }
      return least;
    });
    expect(picked).toBeGreaterThan(0.3);
  });
});
