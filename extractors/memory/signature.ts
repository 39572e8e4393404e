import type { Page } from '#core';

/**
 * What papers of one sender and layout have in common: words without digits and the column they begin in, each with the
 * share of the layout's papers that carry it. Values change from paper to paper and fall out; labels, headings and the
 * letterhead stay.
 */
export type Signature = Readonly<Record<string, number>>;

/** Columns of a page's width. A word that begins near a column's edge may fall to either side. */
const COLUMNS = 40;
const LEAST_LETTERS = 3;
/** Words seen on fewer of a layout's papers than this are values. */
const LEAST_SHARE = 0.4;
const SKETCH_SIZE = 64;

/** From here on two papers are of one layout: unlike layouts stay below 0.25, papers of one layout mostly reach 0.4. */
export const SAME_LAYOUT = 0.35;

/** A word as layouts compare it: letters only, lower case, without accents. */
export function letters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
}

/** The signature of a single paper, by its first page. */
export function signatureOf(pages: readonly Page[]): Signature {
  const page = pages[0];
  if (!page || page.width <= 0) return {};
  const marks = page.words.flatMap(({ text, x0 }) => {
    const word = letters(text);
    return word.length < LEAST_LETTERS || /\d/.test(text) ? [] : [mark(word, Math.round((x0 / page.width) * COLUMNS))];
  });
  return Object.fromEntries(marks.map((each) => [each, 1]));
}

/** The signature of all these papers together. */
export function joinedSignature(each: readonly Signature[]): Signature {
  const counts = new Map<string, number>();
  for (const name of each.flatMap((signature) => Object.keys(signature))) counts.set(name, (counts.get(name) ?? 0) + 1);
  const shares = [...counts].map(([name, count]): [string, number] => [name, count / each.length]);
  return Object.fromEntries(shares.filter(([, share]) => share >= LEAST_SHARE));
}

/** 0 to 1: the weighted overlap (Dice) of two signatures, a word's neighbouring columns taken as its own. */
export function likeness(a: Signature, b: Signature): number {
  const [inB, ofA] = overlap(a, b);
  const [inA, ofB] = overlap(b, a);
  const total = ofA + ofB;
  return total === 0 ? 0 : (inB + inA) / total;
}

function overlap(a: Signature, b: Signature): [shared: number, all: number] {
  let shared = 0;
  let all = 0;
  for (const [name, share] of Object.entries(a)) {
    all += share;
    if (near(name).some((each) => each in b)) shared += share;
  }
  return [shared, all];
}

function near(name: string): string[] {
  const at = name.lastIndexOf('@');
  const column = Number(name.slice(at + 1));
  return [column, column - 1, column + 1].map((each) => mark(name.slice(0, at), each));
}

function mark(word: string, column: number): string {
  return `${word}@${column}`;
}

/**
 * The words of a signature as a bottom-k sketch (Broder, 1997): the smallest hashes of its words, whatever their place.
 * Two that resemble each other share many of them, which is what an index can look up.
 */
export function sketchOf(signature: Signature): number[] {
  return smallestHashes(
    Object.keys(signature).map((name) => name.slice(0, name.lastIndexOf('@'))),
    SKETCH_SIZE,
  );
}

/** The `size` smallest 31-bit hashes of these texts, each once, in rising order. */
export function smallestHashes(texts: readonly string[], size: number): number[] {
  return [...new Set(texts.map(hash))].sort((a, b) => a - b).slice(0, size);
}

/** FNV-1a, mixed once more (murmur3's finaliser): its low bits alone would order alike words alike. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) & 0x7fffffff;
}
