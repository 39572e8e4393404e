import { readFile } from 'node:fs/promises';
import { InvalidInput } from '#core';

/** A file named on the command line. */
export async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new InvalidInput('no-such-file', file, `This file cannot be opened: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
