import { expect, it, vi } from 'vitest';
import { silentLogger } from '#core';
import { startReconciler } from '#queues';
import type { OpenLane } from '#store';
import { ManualClock } from '../support/clocks.ts';

function reconciling(open: () => Promise<readonly OpenLane[]>) {
  const clock = new ManualClock();
  const ticket = vi.fn<(lane: string, options?: { slot?: number }) => Promise<void>>(async () => undefined);
  const tickets = vi.fn<(lane: string) => Promise<number>>(async () => 1);
  const store = {
    openLanes: vi.fn<() => Promise<readonly OpenLane[]>>(open),
    isAsleep: vi.fn<(bot: string, seconds: number) => Promise<boolean>>(async () => true),
    noteMended: vi.fn<(what: object, onceInSeconds: number) => Promise<void>>(async () => undefined),
    sumUp: vi.fn<() => Promise<number>>(async () => 0),
    access: { wakeDue: vi.fn<() => Promise<readonly string[]>>(async () => []) },
  };
  const dispatch = { ticket, tickets };
  const options = { store, dispatch, lanes: ['invoice'], everySeconds: 10, clock, log: silentLogger };
  return { clock, ticket, tickets, store, reconciler: startReconciler(options) };
}

const lane = (bot: string, claimable: number): OpenLane => ({ bot, claimable, abandoned: 0 });

it('issues a ticket for each task a worker could take, in its own lanes only', async () => {
  const { reconciler, ticket } = reconciling(async () => [lane('invoice', 3), lane('elsewhere', 5)]);
  await reconciler.stop();
  ticket.mockClear();
  expect(await reconciler.reconcileOnce()).toEqual([{ ...lane('invoice', 3), tickets: 3, asleep: false }]);
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

it('keeps a lane down as mended that had work for a while and not one ticket, and no other', async () => {
  const { reconciler, tickets, store } = reconciling(async () => [lane('invoice', 30)]);
  await reconciler.stop();
  const round = async () => (await reconciler.reconcileOnce())[0]?.asleep;
  expect(await round()).toBe(false);
  tickets.mockRejectedValueOnce(new Error('Redis is away'));
  expect(await round()).toBe(false);
  tickets.mockResolvedValue(0);
  store.isAsleep.mockResolvedValueOnce(false);
  expect(await round()).toBe(false);
  expect(store.noteMended).not.toHaveBeenCalled();
  expect(await round()).toBe(true);
  expect(store.isAsleep).toHaveBeenLastCalledWith('invoice', 10);
  expect(store.noteMended).toHaveBeenCalledExactlyOnceWith({ kind: 'tickets-lost', bot: 'invoice', tasks: 30 }, 10);
});

it('counts what has ended with every round', async () => {
  const { reconciler, store } = reconciling(async () => []);
  await reconciler.stop();
  store.sumUp.mockClear();
  await reconciler.reconcileOnce();
  expect(store.sumUp).toHaveBeenCalledOnce();
});
