import { describe, expect, it, vi } from 'vitest';
import { type AccountLoan, SessionLost, silentLogger } from '#core';
import { keepLoan } from '../../../runner/access/keeping.ts';
import { ManualClock } from '../../support/clocks.ts';

const loan: AccountLoan = { application: 'ledger', account: 'main', slot: 0, token: 1, kept: false, probe: false };

function keeping(renew: () => Promise<void>) {
  const clock = new ManualClock();
  const renewing = vi.fn<() => Promise<void>>(renew);
  const kept = keepLoan(loan, { access: { renew: renewing }, seconds: 30, clock, log: silentLogger });
  const lost = vi.fn<(error: unknown) => void>();
  kept.lost.catch(lost);
  return { clock, renewing, kept, lost };
}

describe('a loan', () => {
  it('is renewed every third of it, until it is stopped', async () => {
    const { clock, renewing, kept, lost } = keeping(async () => {});
    await clock.pass(95_000);
    expect(renewing).toHaveBeenCalledTimes(9);
    kept.stop();
    await clock.pass(60_000);
    expect(renewing).toHaveBeenCalledTimes(9);
    expect(lost).not.toHaveBeenCalled();
  });

  it('is lost as soon as it is another’s', async () => {
    const { clock, renewing, lost } = keeping(async () => {
      throw new SessionLost('account-lost', 'Given away.');
    });
    await clock.pass(11_000);
    expect(lost).toHaveBeenCalledOnce();
    await clock.pass(60_000);
    expect(renewing).toHaveBeenCalledOnce();
  });

  it('outlives a database that is away for a moment, and no more', async () => {
    let away = true;
    const { clock, lost } = keeping(async () => {
      if (away) throw new Error('connection refused');
    });
    await clock.pass(25_000);
    expect(lost).not.toHaveBeenCalled();
    away = false;
    await clock.pass(10_000);
    away = true;
    await clock.pass(20_000);
    expect(lost).not.toHaveBeenCalled();
    await clock.pass(10_000);
    expect(lost).toHaveBeenCalledWith(expect.objectContaining({ code: 'account-lost', kind: 'session-lost' }));
  });

  it('outlives a renewal that gets no answer, and is lost in time where none gets one', async () => {
    const never = new Promise<void>(() => undefined);
    let tries = 0;
    const { clock, renewing, lost } = keeping(() => (++tries % 2 === 1 || tries > 10 ? never : Promise.resolve()));
    await clock.pass(100_000);
    expect(renewing).toHaveBeenCalledTimes(10);
    expect(lost).not.toHaveBeenCalled();
    await clock.pass(29_000);
    expect(lost).not.toHaveBeenCalled();
    await clock.pass(1_000);
    expect(lost).toHaveBeenCalledWith(expect.objectContaining({ code: 'account-lost' }));
  });
});
