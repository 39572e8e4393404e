import { createHash, randomInt } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A short id that sorts by time of making: 9 characters of time, 7 of chance. */
export function newId(now = Date.now()): string {
  return characters(now, 9) + characters(randomInt(32 ** 7), 7);
}

/** The last so many characters of a number written with those of the alphabet. */
function characters(value: number, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
  return text;
}

/** Hex sha256 of bytes: the name of a paper. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
