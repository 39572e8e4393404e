import { type Command, InvalidArgumentError } from 'commander';
import { Secret, silentLogger, systemClock } from '#core';
import { keySource, newKey, readTotpSecret, type Vault, type VaultEntry } from '#vault';
import { vaultOf } from '../accounts.ts';
import { askSecrets } from './prompt.ts';
import { print, show } from './show.ts';
import { settings } from './surroundings.ts';

interface Named {
  readonly account: string;
}

interface NewCredentials extends Named {
  readonly url: string;
  readonly user: string;
  readonly totp: boolean;
  readonly expires?: string;
}

export function credentialCommands(program: Command): void {
  const credentials = program
    .command('credentials')
    .description('Accounts that bots sign in with, sealed in the record.');

  credentials
    .command('list', { isDefault: true })
    .description('List the accounts, without what is secret of them.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      showAccounts(await withVault((vault) => vault.list()), json);
    });

  credentials
    .command('set')
    .description('Set an account; its password is asked for, or read from stdin.')
    .argument('<application>', 'its name in `bots/apps`', kebab)
    .option('--account <name>', 'tells it from the application’s other accounts', kebab, 'main')
    .requiredOption('--url <address>', 'where the application is', webAddress)
    .requiredOption('--user <name>', 'who signs in')
    .option('--totp', 'ask for the secret of its one-time codes, too', false)
    .option('--expires <date>', 'last day of the password, such as 2026-12-31', isoDate)
    .action(setCredentials);

  credentials
    .command('remove')
    .description('Forget an account.')
    .argument('<application>')
    .option('--account <name>', 'which of its accounts', 'main')
    .action(async (application: string, { account }: Named) => {
      const gone = await withVault((vault) => vault.remove({ application, account }));
      print(gone ? 'Removed.' : 'There is no such account.');
    });

  credentials
    .command('rotate')
    .description('Seal everything with the current key, so that older ones can go.')
    .action(async () => {
      const { rewrapped, already } = await withVault((vault) => vault.rotate());
      print(`${rewrapped} sealed anew, ${already} had the current key already.`);
    });

  credentials
    .command('new-key')
    .description('Print a new key for REKEY_KEY or its file.')
    .action(() => print(newKey()));
}

async function setCredentials(application: string, given: NewCredentials): Promise<void> {
  const { account, url, user, totp: hasCodes, expires = null } = given;
  // Nobody types a password to hear afterwards that there is no key to seal it with.
  await keySource(settings())();
  const [password, shown] = await askSecrets('password', ...(hasCodes ? ['secret of the one-time codes'] : []));
  const totp = shown === undefined ? null : readTotpSecret(shown);
  await withVault((vault) =>
    vault.put({ application, account }, { url, user, password: new Secret(password!), totp, expires }),
  );
  print(`${application}/${account} is set.`);
}

/** Opens the record without starting anything that works on it. */
async function withVault<R>(act: (vault: Vault) => Promise<R>): Promise<R> {
  const config = settings();
  const { openRecord } = await import('../record.ts');
  const store = await openRecord(config, silentLogger);
  try {
    return await act(vaultOf(config, store, systemClock));
  } finally {
    await store.close();
  }
}

function showAccounts(entries: readonly VaultEntry[], json: boolean): void {
  show<VaultEntry>(
    entries,
    json,
    [
      ['application', ({ application }) => application],
      ['account', ({ account }) => account],
      ['key', ({ keyId }) => keyId],
      ['user', ({ opened }) => (typeof opened === 'string' ? `does not open: ${opened}` : opened.user)],
      ['address', ({ opened }) => (typeof opened === 'string' ? '' : opened.url)],
      ['one-time codes', ({ opened }) => (typeof opened === 'string' ? '' : opened.totp ? 'yes' : 'no')],
      ['expires', ({ opened }) => (typeof opened === 'string' ? '' : opened.expires)],
    ],
    'No account is stored.',
  );
}

function kebab(text: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text)) return text;
  throw new InvalidArgumentError('Give a name in kebab-case.');
}

/** The account must not hide in the address: addresses are shown. */
function webAddress(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return text;
  throw new InvalidArgumentError('Give an address with http:// or https:// that carries no user and no password.');
}

function isoDate(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`);
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text.length === 10) return text;
  throw new InvalidArgumentError('Give a date such as 2026-12-31.');
}
