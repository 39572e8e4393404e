import { paperItself } from './paperItself.ts';
import type { Readers, ReadOptions, ReadResult } from './readers/index.ts';

/** A paper as it was read: with what came along with it, and itself, where fields are looked for. */
export interface ReadPaper {
  readonly read: ReadResult;
  readonly itself: ReadResult;
}

/**
 * Reads a paper as far as fields are looked for in it. Of the files beside it only the first pages cost OCR: they tell
 * whether one should be keyed too. Where such a file, sent with a mail, turns out to be the paper, it is read to its
 * end: it, and no other.
 */
export async function readItself(
  readers: Pick<Readers, 'read'>,
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<ReadPaper> {
  const toTheEnd = new Set<number>();
  for (;;) {
    const beside = toTheEnd.size === 0 ? 'first-pages' : { toTheEnd: [...toTheEnd] };
    const read = await readers.read(bytes, { ...options, beside });
    const itself = paperItself(read);
    const begun = filesBegun(itself).filter((file) => !toTheEnd.has(file));
    if (begun.length === 0) return { read, itself };
    for (const file of begun) toTheEnd.add(file);
  }
}

/** The files of which pages are unread, each by the number of its first page. */
function filesBegun({ pages }: ReadResult): number[] {
  return pages.flatMap(({ unread, sent, attached }) => (unread ? (sent ?? attached ?? []) : []));
}
