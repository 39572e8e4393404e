import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { Account } from '#runner';
import { lendCredentials } from '../../runner/browser/lentCredentials.ts';

const account: Account = { name: 'main', url: 'http://app.example/', user: 'bot', password: 'top-secret-word' };

it('credentials tell what they are while they are lent, and nothing afterwards', async () => {
  const kept = await lendCredentials({ ...account, totp: async () => '123456' }, async (credentials) => {
    const { name, url, user, password } = credentials;
    expect({ name, url, user, password, code: await credentials.totp() }).toEqual({ ...account, code: '123456' });
    return credentials;
  });
  expect(() => kept.password).toThrow(expect.objectContaining({ kind: 'defect', code: 'credentials-kept' }));
  expect(() => kept.user).toThrow('Credentials are lent for signing in only');
  await expect(kept.totp()).rejects.toMatchObject({ code: 'credentials-kept' });
});

it('are taken back from a sign-in that fails', async () => {
  const kept: { password: string }[] = [];
  const failing = lendCredentials(account, async (credentials) => {
    kept.push(credentials);
    throw new Error('no such field');
  });
  await expect(failing).rejects.toThrow('no such field');
  expect(() => kept[0]!.password).toThrow('Credentials are lent');
});

it('show nothing when they are printed', async () => {
  const shown = await lendCredentials(account, async (credentials) => [
    ...[inspect(credentials, { depth: 5 }), JSON.stringify(credentials), JSON.stringify({ ...credentials })],
  ]);
  expect(shown.join(' ')).not.toMatch(/top-secret-word|bot/);
});

it('without a secret for one-time codes say so by name', async () => {
  const asked = lendCredentials(account, (credentials) => credentials.totp());
  await expect(asked).rejects.toMatchObject({ kind: 'system', code: 'code-secret-missing' });
});
