import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type BlobStore, InvalidInput, SystemException, sha256 } from '#core';

const NAME = /^[0-9a-f]{64}$/;

/** Papers and evidence in a folder, named by their content: `ab/cd/abcd…`. */
export function openArchive(folder: string): BlobStore {
  const place = (name: string) => {
    if (!NAME.test(name)) throw new InvalidInput('bad-blob-name', 'sha256', 'A blob is named by 64 hex digits.');
    return join(folder, name.slice(0, 2), name.slice(2, 4), name);
  };
  return {
    put: async (bytes) => {
      const name = sha256(bytes);
      if (!(await isSound(place(name), name))) await writeDurably(place(name), bytes);
      return name;
    },

    get: async (name) => {
      const bytes = await read(place(name));
      if (!bytes) throw new SystemException('blob-missing', `The archive has no blob ${name}; restore it from a copy.`);
      if (sha256(bytes) === name) return bytes;
      throw new SystemException('blob-corrupt', `Blob ${name} is damaged on disk; restore it from a copy.`);
    },

    has: async (name) => isThere(place(name)),

    remove: async (name) => {
      const file = place(name);
      for (const each of await filesOf(file)) await rm(each, { force: true });
      if (await isThere(dirname(file))) await syncFolder(dirname(file));
    },
  };
}

/** The blob itself, and what a `put` that was cut off left beside it. */
async function filesOf(file: string): Promise<readonly string[]> {
  const folder = dirname(file);
  const names = (await isThere(folder)) ? await readdir(folder) : [];
  return names.filter((name) => name.startsWith(basename(file))).map((name) => join(folder, name));
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** A damaged blob that is put again is mended. */
async function isSound(file: string, name: string): Promise<boolean> {
  const bytes = await read(file);
  return bytes !== undefined && sha256(bytes) === name;
}

async function read(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Written aside, forced to disk, then named: a crash leaves the whole blob or none. The folder's entry is forced too. */
async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  const aside = `${file}.${randomUUID()}`;
  await mkdir(folder, { recursive: true });
  try {
    const handle = await open(aside, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
