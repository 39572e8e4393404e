import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { AccountState, ApplicationState } from '#core';
import type { Finding } from './accounts.ts';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

export function applicationCommands(program: Command): void {
  const accounts = program.command('accounts').description("Applications, and the bots' accounts there.");

  accounts
    .command('list', { isDefault: true })
    .description('List the accounts bots have used, and what keeps bots out of an application.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const applications = await withOffice((office) => office.applications());
      if (json) return print(JSON.stringify(applications));
      showAccounts(applications);
    });

  accounts
    .command('release')
    .description('Let bots sign in again with an account that is held after a refused login.')
    .argument('<application>')
    .argument('[account]', 'all of the application where absent')
    .option('--as <person>', 'who says so', userInfo().username)
    .action(async (application: string, account: string | undefined, { as: person }: { as: string }) => {
      await withOffice((office) => office.releaseAccount(application, account, person));
      print('Let go; what waited goes on.');
    });
}

type Row = Pick<ApplicationState, 'application'> & { readonly of: ApplicationState; readonly account: AccountState };

function showAccounts(applications: readonly ApplicationState[]): void {
  const rows = applications.flatMap((of) =>
    of.accounts.map((account): Row => ({ application: of.application, of, account })),
  );
  show<Row>(
    rows,
    false,
    [
      ['application', ({ application }) => application],
      ['state', ({ of }) => [of.state, of.code].filter(Boolean).join(': ')],
      ['since', ({ of }) => of.since && localTime(of.since)],
      ['until', ({ of }) => of.until && localTime(of.until)],
      ['waiting', ({ of }) => of.waiting],
      ['account', ({ account }) => account.account],
      ['is', ({ account }) => account.state],
      ['password ends', ({ account }) => account.passwordExpiresAt && localTime(account.passwordExpiresAt)],
    ],
    'No bot has used an application yet.',
  );
}

/** What keeps bots out of applications now, for `rekey doctor`. That one is closed by its hours is in order. */
export function applicationFindings(applications: readonly ApplicationState[]): Finding[] {
  return applications.flatMap(({ application, state, code, since, waiting, accounts }) => {
    const check = `application ${application}`;
    const held = accounts.filter((account) => account.state === 'held').map(({ account }) => account);
    const hold = held.length > 0 ? `; held after a refused login: ${held.join(', ')}` : '';
    const standing = since === null ? state : `${state} since ${localTime(since)}${code ? ` (${code})` : ''}`;
    const ok = (state === 'open' || state === 'closed') && held.length === 0;
    return [{ check, ok, found: `${standing}, ${waiting} tasks wait${hold}` }];
  });
}
