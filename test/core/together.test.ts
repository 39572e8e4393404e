import { expect, it, vi } from 'vitest';
import { together } from '#core';

it('does together what is asked for while it is busy, and a single thing at once', async () => {
  const gate = Promise.withResolvers<void>();
  const doAll = vi.fn(async (items: readonly number[]) => {
    if (items.includes(1)) await gate.promise;
    return items.map((item) => item * 10);
  });
  const times10 = together(3, doAll);
  const first = times10(1);
  await vi.waitFor(() => expect(doAll).toHaveBeenCalledOnce());
  const rest = [2, 3, 4, 5].map(times10);
  gate.resolve();
  expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40, 50]);
  expect(doAll.mock.calls.map(([items]) => items)).toEqual([[1], [2, 3, 4], [5]]);
});

it('lets one item’s fault be its own, and another’s fault everyone’s', async () => {
  const doAll = async (items: readonly string[]) => {
    if (items.includes('away')) throw new Error('connection lost');
    if (items.includes('bad')) throw new RangeError('bad');
    return items;
  };
  const echo = together(10, doAll, (error) => error instanceof RangeError);
  const outcomes = async (...items: string[]) => {
    const settled = await Promise.allSettled(items.map(echo));
    return settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message));
  };
  expect(await outcomes('a', 'bad', 'b')).toEqual(['a', 'bad', 'b']);
  expect(await outcomes('a', 'away', 'b')).toEqual(['connection lost', 'connection lost', 'connection lost']);
  expect(await outcomes('c')).toEqual(['c']);
});
