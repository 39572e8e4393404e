import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rekey as run } from '../support/rekeyProcess.ts';
import { freshDatabase } from '../support/stores.ts';

let folder: string;
let servers: { DATABASE_URL: string };
const rekey = (...args: string[]) => run(folder, args, servers);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-erase-cli-'));
  servers = { DATABASE_URL: await freshDatabase() };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('erases only what it is told to mean, and never what is held', async () => {
  const paper = path.join(folder, 'Anna Quillfeather.bin');
  await writeFile(paper, new Uint8Array(64));
  const [{ task }] = JSON.parse((await rekey('submit', paper, '--json')).out);

  const unsure = await rekey('erase', 'anna', 'quill-feather');
  expect(unsure).toMatchObject({ code: 64, err: 'rekey: --yes: Nothing was changed: say --yes to mean it.\n' });
  expect(unsure.out).toContain(task);

  expect((await rekey('hold', task, '--why', 'a law suit', '--as', 'eve')).code).toBe(0);
  const held = await rekey('erase', 'quillfeather', '--yes');
  expect(held.code).toBe(1);
  expect(held.out).toContain('held by eve: a law suit');
  expect((await rekey('hold', task, '--release')).out).toBe('Let go; it can be erased.\n');

  const erased = await rekey('erase', 'quillfeather', '--yes', '--as', 'eve', '--json');
  expect(erased.code).toBe(0);
  const outcomes = [{ task, outcome: 'erased' }];
  expect(JSON.parse(erased.out)).toMatchObject({ found: [{ task, state: 'rejected', found: ['input'] }], outcomes });
}, 180_000);

it('erases nothing where somebody is named two ways at once', async () => {
  expect(await rekey('erase', 'anna', '--task', 'x', '--yes')).toMatchObject({ code: 64, out: '' });
}, 60_000);
