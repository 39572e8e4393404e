import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, describeConfig, loadConfig, withoutSettings } from '#config';
import { Secret } from '#core';

const machine = { cores: 4 };

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env, machine);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ variable }) => variable);
    throw error;
  }
  return [];
}

function messageOf(env: Record<string, string>): string {
  try {
    loadConfig(env, machine);
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('loadConfig', () => {
  it('needs nothing: an empty environment gives the embedded profile on defaults', () => {
    const config = loadConfig({}, machine);
    expect(config).toMatchObject({
      profile: 'embedded',
      data: '.rekey',
      inbox: '.rekey/inbox',
      host: '127.0.0.1',
      port: 7373,
      token: undefined,
      log: 'info',
      headed: false,
      workers: 4,
      readers: 3,
      wrongPerThousand: 5,
      labels: 'public',
      auditShare: 0.03,
      leaseSeconds: 30,
      defaultBot: 'supplier-invoice',
      evalData: undefined,
      apps: {},
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(loadConfig({}, machine))).toBe(true);
  });

  it('keeps one core free for everything else, but always one reader', () => {
    expect(loadConfig({}, { cores: 1 }).readers).toBe(1);
    expect(loadConfig({}, { cores: 8 }).readers).toBe(7);
  });

  it('derives the profile from the servers that are set', () => {
    const DATABASE_URL = 'postgres://rekey@db/rekey';
    expect(loadConfig({ DATABASE_URL }, machine).profile).toBe('postgres');
    expect(loadConfig({ DATABASE_URL, REDIS_URL: 'redis://r' }, machine).profile).toBe('redis');
  });

  it('refuses Redis without PostgreSQL', () => {
    expect(faultsOf({ REDIS_URL: 'redis://r' })).toEqual(['REDIS_URL']);
  });

  it('puts the inbox into the data folder unless told otherwise', () => {
    expect(loadConfig({ REKEY_DATA: '/srv/rekey' }, machine).inbox).toBe('/srv/rekey/inbox');
    expect(loadConfig({ REKEY_INBOX: '/srv/scans' }, machine).inbox).toBe('/srv/scans');
  });

  it('reports all faults together, each with its variable and what is expected', () => {
    const env = { REKEY_PORT: 'http', REKEY_LOG: 'loud', REKEY_WRONG_PER_THOUSAND: '0', DATABASE_URL: 'mysql://db' };
    expect(faultsOf(env)).toEqual(['DATABASE_URL', 'REKEY_PORT', 'REKEY_LOG', 'REKEY_WRONG_PER_THOUSAND']);
    expect(messageOf(env)).toContain('REKEY_PORT cannot be read: expected a whole number from 0 to 65535');
    expect(messageOf(env)).toContain('expected an address that starts with postgres:// or postgresql://');
  });

  it('names the nearest setting for a mistyped one', () => {
    expect(messageOf({ REKEY_WORKER: '2' })).toContain('a known name such as REKEY_WORKERS');
  });

  it('leaves variables alone that are not ours', () => {
    expect(faultsOf({ PATH: '/bin', NODE_ENV: 'test' })).toEqual([]);
  });

  it('takes a variable set to nothing as not set', () => {
    expect(loadConfig({ REKEY_PORT: '', DATABASE_URL: ' ' }, machine)).toMatchObject({
      port: 7373,
      profile: 'embedded',
    });
  });

  it.each(['0x10', '1e3', '-1', '65536', '80.5', ' 80'])('takes no port from %j', (value) => {
    expect(faultsOf({ REKEY_PORT: value })).toEqual(['REKEY_PORT']);
  });

  it('takes every port as written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => {
        expect(loadConfig({ REKEY_PORT: String(port) }, machine).port).toBe(port);
      }),
    );
  });
});

