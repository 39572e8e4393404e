import type { AccessStore, AccountLoan, HeldAccount } from '#core';
import { SessionLost } from '#core';

/** What sessions need to know of other workers, where there are none. */
export const alone = () => ({ access: memoryAccess(), holder: 'alone', onWork: () => {} });

/** Accounts of one worker alone, in memory: lent and held as the store's are, in applications that are always in order. */
function memoryAccess(): AccessStore {
  const lent = new Set<string>();
  const tokens = new Map<string, number>();
  const held = new Map<string, HeldAccount & { readonly application: string }>();
  const placeOf = (...place: readonly (string | number)[]) => JSON.stringify(place);
  const placeOfLoan = ({ application, account, slot }: AccountLoan) => placeOf(application, account, slot);
  const mustBeOurs = (loan: AccountLoan) => {
    const place = placeOfLoan(loan);
    if (!lent.has(place) || tokens.get(place) !== loan.token) throw new SessionLost('account-lost', 'Given away.');
  };
  const now = () => new Date().toISOString();

  return {
    async lend({ application, accounts, sessions }) {
      const usable = accounts.filter((account) => !held.has(placeOf(application, account)));
      if (usable.length === 0) return { state: 'held', accounts: [...held.values()] };
      for (const account of usable) {
        for (let slot = 0; slot < sessions; slot++) {
          const place = placeOf(application, account, slot);
          if (lent.has(place)) continue;
          const token = (tokens.get(place) ?? 0) + 1;
          lent.add(place);
          tokens.set(place, token);
          return { state: 'lent', loan: { application, account, slot, token, kept: token > 1, probe: false } };
        }
      }
      return { state: 'busy' };
    },
    renew: async (loan) => mustBeOurs(loan),
    check: async (loan) => mustBeOurs(loan),
    untilTurn: async () => 0,
    takeTurn: async () => 0,
    async giveBack(loan) {
      if (tokens.get(placeOfLoan(loan)) === loan.token) lent.delete(placeOfLoan(loan));
      return { lanes: [], parked: false };
    },
    recovered: async () => [],
    async hold({ application, account }, code, fingerprint) {
      const place = placeOf(application, account);
      if (held.has(place)) return false;
      held.set(place, { application, account, code, since: now(), fingerprint });
      return true;
    },
    heldAccounts: async (application) => [...held.values()].filter((each) => each.application === application),
    async release(application, account) {
      const ours = [...held].filter(([, each]) => each.application === application);
      const gone = ours.filter(([, each]) => account === undefined || each.account === account);
      for (const [place] of gone) held.delete(place);
      return gone.length > 0 ? [] : undefined;
    },
    takeOut: async () => false,
    lookNow: async () => undefined,
    passwordExpires: async () => false,
    closed: async () => {},
    wakeDue: async () => [],
    applications: async () => [],
    events: async () => [],
    now: async () => now(),
  };
}
