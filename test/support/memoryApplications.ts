import { type AccessEvent, type ApplicationInfo, InvalidInput, type Office } from '#core';

export interface MemoryApplications {
  readonly office: Pick<
    Office,
    'applications' | 'applicationEvents' | 'releaseAccount' | 'holdAccount' | 'lookAtApplication'
  >;
  /** Bots have used it, and it stands so. */
  application(info: Partial<ApplicationInfo> & Pick<ApplicationInfo, 'application'>): void;
}

type Account = ApplicationInfo['accounts'][number];

/** Applications as an office shows them, kept in memory: nobody works there. */
export function memoryApplications(): MemoryApplications {
  const known = new Map<string, ApplicationInfo>();
  const events: AccessEvent[] = [];
  const now = () => new Date().toISOString();
  const tell = (application: string, account: string | null, kind: string, facts: AccessEvent['facts']) =>
    void events.unshift({ at: now(), application, account, kind, facts });
  const change = (name: string, of: (account: Account) => Account) => {
    const info = known.get(name);
    if (info) known.set(name, { ...info, accounts: info.accounts.map(of) });
  };

  return {
    office: {
      applications: async () => [...known.values()],
      applicationEvents: async (limit) => events.slice(0, limit),
      async releaseAccount(application, account, person) {
        const isMeant = (one: Account) => one.state === 'held' && (account ?? one.account) === one.account;
        const held = known.get(application)?.accounts.filter(isMeant) ?? [];
        if (held.length === 0) throw new InvalidInput('not-held', 'application', 'No such account is held.');
        change(application, (one) => (isMeant(one) ? { ...one, state: 'free', code: null, since: null } : one));
        for (const { account: name } of held) tell(application, name, 'account-released', { by: person });
      },
      async holdAccount(application, account, person) {
        const one = known.get(application)?.accounts.find((each) => each.account === account);
        if (!one) throw new InvalidInput('unknown-account', 'account', 'No bot has used such an account.');
        change(application, (each) =>
          each === one ? { ...one, state: 'held', code: 'held-by-person', since: now() } : each,
        );
        tell(application, account, 'account-held', { code: 'held-by-person', by: person });
      },
      async lookAtApplication(application, person) {
        const info = known.get(application);
        if (info?.state !== 'parked') throw new InvalidInput('not-parked', 'application', 'It is not out of order.');
        known.set(application, { ...info, until: now() });
        tell(application, null, 'application-look', { by: person });
      },
    },
    application: (info) =>
      void known.set(info.application, {
        ...{ state: 'open', code: null, since: null, until: null, waiting: 0, soonest: null, failures: 0 },
        ...{ look: null, accounts: [], rules: null },
        ...info,
      }),
  };
}
