import { describe, expect, it, vi } from 'vitest';
import { type Lease, LeaseLost, silentLogger } from '#core';
import { keepLease } from '../../queues/heartbeat.ts';
import { ManualClock } from '../support/clocks.ts';

const lease = { task: { id: 'task-1' }, token: 1, run: 'run-1' } as Lease;

function beating(renew: () => Promise<void>) {
  const clock = new ManualClock();
  const onLost = vi.fn<(error: LeaseLost) => void>();
  const renewed = vi.fn<(lease: Lease, seconds: number) => Promise<void>>(renew);
  const store = { tasks: { renew: renewed } };
  const heart = keepLease(lease, { store, leaseSeconds: 30, clock, log: silentLogger, onLost });
  return { clock, onLost, renewed, heart };
}

describe('the heartbeat', () => {
  it('renews every third of the lease, until it is stopped', async () => {
    const { clock, onLost, renewed, heart } = beating(async () => undefined);
    await clock.pass(60_000);
    expect(renewed).toHaveBeenCalledTimes(6);
    expect(renewed).toHaveBeenCalledWith(lease, 30);
    await heart.stop();
    await clock.pass(60_000);
    expect(renewed).toHaveBeenCalledTimes(6);
    expect(onLost).not.toHaveBeenCalled();
    expect(clock.sleeping).toBe(0);
  });

  it('tells at once when another worker has the lease', async () => {
    const { clock, onLost, renewed } = beating(() => Promise.reject(new LeaseLost('task-1')));
    await clock.pass(10_000);
    expect(onLost).toHaveBeenCalledOnce();
    await clock.pass(60_000);
    expect(renewed).toHaveBeenCalledOnce();
  });

  it('bears a database that is away for less than the lease', async () => {
    let away = true;
    const { clock, onLost } = beating(async () => {
      if (away) throw new Error('connection refused');
    });
    await clock.pass(20_000);
    away = false;
    await clock.pass(60_000);
    expect(onLost).not.toHaveBeenCalled();
  });

  it('tries again over another connection when a renewal gets no answer', async () => {
    const never = new Promise<void>(() => undefined);
    let tries = 0;
    const { clock, onLost, renewed } = beating(() => (++tries % 2 === 1 ? never : Promise.resolve()));
    await clock.pass(120_000);
    expect(onLost).not.toHaveBeenCalled();
    expect(renewed).toHaveBeenCalledTimes(12);
  });

  it.each([
    ['is away', () => Promise.reject(new Error('connection refused'))],
    ['hangs', () => new Promise<void>(() => undefined)],
  ])('gives the lease up for lost when the database %s for as long as it lasts', async (_name, renew) => {
    const { clock, onLost } = beating(renew);
    await clock.pass(29_000);
    expect(onLost).not.toHaveBeenCalled();
    await clock.pass(2_000);
    expect(onLost).toHaveBeenCalledOnce();
  });
});
