import type { Page } from '#core';

/** Fields stand on the first pages or the last ones; what lies between is rows. */
const FIRST = 2;
const LAST = 2;
/** More words than this on one page are no letter's: the rest is not looked at. */
const MOST_WORDS = 1500;

/** The pages the memory looks at, whole pages with their own numbers: what is kept of a paper and what is read anew look alike. */
export function outlineOf(pages: readonly Page[]): Page[] {
  const chosen = pages.filter((_, i) => i < FIRST || i >= pages.length - LAST);
  return chosen.map((page) => ({ ...page, words: page.words.slice(0, MOST_WORDS).map(rounded) }));
}

function rounded(word: Page['words'][number]): Page['words'][number] {
  const { text, page } = word;
  const [x0, y0, x1, y1] = [word.x0, word.y0, word.x1, word.y1].map((value) => Math.round(value * 10) / 10);
  return { text, confidence: Math.round(word.confidence * 100) / 100, page, x0: x0!, y0: y0!, x1: x1!, y1: y1! };
}