it('what is left for other processes is everything but our settings', () => {
  const outside = { PATH: '/bin', NODE_OPTIONS: '--no-warnings', LANG: 'C.UTF-8' };
  const ours = { DATABASE_URL: 'd', REDIS_URL: 'r', REKEY_KEY: 'k', REKEY_TOKEN: 't', REKEY_APP_LEDGER_PASSWORD: 'p' };
  expect(withoutSettings({ ...outside, ...ours })).toEqual(outside);
});

describe('applications', () => {
  const ledger = {
    REKEY_APP_LEDGER_URL: 'http://127.0.0.1:8030/',
    REKEY_APP_LEDGER_USER: 'bot1',
    REKEY_APP_LEDGER_PASSWORD: 'summer',
  };

  it('are read by name', () => {
    const { apps } = loadConfig({ ...ledger }, machine);
    expect(apps['ledger']).toMatchObject({ url: 'http://127.0.0.1:8030/', user: 'bot1' });
    expect(apps['ledger']?.password.reveal()).toBe('summer');
  });

  it('may have names of several words', () => {
    const env = { REKEY_APP_GOODS_IN_URL: 'http://g', REKEY_APP_GOODS_IN_USER: 'u', REKEY_APP_GOODS_IN_PASSWORD: 'p' };
    expect(Object.keys(loadConfig(env, machine).apps)).toEqual(['goods-in']);
  });

  it('need all three variables', () => {
    expect(faultsOf({ REKEY_APP_LEDGER_URL: 'http://l' })).toEqual([
      'REKEY_APP_LEDGER_USER',
      'REKEY_APP_LEDGER_PASSWORD',
    ]);
  });

  it.each(['ledger.local', 'ftp://ledger', 'http://bot1:summer@ledger'])('are not found at %s', (url) => {
    expect(faultsOf({ ...ledger, REKEY_APP_LEDGER_URL: url })).toEqual(['REKEY_APP_LEDGER_URL']);
  });
});

describe('secrets', () => {
  const env = {
    DATABASE_URL: 'postgres://rekey:topsecret@db/rekey',
    REDIS_URL: 'redis://:topsecret@redis',
    REKEY_TOKEN: 'topsecret',
    REKEY_APP_LEDGER_URL: 'http://ledger',
    REKEY_APP_LEDGER_USER: 'bot1',
    REKEY_APP_LEDGER_PASSWORD: 'topsecret',
  };

  it('are shown nowhere', () => {
    const config = loadConfig(env, machine);
    const shown = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(describeConfig(config)),
      `${config.token}`,
    ];
    for (const text of shown) expect(text).not.toContain('topsecret');
    expect(config.databaseUrl?.reveal()).toBe('postgres://rekey:topsecret@db/rekey');
  });

  it('are not repeated by the message about a fault', () => {
    expect(messageOf({ DATABASE_URL: 'mysql://topsecret', REKEY_TOKN: 'topsecret' })).not.toContain('topsecret');
  });

  it('give their mask wherever they are printed', () => {
    const secret = new Secret('topsecret');
    expect([`${secret}`, JSON.stringify({ secret }), inspect(secret)]).toEqual([
      '[secret]',
      '{"secret":"[secret]"}',
      '[secret]',
    ]);
  });
});

describe('describeConfig', () => {
  it('says of each setting what it is and where it came from', () => {
    const lines = describeConfig(loadConfig({ REKEY_PORT: '8080', REKEY_TOKEN: 't' }, machine));
    const of = (variable: string) => lines.find((line) => line.variable === variable);
    expect(of('profile')).toMatchObject({ value: 'embedded', from: 'derived' });
    expect(of('REKEY_PORT')).toMatchObject({ value: '8080', from: 'environment' });
    expect(of('REKEY_TOKEN')).toMatchObject({ value: '[secret]', from: 'environment' });
    expect(of('REKEY_LOG')).toMatchObject({ value: 'info', from: 'default' });
    expect(of('DATABASE_URL')).toMatchObject({ value: 'not set', from: 'default' });
  });
});
