import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '#core';
import { type Credentials, type KeyPlace, keySource, newKey, openVault } from '#vault';
import { ManualClock } from '../support/clocks.ts';
import { memoryCredentials } from '../support/memoryCredentials.ts';

const OWNER = { application: 'ledger', account: 'main' };
const SECRET = new Uint8Array(Buffer.from('12345678901234567890'));
const TOTP = { algorithm: 'SHA1', digits: 6, period: 30, secret: SECRET } as const;

function credentials(changes: Partial<Credentials> = {}): Credentials {
  const password = new Secret('password-of-the-bot');
  return { url: 'https://ledger.example/', user: 'bot-user', password, totp: null, expires: null, ...changes };
}

function vaultWith(keys: string | Partial<KeyPlace>, store = memoryCredentials(), clock = new ManualClock()) {
  const place = typeof keys === 'string' ? { key: new Secret(keys), keyFile: undefined } : keys;
  const source = keySource({ key: undefined, keyFile: undefined, ...place });
  const now = async () => new Date(clock.now()).toISOString();
  return { vault: openVault({ store, keys: source, now, clock }), store, clock };
}

async function keyFile(...lines: string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-keys-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, 'keys');
  const write = (...next: string[]) => writeFile(file, next.join('\n'));
  await write(...lines);
  return { file, write };
}

const [OLD, NEW] = [newKey(), newKey()];

describe('the vault', () => {
  it('gives back what was put, account by account', async () => {
    const { vault } = vaultWith(OLD);
    await vault.put({ ...OWNER, account: 'night' }, credentials({ user: 'night-user' }));
    await vault.put(OWNER, credentials({ expires: '2026-12-31' }));
    const [main, night] = await vault.accounts('ledger');
    expect(main).toMatchObject({ name: 'main', url: 'https://ledger.example/', user: 'bot-user' });
    expect(main).toMatchObject({ password: 'password-of-the-bot', expires: '2026-12-31' });
    expect(night).toMatchObject({ name: 'night', user: 'night-user' });
    expect(await vault.accounts('crm')).toEqual([]);
    expect(await vault.remove(OWNER)).toBe(true);
    expect((await vault.accounts('ledger')).map(({ name }) => name)).toEqual(['night']);
  });

  it('hands the store nothing that can be read, and seals the same twice in different ways', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 4 }), fc.string({ minLength: 4 }), async (user, password) => {
        const { vault, store } = vaultWith(OLD);
        await vault.put(OWNER, credentials({ user, password: new Secret(password) }));
        const [first] = await store.list();
        await vault.put(OWNER, credentials({ user, password: new Secret(password) }));
        const [second] = await store.list();
        expect(second!.body).not.toBe(first!.body);
        expect(second!.wrappedKey).not.toBe(first!.wrappedKey);
        const held = Buffer.from(first!.body, 'base64').toString('latin1');
        for (const text of [user, password]) expect(held).not.toContain(Buffer.from(text).toString('latin1'));
      }),
    );
  });

  it('shows a list without what is secret, and what does not open as such', async () => {
    const { vault, store } = vaultWith(OLD);
    await vault.put(OWNER, credentials({ totp: TOTP }));
    const opened = { url: 'https://ledger.example/', user: 'bot-user', totp: true, expires: null };
    expect(await vault.list()).toEqual([{ ...OWNER, keyId: expect.stringMatching(/^[\da-f]{16}$/), opened }]);
    expect(await vaultWith(NEW, store).vault.list()).toMatchObject([{ ...OWNER, opened: 'wrong-key' }]);
    expect(await vaultWith({}, store).vault.list()).toMatchObject([{ ...OWNER, opened: 'key-missing' }]);
    expect(await vaultWith({}).vault.list()).toEqual([]);
  });
});

