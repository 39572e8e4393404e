import { inflateSync } from 'node:zlib';

const PINNED = '/FileAttachment';
const PACK = '/ObjStm';
/** Of all packs together. */
const MOST_UNPACKED_BYTES = 50_000_000;

/**
 * Whether a PDF speaks of files pinned to its pages, by its bytes and by what is packed in them; undefined where that
 * cannot be told, because what is packed is encrypted too, packed in another way or too much. Names in the open are never
 * encrypted.
 */
export function speaksOfPinnedFiles(bytes: Uint8Array): boolean | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(PINNED)) return true;
  let room = MOST_UNPACKED_BYTES;
  for (let at = file.indexOf(PACK); at >= 0; at = file.indexOf(PACK, at + PACK.length)) {
    const packed = unpacked(file, at, room);
    if (!packed) return undefined;
    if (packed.includes(PINNED)) return true;
    room -= packed.length;
  }
  return false;
}

function unpacked(file: Buffer, at: number, most: number): Buffer | undefined {
  const opening = file.indexOf('stream', at);
  const closing = file.indexOf('endstream', at);
  if (opening < 0 || closing <= opening || most <= 0) return undefined;
  const start = opening + 'stream'.length + (file.toString('latin1', opening + 6, opening + 8) === '\r\n' ? 2 : 1);
  try {
    return inflateSync(file.subarray(start, closing), { maxOutputLength: most });
  } catch {
    return undefined;
  }
}
