import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rekey, spawnRekey } from '../support/rekeyProcess.ts';

let data: string;
let paper: string;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'rekey-cli-'));
  paper = path.join(data, 'junk.bin');
  await writeFile(paper, Uint8Array.from([0, 1, 2, 3]));
});
afterAll(() => rm(data, { recursive: true, force: true }));

it('npx rekey works in the checkout', async () => {
  const { stdout } = await promisify(execFile)('npx', ['rekey', '--help']);
  expect(stdout).toContain('Usage: rekey');
});

it('asks the running instance over HTTP, which ends in order when told to', async () => {
  const env = { REKEY_READERS: '1', REKEY_TOKEN: 'a token for this test only' };
  const up = spawnRekey(data, ['up'], { ...env, REKEY_LOG: 'silent' });
  const closed = once(up, 'close');
  try {
    const [said] = await once(up.stderr, 'data');
    const url = /http:\S+/.exec(String(said))?.[0];
    const instance = JSON.parse(await readFile(path.join(data, 'instance.json'), 'utf8'));
    expect(instance).toEqual({ url, pid: up.pid });
    // The store is the instance's: were it opened here, it would be refused.
    const handed = await rekey(data, ['submit', paper, '--json'], env);
    expect(handed).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(handed.out)).toMatchObject([{ file: paper, refused: { code: 'unreadable-unsupported' } }]);
    const unsigned = await rekey(data, ['tasks'], { REKEY_TOKEN: 'another token than theirs' });
    expect(unsigned.code).toBe(64);
    const status = await rekey(data, ['status'], env);
    expect(status.out).toMatch(/^bot +version +ready/);
    expect(status.out).toContain('Nothing had to be mended');
    expect((await rekey(data, ['doctor'], env)).out).toContain(`in use by the instance at ${url}`);
  } finally {
    up.kill('SIGTERM');
  }
  expect(await closed).toEqual([0, null]);
  await expect(access(path.join(data, 'instance.json'))).rejects.toThrow('ENOENT');
  const alone = await rekey(data, ['tasks', '--state', 'rejected', '--json']);
  expect(JSON.parse(alone.out)).toHaveLength(1);
}, 180_000);
