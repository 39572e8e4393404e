import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockFolder } from '../../store/pglite/folderLock.ts';

const newLock = async () => join(await mkdtemp(join(tmpdir(), 'rekey-lock-')), 'data', 'database.lock');

it('keeps a second one out, names the holder, and lets it in afterwards', async () => {
  const file = await newLock();
  const lock = await lockFolder(file);
  await expect(lockFolder(file)).rejects.toMatchObject({
    kind: 'system',
    code: 'store-in-use',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await lock.release();
  await lock.release();
  await (await lockFolder(file)).release();
  expect(await readdir(join(file, '..'))).toEqual([]);
});

it('lets one of many in at once', async () => {
  const file = await newLock();
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => lockFolder(file)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('takes over from a process that is gone', async () => {
  const file = await newLock();
  await lockFolder(file);
  const gone = spawn(process.execPath, ['-e', '0']);
  await once(gone, 'exit');
  const holder = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...holder, pid: gone.pid, started: '1' }));
  const tries = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(file)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

// Only Linux tells when a process began, by which one number's two owners are told apart.
it.runIf(process.platform === 'linux')('takes over from a process whose number another one has now', async () => {
  const file = await newLock();
  await lockFolder(file);
  const holder = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...holder, started: '1' }));
  await (await lockFolder(file)).release();
});

it('says so when the lock cannot be read', async () => {
  const file = await newLock();
  await lockFolder(file);
  await writeFile(file, '{');
  await expect(lockFolder(file)).rejects.toMatchObject({ code: 'store-lock-unreadable' });
});
