import { paperItself } from './paperItself.ts';
import type { Readers, ReadOptions, ReadResult } from './readers/index.ts';

/** A paper as it was read: with what came along with it, and itself, where fields are looked for. */
export interface ReadPaper {
  readonly read: ReadResult;
  readonly itself: ReadResult;
}

/**
 * Reads a paper as far as fields are looked for in it. Of the files beside it only the first pages cost OCR: they tell
 * whether one should be keyed too. Where such a file, sent with a mail, turns out to be the paper, it is read to its end.
 */
export async function readItself(
  readers: Pick<Readers, 'read'>,
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<ReadPaper> {
  const begun = await readers.read(bytes, { ...options, beside: 'first-pages' });
  const itself = paperItself(begun);
  if (!itself.pages.some(({ unread }) => unread)) return { read: begun, itself };
  const read = await readers.read(bytes, options);
  return { read, itself: paperItself(read) };
}