describe('a stolen copy of the store', () => {
  it('tells nothing without the key, nor with another one', async () => {
    const { vault, store } = vaultWith(OLD);
    await vault.put(OWNER, credentials({ totp: TOTP }));
    const stolen = JSON.stringify(await store.list());
    expect(stolen).not.toMatch(/password-of|bot-user|GEZDGNBVGY3TQOJQ|ledger\.example/);
    const refused = vaultWith(NEW, store).vault.accounts('ledger');
    await expect(refused).rejects.toMatchObject({ kind: 'system', code: 'wrong-key' });
    await expect(refused).rejects.toThrow('REKEY_KEY does not hold the key that opens the credentials of ledger/main');
    await expect(vaultWith({}, store).vault.accounts('ledger')).rejects.toMatchObject({ code: 'key-missing' });
  });

  it('cannot be given back with a changed, swapped or renamed row', async () => {
    const { vault, store } = vaultWith(OLD);
    await vault.put(OWNER, credentials());
    await vault.put({ ...OWNER, account: 'night' }, credentials({ user: 'night-user' }));
    const [main, night] = await store.list();
    const flipped = (text: string, at: number) => {
      const bytes = Buffer.from(text, 'base64');
      bytes[at % bytes.length]! ^= 1;
      return bytes.toString('base64');
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('body', 'wrappedKey'), fc.nat(500), async (part, at) => {
        await store.put({ ...main!, [part]: flipped(main![part], at) });
        await expect(vault.accounts('ledger')).rejects.toMatchObject({ code: 'credentials-altered' });
      }),
    );
    for (const forged of [
      { ...main!, body: night!.body },
      { ...night!, account: 'main' },
      { ...main!, body: '' },
    ]) {
      await store.put(forged);
      await expect(vault.accounts('ledger')).rejects.toMatchObject({ code: 'credentials-altered' });
    }
  });
});

describe('keys', () => {
  it.each(['', 'short', `${newKey()},short`, newKey().slice(2)])('are not read from %j', async (key) => {
    await expect(keySource({ key: new Secret(key), keyFile: undefined })()).rejects.toMatchObject({ code: 'bad-key' });
  });

  it('are read from a file with remarks, as it stands at the time', async () => {
    const { file, write } = await keyFile('# made in March', `${OLD} # the first one`, '');
    const { vault, store } = vaultWith({ keyFile: file });
    await vault.put(OWNER, credentials());
    await write(NEW);
    await expect(vault.accounts('ledger')).rejects.toThrow('REKEY_KEY_FILE does not hold the key');
    await write(NEW, OLD);
    expect(await vault.accounts('ledger')).toHaveLength(1);
    expect(await vaultWith(OLD, store).vault.accounts('ledger')).toHaveLength(1);
    await expect(vaultWith({ keyFile: `${file}.gone` }, store).vault.accounts('ledger')).rejects.toMatchObject({
      code: 'key-missing',
    });
  });

  it('do not say what they are', async () => {
    const keyring = await keySource({ key: new Secret(OLD), keyFile: undefined })();
    expect(keyring.current.id).not.toBe('');
    expect(OLD).not.toContain(keyring.current.id);
  });
});

