import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../extractors/fields/lines.ts';
import type { Candidate } from '../../../extractors/fields/nearLabel.ts';
import { adds, choose, inOrder, provenBy } from '../../../extractors/schema/rules.ts';
import { pageOf } from '../paper.ts';

const [line] = layOut([pageOf([[80, 100, 'somewhere']])]).lines;
const at = (value: string, score: number): Candidate<string> => ({
  value,
  score,
  tokens: line!.tokens,
  line: line!,
  evidence: ['label'],
});
const valuesOf = (choice: ReturnType<typeof choose>) =>
  Object.fromEntries(Object.entries(choice).map(([name, candidate]) => [name, candidate?.value ?? null]));

describe('choose', () => {
  const sums = adds(['net', 'tax'], 'total');

  it('lets arithmetic overrule a better place', () => {
    const candidates = new Map([
      ['net', [at('100.00', 0.9)]],
      ['tax', [at('19.00', 0.8)]],
      ['total', [at('100.00', 0.9), at('119.00', 0.6)]],
    ]);
    const choice = choose(candidates, [sums], new Set());
    expect(valuesOf(choice)).toEqual({ net: '100.00', tax: '19.00', total: '119.00' });
    expect(provenBy('total', choice, [sums])).toEqual(['sums']);
  });

  it('takes no proof from nothing', () => {
    expect(sums.kept({ net: '100.00', tax: '0.00', total: '100.00' }, {})).toBeNull();
    expect(sums.kept({ net: null, tax: '0.00', total: '100.00' }, {})).toBeNull();
  });

  it('does not let a witness decide by its own place', () => {
    const candidates = new Map([
      ['net', [at('80.00', 0.95)]],
      ['tax', [at('7.00', 0.95)]],
      ['total', [at('500.00', 0.6), at('1.00', 0.3)]],
    ]);
    expect(valuesOf(choose(candidates, [sums], new Set(['net', 'tax'])))).toMatchObject({ total: '500.00' });
  });

  it('keeps days in order', () => {
    const candidates = new Map([
      ['from', [at('2026-05-01', 0.8)]],
      ['to', [at('2026-04-01', 0.8), at('2026-06-01', 0.7)]],
    ]);
    expect(valuesOf(choose(candidates, [inOrder('from', 'to')], new Set()))).toMatchObject({ to: '2026-06-01' });
  });

  it('takes the best of each field where no rule binds them', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
    fc.assert(
      fc.property(scores, scores, (one, other) => {
        const ranked = (all: readonly number[]) =>
          all.toSorted((a, b) => b - a).map((score) => at(String(score), score));
        const choice = choose(
          new Map([
            ['a', ranked(one)],
            ['b', ranked(other)],
          ]),
          [],
          new Set(),
        );
        expect(choice['a']?.score ?? 0).toBe(Math.max(0, ...one));
        expect(choice['b']?.score ?? 0).toBe(Math.max(0, ...other));
      }),
    );
  });
});
