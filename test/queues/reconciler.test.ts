import { expect, it, vi } from 'vitest';
import { silentLogger } from '#core';
import { startReconciler } from '#queues';
import type { OpenLane } from '#store';
import { ManualClock } from '../support/clocks.ts';

function reconciling(open: () => Promise<readonly OpenLane[]>) {
  const clock = new ManualClock();
  const ticket = vi.fn<(lane: string, options?: { slot?: number }) => Promise<void>>(async () => undefined);
  const dispatch = { ticket, work: vi.fn<() => never>(), close: vi.fn<() => never>() };
  const wakeDue = vi.fn<() => Promise<readonly string[]>>(async () => []);
  const store = { openLanes: vi.fn<() => Promise<readonly OpenLane[]>>(open), access: { wakeDue } };
  const options = { store, dispatch, lanes: ['invoice'], everySeconds: 10, clock, log: silentLogger };
  return { clock, ticket, store, reconciler: startReconciler(options) };
}

const lane = (bot: string, claimable: number): OpenLane => ({ bot, claimable, abandoned: 0, idleSeconds: null });

it('issues a ticket for each task a worker could take, in its own lanes only', async () => {
  const { reconciler, ticket } = reconciling(async () => [lane('invoice', 3), lane('elsewhere', 5)]);
  await reconciler.stop();
  ticket.mockClear();
  expect(await reconciler.reconcileOnce()).toEqual([{ ...lane('invoice', 3), tickets: 3 }]);
  expect(ticket.mock.calls.map(([name]) => name)).toEqual(['invoice', 'invoice', 'invoice']);
});

it('issues no more than workers can use, each round in other slots', async () => {
  const { reconciler, ticket } = reconciling(async () => [lane('invoice', 5000)]);
  await reconciler.stop();
  ticket.mockClear();
  await reconciler.reconcileOnce();
  await reconciler.reconcileOnce();
  const slots = ticket.mock.calls.map(([, options]) => options?.slot);
  expect(slots).toHaveLength(32);
  expect(new Set(slots).size).toBe(32);
});

it('comes round again and again, also after a round that failed', async () => {
  const open = vi.fn<() => Promise<readonly OpenLane[]>>(async () => []);
  open.mockRejectedValueOnce(new Error('database away'));
  const { reconciler, clock } = reconciling(open);
  await clock.pass(35_000);
  expect(open).toHaveBeenCalledTimes(4);
  await reconciler.stop();
  await clock.pass(35_000);
  expect(open).toHaveBeenCalledTimes(4);
});
