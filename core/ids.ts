import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A short id that sorts by time of making: 9 characters of time, 7 of chance. */
export function newId(now = Date.now()): string {
  let time = '';
  for (let rest = now, i = 0; i < 9; i++, rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
  return time + Array.from(randomBytes(7), (byte) => ALPHABET[byte % 32]).join('');
}

/** Hex sha256 of bytes: the name of a paper. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
