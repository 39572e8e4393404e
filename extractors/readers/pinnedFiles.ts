import { inflateSync } from 'node:zlib';

const PINNED = '/FileAttachment';
const PACK = '/ObjStm';
const MOST_UNPACKED_BYTES = 50_000_000;

/**
 * Whether a PDF speaks of files pinned to its pages, by its bytes and by what is packed in them. Where that cannot be
 * told, because what is packed is encrypted too or packed in another way, it may. Names in the open are never encrypted.
 */
export function mayPinFiles(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(PINNED)) return true;
  for (let at = file.indexOf(PACK); at >= 0; at = file.indexOf(PACK, at + PACK.length)) {
    if (mayPack(file, at)) return true;
  }
  return false;
}

function mayPack(file: Buffer, at: number): boolean {
  const opening = file.indexOf('stream', at);
  const closing = file.indexOf('endstream', at);
  if (opening < 0 || closing <= opening) return true;
  const start = opening + 'stream'.length + (file.toString('latin1', opening + 6, opening + 8) === '\r\n' ? 2 : 1);
  try {
    return inflateSync(file.subarray(start, closing), { maxOutputLength: MOST_UNPACKED_BYTES }).includes(PINNED);
  } catch {
    return true;
  }
}
