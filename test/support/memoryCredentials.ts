import type { CredentialStore, SealedCredentials } from '#core';

/** Sealed credentials in memory, for tests of what is built on them. */
export function memoryCredentials(): CredentialStore {
  const rows = new Map<string, SealedCredentials>();
  const periods = new Map<string, number>();
  const nameOf = (application: string, account: string) => JSON.stringify([application, account]);
  return {
    put: async (sealed) => void rows.set(nameOf(sealed.application, sealed.account), sealed),
    list: async (application) =>
      [...rows]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, row]) => row)
        .filter((row) => application === undefined || row.application === application),
    remove: async (application, account) => rows.delete(nameOf(application, account)),
    rewrap: async (from, to) => {
      const name = nameOf(from.application, from.account);
      const row = rows.get(name);
      if (row?.wrappedKey !== from.wrappedKey) return false;
      rows.set(name, { ...row, ...to });
      return true;
    },
    takePeriod: async (application, account, period) => {
      const name = nameOf(application, account);
      if (!rows.has(name) || (periods.get(name) ?? -1) >= period) return false;
      periods.set(name, period);
      return true;
    },
  };
}
