import { Secret } from '#core';
import type { SettingFault } from './faults.ts';

/** Where a legacy application is, and the account the bots use there. */
export interface AppAccount {
  readonly url: string;
  readonly user: string;
  readonly password: Secret;
}

/** `REKEY_APP_<NAME>_URL`, `_USER`, `_PASSWORD`; the name in small letters, `_` inside it read as `-`. */
const APP_VARIABLE = /^REKEY_APP_([A-Z0-9]+(?:_[A-Z0-9]+)*)_(URL|USER|PASSWORD)$/;

export function isAppVariable(variable: string): boolean {
  return APP_VARIABLE.test(variable);
}

/** The applications the environment names. One of the three variables asks for the other two. */
export function readApps(given: ReadonlyMap<string, string>, faults: SettingFault[]): Record<string, AppAccount> {
  const names = new Set([...given.keys()].flatMap((variable) => APP_VARIABLE.exec(variable)?.[1] ?? []));
  const accounts = [...names].sort().map((name): [string, AppAccount] => {
    const part = (suffix: string): string => {
      const variable = `REKEY_APP_${name}_${suffix}`;
      const value = given.get(variable);
      if (value === undefined) {
        faults.push({ variable, problem: 'is missing', expected: `a value, since REKEY_APP_${name}_… is set` });
      }
      return value ?? '';
    };
    const account = { url: part('URL'), user: part('USER'), password: new Secret(part('PASSWORD')) };
    if (account.url !== '' && !isPlainWebAddress(account.url)) {
      const expected = 'an address that starts with http:// or https:// and carries no user and no password';
      faults.push({ variable: `REKEY_APP_${name}_URL`, problem: 'cannot be read', expected });
    }
    return [name.toLowerCase().replaceAll('_', '-'), Object.freeze(account)];
  });
  return Object.freeze(Object.fromEntries(accounts));
}

/** The address is printed by `rekey doctor`, so the account must not hide in it. */
function isPlainWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
