import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Places } from '../../chaos/fault.ts';
import { CANARY, leaks } from '../../chaos/leaks.ts';

async function run(): Promise<{ folder: string; places: Places }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-leaks-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(path.join(folder, 'archive'));
  await writeFile(path.join(folder, 'worker-1.log'), 'signed in as bot-1\n');
  return { folder, places: { store: { kind: 'embedded', folder }, dispatch: 'with-store' } };
}

it('finds no password where none was left', async () => {
  expect(await leaks(await run())).toEqual([]);
});

it.each([
  ['as it stands', `signed in with ${CANARY}-3`],
  ['in hexadecimal', Buffer.from(CANARY).toString('hex')],
  ['within binary data', Buffer.concat([Buffer.from([0, 255, 137]), Buffer.from(CANARY)])],
])('names the file in which a password was left %s', async (_, contents) => {
  const left = await run();
  await writeFile(path.join(left.folder, 'archive', 'picture'), contents);
  expect(await leaks(left)).toEqual(['A password stands in archive/picture.']);
});
