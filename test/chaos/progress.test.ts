import { expect, it } from 'vitest';
import { progressWithin } from '../../chaos/progress.ts';

it('waits as long as there are fewer tasks open, and no longer for those that are stuck', () => {
  let now = 0;
  const progress = progressWithin(300, () => now);
  const hear = (tasks: number) => progress.hear({ say: 'open', tasks, runs: 1 });
  hear(40);
  now = 290_000;
  hear(39);
  expect(progress.secondsLeft()).toBe(300);
  now = 580_000;
  // One that was given back and taken again is no progress.
  for (const tasks of [40, 39]) hear(tasks);
  progress.hear({ say: 'drawing' });
  expect(progress.secondsLeft()).toBe(10);
  now = 600_000;
  expect(progress.secondsLeft()).toBe(0);
});
