import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '#core';

let ours: Promise<string> | undefined;

/** What these readers are, by their own sources: whatever changes in them may change what a reading says. */
export function readerVersion(): Promise<string> {
  ours ??= versionOf(import.meta.dirname);
  return ours;
}

/** The same for the same names and contents of the files in a folder, wherever it lies. */
export async function versionOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = files.map(async (file) => [file.slice(folder.length), sha256(await readFile(file))]);
  return sha256(JSON.stringify((await Promise.all(contents)).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))));
}
