import { expect, it, vi } from 'vitest';
import { silentLogger } from '#core';
import { openAccountDesk } from '../../../runner/access/index.ts';
import { ManualClock } from '../../support/clocks.ts';
import { alone } from '../../support/memoryAccess.ts';
import { someApp } from '../../support/site.ts';

const ACCOUNT = { name: 'main', url: 'http://app.example/', user: 'bot', password: 'secret-password' };

it('an account that a person took out stays out, whatever its credentials are now', async () => {
  const { access, ...worker } = alone();
  const release = vi.fn<typeof access.release>(access.release);
  const heldByPerson = { account: 'main', code: 'held-by-person', since: '2026-03-31T12:00:00Z', fingerprint: null };
  const lend: typeof access.lend = async () => ({ state: 'held', accounts: [heldByPerson] });
  const desk = openAccountDesk({
    ...{ ...worker, access: { ...access, lend, release } },
    ...{ clock: new ManualClock(), log: silentLogger },
  });
  await expect(desk.borrow(someApp(), [ACCOUNT])).rejects.toMatchObject({ code: 'account-held', kind: 'throttled' });
  expect(release).not.toHaveBeenCalled();
});
