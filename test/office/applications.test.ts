import { expect, it, vi } from 'vitest';
import type { ApplicationState } from '#core';
import { applicationFindings } from '../../cli/applications.ts';
import { applicationsIn } from '../../office/applications.ts';
import { someNeed } from '../support/applications.ts';
import { alone } from '../support/memoryAccess.ts';

it('lets a held account go once, and gives the lanes that waited work', async () => {
  const { access } = alone();
  const ticket = vi.fn<(lane: string) => Promise<void>>(async () => {});
  const release = vi.fn<typeof access.release>(async (...asked) => (await access.release(...asked)) && ['a', 'b']);
  const office = applicationsIn({ ...access, release }, { ticket }, []);
  const need = someNeed();
  const lending = await access.lend(need);
  if (lending.state !== 'lent') throw new Error('not lent');
  await access.hold(lending.loan, 'sign-in-refused', 'print');
  await office.releaseAccount(need.application, 'main', 'ann');
  expect(release).toHaveBeenCalledWith(need.application, 'main', 'ann');
  expect(ticket.mock.calls).toEqual([['a'], ['b']]);
  await expect(office.releaseAccount(need.application, 'main', 'ann')).rejects.toMatchObject({ code: 'not-held' });
});

const SINCE = '2026-03-31T12:00:00.000Z';
const account = { account: 'main', holders: [], sessions: 1, code: null, since: null, passwordExpiresAt: null };
const application = (changes: Partial<ApplicationState>): ApplicationState => ({
  ...{ application: 'ledger', state: 'open', code: null, since: null, until: null, waiting: 0 },
  ...{ soonest: null, failures: 0, look: null },
  accounts: [{ ...account, state: 'free' }],
  ...changes,
});

it.each([
  ['open', application({}), true],
  ['closed by its hours', application({ state: 'closed', code: 'outside-hours', since: SINCE, until: SINCE }), true],
  ['out of order', application({ state: 'parked', code: 'application-slow', since: SINCE, waiting: 5 }), false],
  ['at work with one account less', application({ accounts: [{ ...account, state: 'held', since: SINCE }] }), false],
])('the doctor finds an application %s', (_, state, ok) => {
  const [finding] = applicationFindings([state]);
  expect(finding).toMatchObject({ check: 'application ledger', ok });
  if (state.code) expect(finding?.found).toContain(state.code);
  if (!ok && state.state === 'open') expect(finding?.found).toContain('main');
});