describe('rotation', () => {
  it('keeps every account open to those at work, before, between and after', async () => {
    const { vault: before, store } = vaultWith(OLD);
    for (const account of ['a', 'b', 'c']) await before.put({ ...OWNER, account }, credentials({ user: account }));
    const { vault: working } = vaultWith(`${OLD},${NEW}`, store);
    const { vault: rotating } = vaultWith(`${NEW},${OLD}`, store);

    const users = async () => (await working.accounts('ledger')).map(({ user }) => user);
    const watched = { ...store };
    const seen: string[][] = [];
    watched.rewrap = async (from, to) => {
      const changed = await store.rewrap(from, to);
      seen.push(await users());
      return changed;
    };
    const { vault: slowly } = vaultWith(`${NEW},${OLD}`, watched);
    expect(await slowly.rotate()).toEqual({ rewrapped: 3, already: 0 });
    expect(seen).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);

    expect(await rotating.rotate()).toEqual({ rewrapped: 0, already: 3 });
    const { vault: after } = vaultWith(NEW, store);
    expect((await after.accounts('ledger')).map(({ user }) => user)).toEqual(['a', 'b', 'c']);
    await expect(before.accounts('ledger')).rejects.toMatchObject({ code: 'wrong-key' });
  });

  it('leaves alone what somebody sets meanwhile', async () => {
    const { vault, store } = vaultWith(OLD);
    await vault.put(OWNER, credentials());
    const meddled = { ...store };
    meddled.rewrap = async (from, to) => {
      await vault.put(OWNER, credentials({ user: 'changed' }));
      return store.rewrap(from, to);
    };
    const { vault: rotating } = vaultWith(`${NEW},${OLD}`, meddled);
    expect(await rotating.rotate()).toEqual({ rewrapped: 0, already: 0 });
    expect((await rotating.accounts('ledger'))[0]!.user).toBe('changed');
  });

  it('goes on where it was cut off', async () => {
    const { vault, store } = vaultWith(OLD);
    for (const account of ['a', 'b', 'c']) await vault.put({ ...OWNER, account }, credentials({ user: account }));
    let left = 2;
    const dying = { ...store };
    dying.rewrap = async (from, to) => {
      if (left-- === 0) throw new Error('killed');
      return store.rewrap(from, to);
    };
    await expect(vaultWith(`${NEW},${OLD}`, dying).vault.rotate()).rejects.toThrow('killed');
    const { vault: again } = vaultWith(`${NEW},${OLD}`, store);
    expect((await again.accounts('ledger')).map(({ user }) => user)).toEqual(['a', 'b', 'c']);
    expect(await again.rotate()).toEqual({ rewrapped: 1, already: 2 });
    expect(await vaultWith(NEW, store).vault.accounts('ledger')).toHaveLength(3);
  });

  it('stops at what does not open, and may be told again', async () => {
    const { vault, store } = vaultWith(OLD);
    await vault.put(OWNER, credentials());
    await expect(vaultWith(NEW, store).vault.rotate()).rejects.toMatchObject({ code: 'wrong-key' });
    expect(await vault.accounts('ledger')).toHaveLength(1);
  });
});

describe('one-time codes of an account', () => {
  it('are given out once, whoever asks; the next one waits for the next period', async () => {
    const { vault, store, clock } = vaultWith(OLD, memoryCredentials(), new ManualClock('2026-03-31T12:00:07.000Z'));
    await vault.put(OWNER, credentials({ totp: TOTP }));
    const [here] = await vault.accounts('ledger');
    const [there] = await vaultWith(OLD, store, clock).vault.accounts('ledger');
    const first = await here!.totp!();
    let second: string | undefined;
    const waiting = there!.totp!().then((code) => {
      second = code;
    });
    await clock.pass(22_999);
    expect(second).toBeUndefined();
    await clock.pass(1);
    await waiting;
    expect(second).toMatch(/^\d{6}$/);
    expect(second).not.toBe(first);
  });

  it('are not there where the account has no secret for them', async () => {
    const { vault } = vaultWith(OLD);
    await vault.put(OWNER, credentials());
    expect((await vault.accounts('ledger'))[0]!.totp).toBeUndefined();
  });

  it('are given up after a while when others take all of them', async () => {
    const { vault, store, clock } = vaultWith(OLD);
    await vault.put(OWNER, credentials({ totp: TOTP }));
    store.takePeriod = async () => false;
    const asked = expect((await vault.accounts('ledger'))[0]!.totp!()).rejects.toMatchObject({
      ...{ kind: 'throttled', code: 'code-taken', afterSeconds: 30 },
    });
    await clock.pass(90_000);
    await asked;
  });
});

it('an account shown by mistake does not show its password', async () => {
  const { vault } = vaultWith(OLD);
  await vault.put(OWNER, credentials());
  const [account] = await vault.accounts('ledger');
  for (const shown of [inspect(account), JSON.stringify(account), String(account)]) {
    expect(shown).not.toContain('password-of');
  }
});
