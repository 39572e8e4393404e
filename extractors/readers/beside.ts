import type { Desk } from './desk.ts';
import type { PaperPart } from './paperParts.ts';

/**
 * How much is read of the files beside a paper, where that takes OCR: `all`, or the first pages of each, which tell whether
 * it is another paper that somebody should key; `toTheEnd` are the files, each by the number of its first page, that are
 * read to their end beside those.
 */
export type Beside = 'all' | 'first-pages' | { readonly toTheEnd: readonly number[] };

/** Of each file, and of all of them together. */
const MOST_PAGES = 5;
const MOST_PAGES_TOGETHER = 20;

/** The desk at which each part of a paper is read. */
export function desksBeside(beside: Beside, desk: Desk): (part: PaperPart, at: number) => Desk {
  if (beside === 'all') return () => desk;
  const toTheEnd = beside === 'first-pages' ? [] : beside.toTheEnd;
  let together = MOST_PAGES_TOGETHER;
  return (part, at) => {
    if (mayBePaper(part, at) || toTheEnd.includes(part.first)) return desk;
    let room = MOST_PAGES;
    return { ...desk, mayRecognise: () => room-- > 0 && together-- > 0 };
  };
}

/** What a name has at its end that tells readings of one paper apart by how far they reach. */
export function nameOfReach(beside: Beside): string {
  if (beside === 'all') return '';
  return beside === 'first-pages' ? '-first-pages' : `-first-pages-and-${beside.toTheEnd.join('-')}`;
}

/** What came first with a mail is its paper more often than not. */
function mayBePaper({ isAttached }: PaperPart, at: number): boolean {
  return at === 0 || (at === 1 && !isAttached);
}
