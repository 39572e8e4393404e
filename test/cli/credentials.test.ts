import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newKey } from '#vault';
import { type Ran, rekey } from '../support/rekeyProcess.ts';
import { freshDatabase } from '../support/stores.ts';

const PASSWORD = 'pass word-of the bot ';
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const AT = ['--url', 'https://ledger.example/', '--user', 'bot-1'] as const;

let folder: string;
let keys: string;
let env: Record<string, string>;
const run = (args: readonly string[], input = '', more: Record<string, string> = {}): Promise<Ran> =>
  rekey(folder, args, { ...env, ...more }, input);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-credentials-'));
  keys = path.join(folder, 'keys');
  env = { DATABASE_URL: await freshDatabase(), REKEY_KEY_FILE: keys };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('accounts are set, listed, found by the doctor, sealed anew and removed, and no output shows a secret', async () => {
  const said: Ran[] = [];
  const rekeys = async (args: readonly string[], input = '', more: Record<string, string> = {}) => {
    const ran = await run(args, input, more);
    said.push(ran);
    return ran;
  };
  const old = newKey();
  await writeFile(keys, old);
  expect(await rekeys(['credentials'])).toMatchObject({ code: 0, out: 'No account is stored.\n' });

  const set = ['credentials', 'set', 'ledger', ...AT, '--totp', '--expires', '2020-01-31'];
  expect(await rekeys(set, `${PASSWORD}\n${SECRET}\n`)).toMatchObject({ code: 0, out: 'ledger/main is set.\n' });
  const listed = JSON.parse((await rekeys(['credentials', 'list', '--json'])).out);
  const opened = { url: 'https://ledger.example/', user: 'bot-1', totp: true, expires: '2020-01-31' };
  expect(listed).toEqual([{ application: 'ledger', account: 'main', keyId: expect.any(String), opened }]);

  const environment = { REKEY_APP_LEDGER_URL: 'http://l/', REKEY_APP_LEDGER_USER: 'u', REKEY_APP_LEDGER_PASSWORD: 'p' };
  const doctor = await rekeys(['doctor', '--json'], '', environment);
  expect(doctor.code).toBe(69);
  const found = Object.fromEntries(
    JSON.parse(doctor.out).findings.map(({ check, found }: Record<string, string>) => [check, found]),
  );
  expect(found['account ledger/main of the vault']).toContain('its password has expired');
  expect(found['account ledger of the environment']).toBe('not in force: the vault has one');

  const fresh = newKey();
  await writeFile(keys, fresh);
  const refused = await rekeys(['credentials', 'rotate']);
  expect(refused).toMatchObject({ code: 69, err: expect.stringContaining('REKEY_KEY_FILE does not hold the key') });
  expect(refused.err).toContain('(wrong-key)');
  expect((await rekeys(['credentials'])).out).toContain('does not open: wrong-key');
  await writeFile(keys, `${fresh}\n${old}\n`);
  expect((await rekeys(['credentials', 'rotate'])).out).toBe('1 sealed anew, 0 had the current key already.\n');
  await writeFile(keys, fresh);
  expect((await rekeys(['credentials'])).out).toMatch(/ledger +main +[\da-f]{16} +bot-1 +https:\/\/ledger.example\//);

  expect((await rekeys(['credentials', 'remove', 'ledger'])).out).toBe('Removed.\n');
  expect((await rekeys(['credentials', 'remove', 'ledger'])).out).toBe('There is no such account.\n');
  const everything = said.map(({ out, err }) => out + err).join('\n');
  for (const secret of [PASSWORD, PASSWORD.trim(), SECRET, old, fresh]) expect(everything).not.toContain(secret);
}, 120_000);

it.each([
  [64, ['set', 'ledger', ...AT], '', 'password'],
  [64, ['set', 'ledger', ...AT, '--totp'], 'some-password\n', 'one-time codes'],
  [64, ['set', 'ledger', ...AT, '--totp'], 'some-password\nno secret!\n', 'not base32'],
  [1, ['set', 'ledger', '--url', 'http://bot:hunter2@ledger/', '--user', 'bot'], 'some-password\n', 'no password'],
  [1, ['set', 'ledger', ...AT, '--expires', '2026-02-31'], 'some-password\n', '2026-12-31'],
])(
  'ends with %i after rekey credentials %j',
  async (code, args, input, words) => {
    const ran = await run(['credentials', ...args], input);
    expect(ran).toMatchObject({ code, out: '', err: expect.stringContaining(words) });
    expect(ran.err).not.toContain('some-password');
  },
  60_000,
);
