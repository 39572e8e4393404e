import { inflateSync } from 'node:zlib';

const PINNED = '/FileAttachment';
const PACK = '/ObjStm';
/** Of all packs together. */
const MOST_UNPACKED_BYTES = 50_000_000;
/** What a pack costs at least, whatever is in it. */
const LEAST_UNPACKED_BYTES = 10_000;
/** Pages that are searched for files pinned to them, where the document speaks of such, and where that cannot be told. */
const MOST_PAGES = 1_000;
const MOST_PAGES_UNTOLD = 20;

/**
 * How many pages of a PDF, from the first one on, are searched for files pinned to them; counted when it is first asked
 * for, because it costs a look at all bytes. To look at a page's annotations pdfium loads all of it, half of what reading
 * it costs: of those behind, their reading tells whether a file is pinned to them.
 */
export function pagesSearched(bytes: Uint8Array): () => number {
  let count: number | undefined;
  return () => {
    count ??= countFor(speaksOfPinnedFiles(bytes));
    return count;
  };
}

function countFor(speaks: boolean | undefined): number {
  if (speaks === undefined) return MOST_PAGES_UNTOLD;
  return speaks ? MOST_PAGES : 0;
}

/**
 * Whether a PDF speaks of files pinned to its pages, by its bytes and by what is packed in them; undefined where that
 * cannot be told, because what is packed is encrypted too, packed in another way or too much. Names in the open are never
 * encrypted.
 */
export function speaksOfPinnedFiles(bytes: Uint8Array): boolean | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(PINNED)) return true;
  let room = MOST_UNPACKED_BYTES;
  for (let at = file.indexOf(PACK); at >= 0; ) {
    const stream = streamAfter(file, at);
    const unpacked = stream && room > 0 ? inflated(file.subarray(stream.from, stream.to), room) : undefined;
    if (!stream || !unpacked) return undefined;
    if (unpacked.includes(PINNED)) return true;
    room -= Math.max(unpacked.length, LEAST_UNPACKED_BYTES);
    at = file.indexOf(PACK, stream.to);
  }
  return false;
}

function streamAfter(file: Buffer, at: number): { readonly from: number; readonly to: number } | undefined {
  const opening = file.indexOf('stream', at);
  const to = file.indexOf('endstream', at);
  if (opening < 0 || to <= opening) return undefined;
  const from = opening + 'stream'.length;
  return { from: from + (file.toString('latin1', from, from + 2) === '\r\n' ? 2 : 1), to };
}

function inflated(packed: Uint8Array, most: number): Buffer | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: most });
  } catch {
    return undefined;
  }
}
