import type { Page, Statement } from '#core';
import type { Doubt, ReadResult } from './readers/index.ts';
import { classify, type PaperType } from './types/classify.ts';

/** What is read of a paper: its pages, its data, and why that may not be all. */
type Read = Pick<ReadResult, 'pages' | 'statements' | 'doubts'>;

/** What goes along with papers of other kinds and is not keyed then: a time sheet, the receipts of what is charged. */
const COMPANIONS: readonly PaperType[] = ['letter', 'form', 'receipt'];

/**
 * A paper without the files attached to its PDF: terms and time sheets have names, days and sums that are not the
 * paper's. Where one of them looks like a paper that should be keyed as well, that is a doubt: nobody else would.
 */
export function paperItself<R extends Read>(read: R): R {
  const files = Map.groupBy(read.pages, ({ attached }) => attached);
  const own = files.get(undefined);
  if (!own || files.size === 1) return read;
  const statements = Map.groupBy(read.statements, ({ attached }) => attached);
  const kind = classify(own, statements.get(undefined)).type;
  const isPaper = ([file, pages]: readonly [number | undefined, readonly Page[]]) =>
    file !== undefined && looksLikePaper(kind, pages, statements.get(file));
  const doubts: readonly Doubt[] = [...files].some(isPaper) ? ['paper-attached'] : [];
  return { ...read, pages: own, statements: statements.get(undefined) ?? [], doubts: [...read.doubts, ...doubts] };
}

function looksLikePaper(
  beside: PaperType | 'unknown',
  pages: readonly Page[],
  statements: readonly Statement[] = [],
): boolean {
  const { type } = classify(pages, statements);
  return statements.length > 0 || (type !== 'unknown' && (type === beside || !COMPANIONS.includes(type)));
}
