import { describe, expect, it } from 'vitest';
import type { Fault } from '../../chaos/fault.ts';
import type { Pair } from '../../chaos/quick.ts';
import type { Ran } from '../../chaos/run.ts';
import { saysLeftOut, splitBy, verdictOf } from '../../chaos/verdict.ts';

const named = (name: string, more: Partial<Fault> = {}): Pair => ({
  fault: { name, profiles: ['postgres'], points: () => [], strike: async () => undefined, ...more },
  profile: 'postgres',
});
const matrix = named('matrix', { crashMatrix: true, needs: ['browser'] });
const form = named('form', { needs: ['browser'] });
const disk = named('disk', { needs: ['root'] });
const plain = named('plain');

const findings = { lost: [], duplicated: [], wrong: [], unexplained: [] };
const kept = (pair: Pair): Ran => ({
  strike: { ...pair, point: 'any' },
  judged: { tasks: 1, takeoverSeconds: null, findings },
});

describe('a machine that has no browser', () => {
  const { possible, left } = splitBy({ browser: false, root: true }, [matrix, form, disk, plain]);

  it('is told what it left out, by name and count', () => {
    expect(possible).toEqual([disk, plain]);
    expect(saysLeftOut(left, 4)).toEqual(['Not tried for lack of a browser, 2 of 4: matrix postgres, form postgres.']);
  });

  it('has not passed, however well the rest did', () => {
    expect(verdictOf(possible.map(kept), left)).toBe(69);
  });
});

describe('a machine whose user may not fill disks', () => {
  it('passes without: that is documented, and said', () => {
    const { possible, left } = splitBy({ browser: true, root: false }, [matrix, disk]);
    expect(saysLeftOut(left, 2)).toEqual(['Not tried for lack of root’s rights, 1 of 2: disk postgres.']);
    expect(verdictOf(possible.map(kept), left)).toBe(0);
  });

  it('has not passed when it was asked for nothing else', () => {
    const { possible, left } = splitBy({ browser: true, root: false }, [disk]);
    expect(verdictOf(possible.map(kept), left)).toBe(69);
  });
});

describe('a run for which there was too little time', () => {
  it('passes without what the seed dealt last, and not without the crash matrix', () => {
    expect(verdictOf([kept(matrix)], [{ pair: form, lack: 'time' }])).toBe(0);
    expect(verdictOf([kept(form)], [{ pair: matrix, lack: 'time' }])).toBe(69);
  });
});

describe('a broken promise', () => {
  it('is said before anything that was left out', () => {
    const broken: Ran = { strike: kept(plain).strike, judged: undefined };
    expect(verdictOf([broken], [{ pair: matrix, lack: 'browser' }])).toBe(1);
  });

  it('is a control that showed nothing, beside one that did', () => {
    const control = (duplicated: readonly string[]): Ran => ({
      strike: { ...plain, point: 'any', without: 'look-up' },
      judged: { tasks: 1, takeoverSeconds: null, findings: { ...findings, duplicated } },
    });
    expect(verdictOf([kept(plain), control(['a voucher']), control([])], [])).toBe(1);
    expect(verdictOf([kept(plain), control(['a voucher'])], [])).toBe(0);
  });
});
