import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret, systemClock } from '#core';
import type { OpenStore } from '#store';
import { keySource, newKey, openVault, type Vault } from '#vault';
import { memoryStore, postgresStore } from '../support/stores.ts';

const STORES: readonly (readonly [string, () => Promise<OpenStore>])[] = [
  ['PGlite', memoryStore],
  ['PostgreSQL', postgresStore],
];
const ACCOUNTS = ['a', 'b', 'c', 'd', 'e'];

describe.each(STORES)('the vault on %s', (_, open) => {
  async function opened() {
    const store = await open();
    onTestFinished(() => store.close());
    return (...keys: string[]): Vault =>
      openVault({
        store: store.credentials,
        keys: keySource({ key: new Secret(keys.join(',')), keyFile: undefined }),
        now: store.now,
        clock: systemClock,
      });
  }

  it('rotates its keys again and again while others sign in and set passwords', async () => {
    const vaultWith = await opened();
    const keys = Array.from({ length: 5 }, newKey);
    const set = (vault: Vault, account: string, password: string) =>
      vault.put(
        { application: 'ledger', account },
        { url: 'http://l/', user: account, password: new Secret(password), totp: null, expires: null },
      );
    for (const account of ACCOUNTS) await set(vaultWith(keys[0]!), account, `${account} 0`);

    let rotating = true;
    const reader = async () => {
      let reads = 0;
      for (const worker = vaultWith(...keys); rotating || reads === 0; reads++) {
        const accounts = await worker.accounts('ledger');
        expect(accounts.map(({ user }) => user)).toEqual(ACCOUNTS);
        for (const { user, password } of accounts) expect(password).toMatch(new RegExp(`^${user} \\d$`));
      }
      return reads;
    };
    const readers = [reader(), reader(), reader()];
    for (const [turn, key] of keys.entries()) {
      const rotator = vaultWith(key, ...keys);
      await Promise.all([rotator.rotate(), set(rotator, 'c', `c ${turn}`)]);
      // What was sealed anew under the earlier key while this turn looked away, this finds.
      await rotator.rotate();
    }
    rotating = false;
    expect((await Promise.all(readers)).every((reads) => reads > 0)).toBe(true);

    const after = await vaultWith(keys.at(-1)!).accounts('ledger');
    expect(after.map(({ password }) => password)).toEqual(['a 0', 'b 0', 'c 4', 'd 0', 'e 0']);
    await expect(vaultWith(...keys.slice(0, -1)).accounts('ledger')).rejects.toMatchObject({ code: 'wrong-key' });
  });
});
