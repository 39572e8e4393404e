import type { MemoryApplications } from './memoryApplications.ts';

/** One that is out of order, one that lost an account, one that is closed: as an office may find them in the morning. */
export function someApplications(seed: Pick<MemoryApplications, 'application'>): void {
  const from = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const account = {
    state: 'free',
    holders: [],
    sessions: 1,
    code: null,
    since: null,
    passwordExpiresAt: null,
  } as const;
  seed.application({
    ...{ application: 'ledger', state: 'parked', code: 'application-slow', since: from(-25), until: from(9.4) },
    ...{ waiting: 12, soonest: from(95), failures: 3 },
    look: { at: from(-8.6), code: 'application-slow', inVain: 24, underWay: false },
    rules: {
      ...{ application: 'ledger', sessionsPerAccount: 2, paceSeconds: 5, hasCanary: true },
      openingHours: {
        timeZone: 'Europe/Vienna',
        weekly: ['mon-fri 06:30-19:00', 'sat 08:00-12:00'],
        maintenance: ['wed 12:30-13:15', { from: '2026-12-24T12:00', to: '2026-12-28T06:00' }],
      },
    },
    accounts: [
      { ...account, account: 'main', state: 'lent', holders: ['worker-7'], sessions: 2 },
      { ...account, account: 'night', sessions: 2 },
    ],
  });
  seed.application({
    ...{ application: 'sql-ledger', failures: 1 },
    look: { at: from(-600), code: null, inVain: 0, underWay: false },
    rules: {
      ...{ application: 'sql-ledger', sessionsPerAccount: 1, paceSeconds: null, hasCanary: false },
      openingHours: null,
    },
    accounts: [
      { ...account, account: 'main', state: 'lent', holders: ['worker-7'], passwordExpiresAt: from(4 * 1440) },
      { ...account, account: 'second', state: 'held', code: 'sign-in-refused', since: from(-40) },
    ],
  });
  seed.application({
    ...{ application: 'carrier-portal', state: 'closed', code: 'outside-hours', since: from(-90), until: from(540) },
    ...{ waiting: 1, soonest: from(600) },
    accounts: [{ ...account, account: 'main', passwordExpiresAt: from(60 * 1440) }],
  });
}
