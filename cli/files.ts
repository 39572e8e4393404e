import { readFile, writeFile } from 'node:fs/promises';
import { InvalidInput } from '#core';

/** Why a file cannot be opened, by the system's own code. */
const OPENING: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'This is a folder: name a file in it.',
  EACCES: 'You may not read this file.',
};

/** A file named on the command line; what `read` says of more than the file's being there is passed on. */
export async function bytesOf(
  file: string,
  read: (file: string) => Promise<Uint8Array> = readFile,
): Promise<Uint8Array> {
  try {
    return await read(file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new InvalidInput(
      'no-such-file',
      file,
      OPENING[String(error.code)] ?? `This file cannot be opened (${reasonOf(error)}).`,
    );
  }
}

/** Writes the file a flag names. */
export async function writeTo(flag: string, file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new InvalidInput('cannot-write', flag, `${file} cannot be written (${reasonOf(error)}).`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
