import { type Clock, type CredentialStore, RekeyError, type SealedCredentials, Throttled } from '#core';
import { VaultAccount } from './account.ts';
import { type Credentials, readCredentials, writeCredentials } from './credentials.ts';
import type { Keyring, KeySource } from './keyring.ts';
import { type Owner, rewrap, seal, unseal } from './seal.ts';
import { codeOf, periodAt } from './totp.ts';

/** One account as a person may see it. */
export interface VaultEntry extends Owner {
  readonly keyId: string;
  /** What it signs in with, without what is secret of it; the code of the error where it does not open. */
  readonly opened: Readonly<{ url: string; user: string; totp: boolean; expires: string | null }> | string;
}

/** Credentials of application accounts. All methods reject with SystemException where the keys at hand do not open what is stored. */
export interface Vault {
  put(owner: Owner, credentials: Credentials): Promise<void>;
  remove(owner: Owner): Promise<boolean>;
  /** Shows also what does not open. */
  list(): Promise<readonly VaultEntry[]>;
  /** An application's accounts, by name; none where the vault holds none, and then no key is needed. */
  accounts(application: string): Promise<readonly VaultAccount[]>;
  /** Seals every data key with the current key; what is being read meanwhile opens with the old one or the new one. */
  rotate(): Promise<{ readonly rewrapped: number; readonly already: number }>;
}

export interface VaultOptions {
  readonly store: CredentialStore;
  readonly keys: KeySource;
  /** The database's clock: one-time codes go by the true time, whatever this machine takes it for. */
  readonly now: () => Promise<string>;
  readonly clock: Pick<Clock, 'sleep'>;
}

export function openVault({ store, keys, now, clock }: VaultOptions): Vault {
  async function accounts(application: string): Promise<readonly VaultAccount[]> {
    const sealed = await store.list(application);
    if (sealed.length === 0) return [];
    const keyring = await keys();
    return sealed.map((each) => accountOf(each, keyring));
  }

  function accountOf(sealed: SealedCredentials, keyring: Keyring): VaultAccount {
    const open = () => readCredentials(unseal(keyring, sealed));
    const { totp } = open();
    const codes = totp ? oneTimeCodes(sealed, totp.period, (period) => codeOf(open().totp!, period)) : undefined;
    return new VaultAccount(sealed.account, open, codes);
  }

  /** Gives codes nobody was given before: applications refuse one that is used twice. */
  function oneTimeCodes({ application, account }: Owner, seconds: number, code: (period: number) => string) {
    return async () => {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const time = Date.parse(await now());
        const period = periodAt(seconds, time);
        if (await store.takePeriod(application, account, period)) return code(period);
        await clock.sleep((period + 1) * seconds * 1000 - time);
      }
      throw new Throttled(
        'code-taken',
        `Other runs took every one-time code of ${application}/${account}; let fewer sign in at a time.`,
        { afterSeconds: seconds },
      );
    };
  }

  return {
    accounts,
    put: async (owner, credentials) => store.put(seal(await keys(), owner, writeCredentials(credentials))),
    remove: ({ application, account }) => store.remove(application, account),

    async list() {
      const sealed = await store.list();
      if (sealed.length === 0) return [];
      const keyring = await keys().catch(faultOf);
      return sealed.map((each) => entryOf(each, keyring));
    },

    async rotate() {
      const keyring = await keys();
      const counts = { rewrapped: 0, already: 0 };
      for (const sealed of await store.list()) {
        const to = rewrap(keyring, sealed);
        // Where somebody set it anew meanwhile, that was sealed with a key of its own choice.
        if (to === undefined) counts.already++;
        else if (await store.rewrap(sealed, to)) counts.rewrapped++;
      }
      return counts;
    },
  };
}

/** Periods a run waits for a code of its own before it gives its place up. */
const MOST_TRIES = 3;

function entryOf(sealed: SealedCredentials, keyring: Keyring | RekeyError): VaultEntry {
  const { application, account, keyId } = sealed;
  return { application, account, keyId, opened: openedOf(sealed, keyring) };
}

function openedOf(sealed: SealedCredentials, keyring: Keyring | RekeyError): VaultEntry['opened'] {
  try {
    if (keyring instanceof RekeyError) return keyring.code;
    const { url, user, totp, expires } = readCredentials(unseal(keyring, sealed));
    return { url, user, totp: totp !== null, expires };
  } catch (error) {
    return faultOf(error).code;
  }
}

/** What a person should know instead of being refused the whole list; anything else is thrown on. */
function faultOf(error: unknown): RekeyError {
  if (error instanceof RekeyError) return error;
  throw error;
}
