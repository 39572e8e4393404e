import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { AccountState, ApplicationInfo, ApplicationRules, ApplicationState } from '#core';
import type { Finding } from './accounts.ts';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

export function applicationCommands(program: Command): void {
  const accounts = program.command('accounts').description("The bots' accounts at applications.");

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
      const held = await withOffice(async (office) => {
        await office.releaseAccount(application, account, person);
        return heldIn(await office.applications(), application, account);
      });
      print(held.length === 0 ? 'Let go; what waited goes on.' : stillHeld(held));
    });

  accounts
    .command('hold')
    .description('Take an account out of use until it is released. Runs that have it go on.')
    .argument('<application>')
    .argument('<account>')
    .option('--as <person>', 'who says so', userInfo().username)
    .action(async (application: string, account: string, { as: person }: { as: string }) => {
      await withOffice((office) => office.holdAccount(application, account, person));
      print('Held; no bot signs in with it until you release it.');
    });

  const applications = program.command('applications').description('Applications: whether bots may work there.');

  applications
    .command('list', { isDefault: true })
    .description('List the applications bots have used: what keeps them out, since when, and what waits.')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      show<ApplicationInfo>(
        await withOffice((office) => office.applications()),
        json,
        [
          ['application', ({ application }) => application],
          ['state', ({ state, code }) => [state, code].filter(Boolean).join(': ')],
          ['since', ({ since }) => since && localTime(since)],
          ['until', ({ until }) => until && localTime(until)],
          ['waiting', ({ waiting }) => waiting],
          ['soonest promise', ({ soonest }) => soonest && localTime(soonest)],
          ['failures', ({ failures }) => failures],
          ['last look', ({ look }) => (look?.at ? `${localTime(look.at)} ${look.code ?? 'well'}` : null)],
          ['sessions', ({ accounts: all }) => sessionsOf(all)],
          ['pace', ({ rules }) => (rules?.paceSeconds ? `${rules.paceSeconds} s` : null)],
          ['open', ({ rules }) => hoursOf(rules)],
        ],
        'No bot has used an application yet.',
      );
    });

  applications
    .command('look')
    .description('Have an application that is out of order looked at now.')
    .argument('<application>')
    .option('--as <person>', 'who says so', userInfo().username)
    .action(async (application: string, { as: person }: { as: string }) => {
      await withOffice((office) => office.lookAtApplication(application, person));
      print('The next task that waits for it looks now.');
    });
}

/** In use, and how many there may be. */
function sessionsOf(accounts: readonly AccountState[]): string {
  const sum = (of: (account: AccountState) => number) => accounts.reduce((all, account) => all + of(account), 0);
  return `${sum(({ holders }) => holders.length)} of ${sum(({ sessions }) => sessions)}`;
}

function hoursOf(rules: ApplicationRules | null): string | null {
  const hours = rules?.openingHours;
  return hours ? `${hours.weekly.join(', ')} (${hours.timeZone})` : null;
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

function heldIn(all: readonly ApplicationInfo[], name: string, account: string | undefined): readonly string[] {
  const accounts = all.find(({ application }) => application === name)?.accounts ?? [];
  const named = accounts.filter((each) => account === undefined || each.account === account);
  return named.filter(({ state }) => state === 'held').map((each) => each.account);
}

/** Whoever takes an account out may not know that its password was refused meanwhile. */
function stillHeld(names: readonly string[]): string {
  return `Still held, for a login refused meanwhile: ${names.join(', ')}. Set its new password, or say it once more.`;
}
