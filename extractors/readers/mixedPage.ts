import type { Page, Word } from '#core';
import { type Rotation, turnRectangle } from './geometry.ts';
import type { PageReading } from './layout.ts';
import { isSamePlace, setInto } from './pageFusion.ts';

/** What pixels add to a text layer must be at least so many words it was sure of, or it is a logo and a stain. */
const ENOUGH_WORDS = 5;
const SURE = 0.7;

/**
 * A page of which a part has a text layer and the rest pixels only: the layer's words, and where it has none those
 * that pixels show. The layer alone where pixels show nothing else of worth.
 */
export function mixedPage(typed: PageReading, scanned: PageReading): PageReading {
  const { page, text } = scanned;
  const layer = turnedTo(page.rotation, typed.page);
  const seen = linesOf(page.words, text).map((line) =>
    line.filter((word) => !layer.some((own) => isSamePlace(own, word))),
  );
  if (seen.flat().filter(isSureWord).length < ENOUGH_WORDS) return typed;
  const lines = seen.filter((line) => line.length > 0);
  for (const word of layer) setInto(lines, word);
  return { page: { ...page, ...byBoth(typed.page, page), words: lines.flat() }, text: textOf(lines) };
}

/** Every reader whose words a page has. */
export function byBoth(...pages: readonly Page[]): Pick<Page, 'by'> {
  const names = new Set(pages.flatMap(({ by }) => by?.split(', ') ?? []));
  return names.size > 0 ? { by: [...names].join(', ') } : {};
}

/** A page's words as they stand once it is turned. */
export function turnedTo(rotation: Rotation, page: Page): Word[] {
  const turn = ((rotation - page.rotation + 360) % 360) as Rotation;
  return page.words.map((word) => ({ ...word, ...turnRectangle(word, page, turn) }));
}

/** The words of a page as the lines of its text. */
export function linesOf(words: readonly Word[], text: string): Word[][] {
  let at = 0;
  return text.split('\n').map((line) => {
    const from = at;
    at += line === '' ? 0 : line.split(' ').length;
    return words.slice(from, at);
  });
}

/** Lines of words as text; lines without a word are left out. */
export function textOf(lines: readonly (readonly Word[])[]): string {
  return lines
    .filter((line) => line.length > 0)
    .map((line) => line.map((word) => word.text).join(' '))
    .join('\n');
}

function isSureWord({ text, confidence }: Word): boolean {
  return confidence >= SURE && /[\p{L}\p{N}]{2}/u.test(text);
}
