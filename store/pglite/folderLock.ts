import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SystemException } from '#core';

interface Holder {
  readonly pid: number;
  /** Start time of the process as the kernel counts it: a pid alone comes back to life under another process. */
  readonly started: string | null;
  /** One per lock taken, so that a lock is never mistaken for the one that was there before. */
  readonly id: string;
}

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Keeps a second process out of an embedded database's folder: PGlite has no lock of its own, and two processes on
 * one folder lose each other's rows. A lock whose process is gone is taken over.
 */
export async function lockFolder(file: string): Promise<FolderLock> {
  const mine: Holder = { pid: process.pid, started: await startTime(process.pid), id: randomUUID() };
  await mkdir(dirname(file), { recursive: true });
  while (!(await place(file, mine))) {
    const holder = await read(file);
    if (holder && (await lives(holder))) throw inUse(file, holder);
    if (holder) await clear(file, holder);
  }
  return { release: () => clear(file, mine) };
}

/** Written aside and linked into place, so that nobody ever reads half a lock. False when one is there. */
async function place(file: string, holder: Holder): Promise<boolean> {
  const aside = `${file}.${holder.id}`;
  await writeFile(aside, JSON.stringify(holder), { flag: 'wx' });
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function read(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new SystemException('store-lock-unreadable', `The lock ${file} is unreadable; delete it if no rekey runs.`, {
      cause: error,
    });
  }
}

/** Removes that holder's lock and no other: moved aside first, and put back when another one had come in between. */
async function clear(file: string, holder: Holder): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await read(aside);
  if (moved?.id !== holder.id) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function lives(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
  }
  const started = await startTime(holder.pid);
  return holder.started === null || started === null || started === holder.started;
}

/** Field 22 of `/proc/<pid>/stat`; null where there is no such file. The command's name, in brackets, may hold blanks. */
async function startTime(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function inUse(file: string, holder: Holder): SystemException {
  return new SystemException(
    'store-in-use',
    `The data folder ${dirname(file)} is in use by process ${holder.pid}; stop that one first, or talk to it over its address.`,
  );
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
