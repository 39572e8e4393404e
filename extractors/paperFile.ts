import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { defaultLimits, limitPassed } from './readers/index.ts';

/**
 * The bytes of a paper that lies in a file. Rejects with `too-large` before anything of it is held, and with the file
 * system's own error where it cannot be opened.
 */
export async function paperFile(file: string, most: number = defaultLimits.bytes): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > most) throw limitPassed({ of: 'bytes', most, has: size });
  // A pipe or a device has no size, and a file may grow while it is read.
  const bytes = await buffer(createReadStream(file, { end: most }));
  if (bytes.length > most) throw limitPassed({ of: 'bytes', most });
  return bytes;
}
