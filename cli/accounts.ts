import type { Config } from '#config';
import type { VaultEntry } from '#vault';
import { daysUntil } from '../accounts.ts';

/** One thing `rekey doctor` looked at. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
}

/** Which account is in force for each application, which is set in vain, and which application has none. */
export function accountFindings(
  { apps }: Pick<Config, 'apps'>,
  entries: readonly VaultEntry[],
  applications: readonly string[],
  now: number,
): Finding[] {
  const sealed = new Set(entries.map(({ application }) => application));
  const environment = Object.entries(apps).map(([application, { user, url }]): Finding => {
    const check = `account ${application} of the environment`;
    if (sealed.has(application)) return { check, ok: true, found: 'not in force: the vault has one' };
    return { check, ok: true, found: `in force: ${user} at ${url}` };
  });
  const without = applications.filter((application) => !sealed.has(application) && !apps[application]);
  return [...entries.map((entry) => sealedFinding(entry, now)), ...environment, ...without.map(noAccount)];
}

/** Not amiss by itself: an application may be for bots that nobody uses here. */
function noAccount(application: string): Finding {
  const found = `none: what bots have to do there is put off until \`rekey credentials set ${application}\``;
  return { check: `account ${application}`, ok: true, found };
}

function sealedFinding({ application, account, opened }: VaultEntry, now: number): Finding {
  const check = `account ${application}/${account} of the vault`;
  if (typeof opened === 'string') return { check, ok: false, found: `does not open: ${opened}` };
  const days = daysUntil(opened.expires, now);
  const until =
    days === undefined ? '' : days < 0 ? '; its password has expired' : `; its password ends in ${days} days`;
  return { check, ok: days === undefined || days >= 0, found: `in force: ${opened.user} at ${opened.url}${until}` };
}
