import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '#config';
import { createLogger, Secret } from '#core';
import { newKey } from '#vault';
import { daysUntil, openAccounts, vaultOf } from '../accounts.ts';
import { accountFindings } from '../cli/accounts.ts';
import { ManualClock } from './support/clocks.ts';
import { memoryCredentials } from './support/memoryCredentials.ts';

const ENVIRONMENT = {
  REKEY_APP_LEDGER_URL: 'http://env.example/',
  REKEY_APP_LEDGER_USER: 'env-bot',
  REKEY_APP_LEDGER_PASSWORD: 'env-password',
};

function installation(environment: Record<string, string> = {}, key: string | undefined = newKey()) {
  const config: Config = loadConfig({ ...environment, ...(key && { REKEY_KEY: key }) }, { cores: 1 });
  const clock = new ManualClock('2026-03-31T12:00:00.000Z');
  const store = { credentials: memoryCredentials(), now: async () => new Date(clock.now()).toISOString() };
  const lines: Record<string, unknown>[] = [];
  const log = createLogger('info', new Writable({ write: (line, _, done) => done(void lines.push(JSON.parse(line))) }));
  const vault = vaultOf(config, store, clock);
  const put = (account: string, password: string, expires: string | null = null) =>
    vault.put(
      { application: 'ledger', account },
      { url: 'http://vault.example/', user: account, password: new Secret(password), totp: null, expires },
    );
  return { config, vault, put, lines, accounts: openAccounts(config, store, { clock, log }), clock };
}

describe('the accounts of an application', () => {
  it('are the environment’s where the vault has none, and need no key then', async () => {
    const { accounts, lines } = installation(ENVIRONMENT, '');
    const [account] = await accounts('ledger');
    expect(account).toMatchObject({ name: 'main', url: 'http://env.example/', user: 'env-bot' });
    expect(account!.password).toBe('env-password');
    expect(lines).toEqual([]);
  });

  it('are the vault’s as soon as it has one, and the log says once that the other is not used', async () => {
    const { accounts, put, lines } = installation(ENVIRONMENT);
    await put('day', 'day-password');
    await put('night', 'night-password');
    for (let times = 0; times < 3; times++) {
      expect((await accounts('ledger')).map(({ name, password }) => [name, password])).toEqual([
        ['day', 'day-password'],
        ['night', 'night-password'],
      ]);
    }
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 40, application: 'ledger', msg: expect.stringContaining('not used') });
  });

  it('are told apart from none at all', async () => {
    const { accounts } = installation();
    await expect(accounts('crm')).rejects.toMatchObject({
      code: 'account-missing',
      where: expect.stringContaining('REKEY_APP_CRM_URL'),
    });
  });

  it('tell their password as it stands by now, and that they are gone', async () => {
    const { accounts, put, vault } = installation();
    await put('main', 'first');
    const [account] = await accounts('ledger');
    await put('main', 'second');
    expect((await account!.current!()).password).toBe('second');
    await vault.remove({ application: 'ledger', account: 'main' });
    await expect(account!.current!()).rejects.toMatchObject({ code: 'account-missing' });
  });

  it('foretell, once a day, that a password ends', async () => {
    const { accounts, put, lines, clock } = installation();
    await put('main', 'p', '2026-04-10');
    await put('later', 'p', '2027-01-01');
    for (let times = 0; times < 3; times++) await accounts('ledger');
    expect(lines).toMatchObject([{ msg: 'password ends soon', account: 'main', days: 10 }]);
    await clock.pass(86_400_000);
    await accounts('ledger');
    expect(lines.map(({ days }) => days)).toEqual([10, 9]);
  });
});

it.each([
  [null, undefined],
  ['2026-03-31', 0],
  ['2026-04-01', 1],
  ['2026-03-30', -1],
])('a password whose last day is %s has %s days on the last of March', (date, days) => {
  expect(daysUntil(date, Date.parse('2026-03-31T12:00:00Z'))).toBe(days);
});

it('the doctor says which account is in force, and which application has none', async () => {
  const { config, vault, put, clock } = installation({
    ...ENVIRONMENT,
    REKEY_APP_CRM_URL: 'http://crm.example/',
    REKEY_APP_CRM_USER: 'crm-bot',
    REKEY_APP_CRM_PASSWORD: 'crm-password',
  });
  await put('main', 'p', '2026-04-10');
  await put('old', 'p', '2026-03-01');
  const findings = accountFindings(config, await vault.list(), ['ledger', 'crm', 'travel'], clock.now());
  expect(findings.map(({ ok, check, found }) => `${ok} ${check}: ${found}`)).toEqual([
    'true account ledger/main of the vault: in force: main at http://vault.example/; its password ends in 10 days',
    'false account ledger/old of the vault: in force: old at http://vault.example/; its password has expired',
    'true account crm of the environment: in force: crm-bot at http://crm.example/',
    'true account ledger of the environment: not in force: the vault has one',
    'true account travel: none: what bots have to do there is put off until `rekey credentials set travel`',
  ]);
});
