import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingFor } from '../../../extractors/confidence/dial.ts';
import {
  type CountedLabel,
  countLabels,
  type LabelCount,
  type LabelCounts,
} from '../../../extractors/confidence/labelCounts.ts';

const counts = (...rows: LabelCount[]): LabelCounts => ({ rows, designEffect: 1 });
const clean = (n: number, least = 0.9): LabelCounts => counts({ least, n, wrong: 0 });

describe('labels as counts', () => {
  const label = fc.record({
    trust: fc.double({ min: 0, max: 1, noNaN: true }),
    right: fc.boolean(),
    paper: fc.constantFrom(...'abcdefg'),
  });

  it('hold every label once, the surest first, and keep equals together', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 300 }), (labels) => {
        const { rows, designEffect } = countLabels(labels, 10);
        expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(labels.length);
        expect(rows.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(labels.filter(({ right }) => !right).length);
        const edges = rows.map(({ least }) => least);
        expect(edges).toEqual([...new Set(edges)].sort((a, b) => b - a));
        for (const { trust } of labels) expect(edges.some((least) => trust >= least)).toBe(true);
        expect(designEffect).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('know how much of what is wrong comes in whole papers', () => {
    const effectOf = (paperOf: (i: number) => number) =>
      countLabels(
        Array.from({ length: 1000 }, (_, i) => ({ trust: 0.9, right: paperOf(i) % 20 !== 0, paper: `${paperOf(i)}` })),
      ).designEffect;
    expect(effectOf((i) => i)).toBe(1);
    expect(effectOf((i) => Math.floor(i / 5))).toBeCloseTo(5, 0);
  });
});

describe('the dial', () => {
  it('lets nothing through on fewer labels than a budget needs', () => {
    expect(settingFor(clean(58), 1000).least).toBeNull();
    expect(settingFor(clean(59), 50).least).toBe(0.9);
    expect(settingFor(clean(298), 10).least).toBeNull();
    expect(settingFor(clean(299), 10)).toMatchObject({ least: 0.9, accepted: 299, wrong: 0, share: 1 });
    expect(settingFor(counts(), 5)).toMatchObject({ least: null, atMost: null, share: 0, labels: 0 });
    expect(() => settingFor(clean(10), -1)).toThrow(RangeError);
  });

  it('takes the lowest threshold before one that fails', () => {
    const rows = [
      { least: 0.99, n: 1100, wrong: 0 },
      { least: 0.95, n: 700, wrong: 1 },
      { least: 0.9, n: 500, wrong: 20 },
    ];
    expect(settingFor(counts(...rows), 5)).toMatchObject({ least: 0.95, accepted: 1800, wrong: 1, labels: 2300 });
  });

  it('starts again further down, so that one early wrong label does not end it', () => {
    const rows = [
      { least: 0.99, n: 1100, wrong: 4 },
      ...Array.from({ length: 8 }, (_, i) => ({ least: 0.9 - i / 10, n: 1000, wrong: 0 })),
    ];
    expect(settingFor(counts(...rows), 5)).toMatchObject({ accepted: 9100, wrong: 4 });
  });

  it('counts labels of one paper for less than independent ones', () => {
    const rows = [{ least: 0.9, n: 299, wrong: 0 }];
    expect(settingFor({ rows, designEffect: 1 }, 10).least).toBe(0.9);
    expect(settingFor({ rows, designEffect: 1.5 }, 10).least).toBeNull();
  });

  it('never takes a threshold above the budget', () => {
    const row = fc.record({ n: fc.integer({ min: 1, max: 400 }), wrong: fc.nat(2) });
    const many = fc
      .array(row, { maxLength: 20 })
      .map((rows) => rows.map(({ n, wrong }, i): LabelCount => ({ least: 1 - i / 20, n, wrong: Math.min(n, wrong) })));
    fc.assert(
      fc.property(many, (rows) => {
        const setting = settingFor(counts(...rows), 20);
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

describe('the promise, on a world whose error rates are known', { timeout: 60_000 }, () => {
  const BUDGET = 20;
  const REPETITIONS = 400;
  const LABELS = 1200;
  /** The less sure, the more often wrong: 0.2 % at the top, 8 % at the bottom. */
  const wrongAt = (trust: number) => 0.002 + 0.078 * (1 - trust) ** 2;
  /** What is truly wrong among all accepted from `least` on, trust being spread evenly. */
  const trueShare = (least: number) => 0.002 + (0.078 * (1 - least) ** 2) / 3;

  type Draw = (random: () => number) => CountedLabel[];

  const single: Draw = (random) =>
    Array.from({ length: LABELS }, (_, i) => {
      const trust = random();
      return { trust, right: random() >= wrongAt(trust), paper: `${i}` };
    });

  /** Four fields a paper, about as sure as each other, and two times in three wrong or right together. */
  const inPapers: Draw = (random) =>
    Array.from({ length: LABELS / 4 }, (_, i) => {
      const trust = random();
      const common = random();
      return Array.from({ length: 4 }, () => {
        const chance = random() < 2 / 3 ? common : random();
        return { trust: trust + 1e-6 * random(), right: chance >= wrongAt(trust), paper: `${i}` };
      });
    }).flat();

  function simulate(draw: Draw, choose: (counts: LabelCounts) => number | null): { broken: number; open: number } {
    const random = seeded(20_260_331);
    let broken = 0;
    let open = 0;
    for (let i = 0; i < REPETITIONS; i++) {
      const least = choose(countLabels(draw(random)));
      if (least === null) continue;
      open++;
      if (trueShare(least) > BUDGET / 1000) broken++;
    }
    return { broken: broken / REPETITIONS, open: open / REPETITIONS };
  }

  it('is kept in 95 of 100 repetitions by testing in sequence, and most of them let something through', () => {
    const { broken, open } = simulate(single, (counts) => settingFor(counts, BUDGET).least);
    expect(broken).toBeLessThanOrEqual(0.05);
    expect(open).toBeGreaterThan(0.5);
  });

  it('is kept where papers are wrong in several fields at a time', () => {
    expect(simulate(inPapers, (counts) => settingFor(counts, BUDGET).least).broken).toBeLessThanOrEqual(0.05);
  });

  it('is broken by picking the lowest threshold that looks good', () => {
    const { broken } = simulate(single, ({ rows }) => {
      let n = 0;
      let wrong = 0;
      let least: number | null = null;
      for (const row of rows) {
        n += row.n;
        wrong += row.wrong;
        if (wrong / n <= BUDGET / 1000) least = row.least;
      }
      return least;
    });
    expect(broken).toBeGreaterThan(0.3);
  });
});
