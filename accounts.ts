import type { Config } from '#config';
import { type Clock, InvalidInput, type Logger, type Store } from '#core';
import type { Account } from '#runner';
import { keySource, openVault, type Vault, type VaultAccount } from '#vault';

type CredentialsStore = Pick<Store, 'credentials' | 'now'>;

/** Days before a password's last one on which it is foretold. */
const FORETOLD_DAYS = 14;

const DAY_MS = 86_400_000;

/** The accounts of this installation; the environment's counts only for applications of which the vault holds none. */
export function openAccounts(
  config: Config,
  store: CredentialsStore,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): (application: string) => Promise<readonly Account[]> {
  const vault = vaultOf(config, store, clock);
  const told = new Set<string>();

  /** Sessions ask again and again; a person need not read the same again and again. */
  function tellOnce(message: string, facts: object): void {
    const line = JSON.stringify([message, facts]);
    if (!told.has(line)) log.warn(facts, message);
    told.add(line);
  }

  /** Rejects with InvalidInput where nobody set an account, with SystemException where the vault's do not open. */
  async function accounts(application: string): Promise<readonly Account[]> {
    const sealed = await vault.accounts(application);
    if (sealed.length === 0) return [environmentAccount(config, application)];
    if (config.apps[application]) tellOnce('account of the environment not used: the vault has one', { application });
    return sealed.map((account) => {
      const days = daysUntil(account.expires, clock.now());
      if (days !== undefined && days <= FORETOLD_DAYS) {
        tellOnce('password ends soon', { application, account: account.name, days });
      }
      return changing(application, account);
    });
  }

  /** The password may be changed, or the account removed, while a worker goes on with it. */
  function changing(application: string, account: VaultAccount): Account {
    return Object.assign(account, {
      current: async () => {
        const now = (await vault.accounts(application)).find(({ name }) => name === account.name);
        if (now) return now;
        throw missing(application);
      },
    });
  }

  return accounts;
}

/** The vault on this store, with the keys of the settings. */
export function vaultOf({ key, keyFile }: Config, store: CredentialsStore, clock: Clock): Vault {
  return openVault({ store: store.credentials, keys: keySource({ key, keyFile }), now: store.now, clock });
}

/** Whole days from that time until the end of that ISO date, below 0 when it is over; undefined without one. */
export function daysUntil(date: string | null, ms: number): number | undefined {
  return date === null ? undefined : Math.floor((Date.parse(date) + DAY_MS - ms) / DAY_MS);
}

function environmentAccount({ apps }: Config, application: string): Account {
  const account = apps[application];
  if (!account) throw missing(application);
  return { name: 'main', url: account.url, user: account.user, password: account.password.reveal() };
}

function missing(application: string): InvalidInput {
  const variables = ['URL', 'USER', 'PASSWORD'].map(
    (part) => `REKEY_APP_${application.toUpperCase().replaceAll('-', '_')}_${part}`,
  );
  return new InvalidInput(
    'account-missing',
    variables.join(', '),
    `A bot uses ${application}: say \`rekey credentials set ${application}\`, or set ${variables.join(', ')}.`,
  );
}
