import { expect, it } from 'vitest';
import { silentLogger } from '#core';
import type { Fault } from '../../chaos/fault.ts';
import { type RunOptions, strikesOf } from '../../chaos/run.ts';

const fault: Fault = {
  name: 'any',
  profiles: ['postgres'],
  points: ({ quick }) => (quick ? ['little'] : ['much', 'more']),
  controls: () => [{ point: 'much', without: 'look-up' }],
  strike: async () => undefined,
};

const pointsOf = async (quick: boolean, ...points: string[]) => {
  const nowhere = { places: async () => Promise.reject(new Error('nowhere')), close: async () => undefined };
  const options: RunOptions = {
    ...{ quick, points, seed: '1', folder: '', browser: '', log: silentLogger, tell: () => undefined, ground: nowhere },
  };
  return (await strikesOf(fault, 'postgres', options)).map(({ point, without }) =>
    without ? `without: ${point}` : point,
  );
};

it.each([
  [false, [], ['much', 'more', 'without: much']],
  [true, [], ['little', 'without: much']],
  // A point that is named is struck whichever kind of run it is of.
  [true, ['more'], ['more', 'without: much']],
  [false, ['little'], ['little', 'without: much']],
  // One of another fault would strike nothing here and show nothing.
  [false, ['under load'], []],
  [false, ['under load', 'more'], ['more', 'without: much']],
])('a fault strikes at its own points alone (quick: %s, asked for: %j)', async (quick, asked, struck) => {
  expect(await pointsOf(quick, ...asked)).toEqual(struck);
});
