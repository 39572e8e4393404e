import { describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../chaos/fault.ts';
import {
  isNeverLeftOut,
  nameOf,
  type Pair,
  type Patience,
  quickOrder,
  quickPatience,
  quickStop,
  strikeInTime,
} from '../../chaos/quick.ts';
import type { Ran, Strike } from '../../chaos/run.ts';

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

  it('begins nothing for which there is no time, counted from the start of its process', () => {
    let now = 8000;
    const patience = quickPatience(() => now);
    expect(patience.begins(short[0]!)).toBe(true);
    now = 170_000;
    expect(patience.begins(short[1]!)).toBe(true);
    now = 171_000;
    expect(patience.begins(short[2]!)).toBe(false);
  });

  it('leaves more time to those that need a browser', () => {
    const patience = quickPatience(() => 136_000);
    expect(patience.begins(named('clicks', { needs: ['browser'] }))).toBe(false);
    expect(patience.begins(short[0]!)).toBe(true);
  });

  it('stops earlier where everything takes longer', () => {
    let now = 0;
    const patience = quickPatience(() => now);
    for (const pair of [short[0]!, long]) patience.begins(pair);
    now = 60_000;
    patience.ended(short[0]!);
    now = 150_000;
    patience.ended(long);
    expect(patience.begins(short[1]!)).toBe(true);
    now = 151_000;
    expect(patience.begins(short[2]!)).toBe(false);
  });
});

describe('in a quick run, what has not ended when it must', () => {
  it('is given up by the clock of its process, at once where it is late already', async () => {
    expect(quickStop(() => 1234.567).aborted).toBe(false);
    const late = quickStop(() => 900_000.5);
    await vi.waitFor(() => expect(late.aborted).toBe(true));
  });

  const patience: Patience = { begins: () => true, ended: () => undefined };
  const [kept, broken, slow] = ['kept', 'broken', 'slow'].map((name) => named(name)) as [Pair, Pair, Pair];
  const strikesOf = ({ fault, profile }: Pair): Strike[] =>
    ['first', 'second'].map((point) => ({ fault, profile, point }));
  const ranAt = (strike: Strike, lost: readonly string[] = []): Ran => ({
    strike,
    judged: { tasks: 1, takeoverSeconds: null, findings: { lost, duplicated: [], wrong: [], unexplained: [] } },
  });
  const never = new Promise<never>(() => undefined);
  const namesOf = (pairs: readonly Pair[]) => pairs.map(nameOf);

  it('is given up and counts as never tried, but for a promise that it broke before', async () => {
    const stop = new AbortController();
    const made: string[] = [];
    const { ran, left } = await strikeInTime(
      [kept, broken, slow, short[0]!],
      {
        plan: async (pair) => strikesOf(pair),
        make: async (strike) => {
          const { fault, point } = strike;
          made.push(`${fault.name} ${point}`);
          if (fault !== kept.fault && point === 'second') {
            if (fault === slow.fault) stop.abort();
            return never;
          }
          return ranAt(strike, fault === broken.fault ? ['a task'] : []);
        },
      },
      { lanes: 3, patience, stop: stop.signal, tidySeconds: 0 },
    );
    expect(ran.map(({ strike }) => `${strike.fault.name} ${strike.point}`)).toEqual([
      ...['kept first', 'kept second'],
      'broken first',
    ]);
    expect(namesOf(left)).toEqual(namesOf([slow, short[0]!]));
    expect(made).not.toContain('a first');
  });

  it('is not made to look broken by being given up', async () => {
    const stop = new AbortController();
    const { ran, left } = await strikeInTime(
      [slow],
      {
        plan: async (pair) => strikesOf(pair),
        make: async (strike) => {
          stop.abort();
          return { strike, judged: undefined };
        },
      },
      { lanes: 1, patience, stop: stop.signal, tidySeconds: 60 },
    );
    expect(ran).toEqual([]);
    expect(namesOf(left)).toEqual(namesOf([slow]));
  });

  it('does not wait for what cannot be planned', async () => {
    const stop = new AbortController();
    setImmediate(() => stop.abort());
    const hands = { plan: () => never, make: () => never };
    const { left } = await strikeInTime([matrix, slow], hands, {
      ...{ lanes: 2, patience, stop: stop.signal, tidySeconds: 0 },
    });
    expect(namesOf(left)).toEqual(namesOf([matrix, slow]));
  });
});

it('a quick run plans the crash matrix beside what waits for long', async () => {
  const planned: string[] = [];
  const ended = Promise.withResolvers<void>();
  const plan = async (pair: Pair): Promise<Strike[]> => {
    planned.push(nameOf(pair));
    if (pair === matrix) ended.resolve();
    if (pair === long) await ended.promise;
    return [];
  };
  const make = () => Promise.reject(new Error('There is nothing to make.'));
  const patience: Patience = { begins: () => true, ended: () => undefined };
  const { left } = await strikeInTime(
    [long, matrix, short[0]!],
    { plan, make },
    { ...{ lanes: 1, patience, stop: new AbortController().signal } },
  );
  expect(left).toEqual([]);
  expect(planned).toEqual([long, matrix, short[0]!].map(nameOf));
});
