import type { Page, Word } from '#core';
import { agreed, meanConfidence } from './fusion.ts';
import type { PageReading } from './layout.ts';
import { byBoth, linesOf, textOf, turnedTo } from './mixedPage.ts';
import { isSamePlace, joinedPages, saidBy } from './pageFusion.ts';

/** What is expected of an engine nobody here knows. */
const CLAIMED = 0.7;
/** What neither our engine saw nor anything else bears out. */
const CLAIMED_ALONE = 0.5;
/** Two readings that differ, whichever of them stands. */
const DISPUTED = 0.6;
const SURE = 0.6;
/** With fewer of its words over words that pixels show, a layer is of another page, or laid beside its own. */
const CONFIRMED_SHARE = 0.5;

/** What is left of a page's words when those in `dropped` are not counted. */
export function withoutWords({ page, text }: PageReading, dropped: ReadonlySet<Word>): PageReading {
  if (dropped.size === 0) return { page, text };
  const lines = linesOf(page.words, text).map((line) => line.filter((word) => !dropped.has(word)));
  return { page: { ...page, words: lines.flat() }, text: textOf(lines) };
}

/**
 * Words that lie unseen over a scan are what another engine once read in it: `layer`. Beside what our own read they are
 * a second reading: the same words rise in confidence, others fall. A layer that stands elsewhere is not of this page,
 * and only the pixels count. Undefined where pixels give too little to tell.
 */
export function checkedLayer(layer: PageReading, scanned: PageReading): PageReading | undefined {
  const claims = turnedTo(scanned.page.rotation, layer.page).map((word) => ({ ...word, confidence: CLAIMED }));
  const { words } = scanned.page;
  const confirmed = claims.filter((claim) => words.some((word) => isSamePlace(claim, word)));
  if (confirmed.length < CONFIRMED_SHARE * claims.length) {
    const sure = words.filter(({ confidence }) => confidence > SURE);
    return sure.length >= CONFIRMED_SHARE * claims.length ? scanned : undefined;
  }
  const lines = joinedPages<Word>(linesOf(words, scanned.text), [claims], {
    together: compared,
    // What our own words reach into, they say themselves.
    alone: (claim) =>
      words.some((word) => touches(word, claim)) ? undefined : { ...claim, confidence: CLAIMED_ALONE },
  }).filter((line) => line.length > 0);
  const page = { ...scanned.page, ...byBoth(layer.page, scanned.page), words: lines.flat() };
  return { page, text: textOf(lines) };
}

/** A page whose unseen words stand for what its pixels may say: as read by an engine, hardly to be believed. */
export function uncheckedLayer({ page, text }: PageReading, claims: ReadonlySet<Word>): PageReading {
  const words = page.words.map((word) => (claims.has(word) ? { ...word, confidence: CLAIMED_ALONE } : word));
  return { page: { ...page, source: 'ocr' satisfies Page['source'], words }, text };
}

function touches(a: Word, b: Word): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

function compared(own: Word[], claims: Word[]): Word[] {
  if (claims.length === 0) return own;
  if (saidBy(own) === saidBy(claims)) {
    return own.map((word) => ({ ...word, confidence: agreed(word.confidence, CLAIMED) }));
  }
  const standing = meanConfidence(own) >= CLAIMED ? own : claims;
  return standing.map((word) => ({ ...word, confidence: Math.min(word.confidence, DISPUTED) }));
}
