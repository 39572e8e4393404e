import { agreed, meanConfidence } from './fusion.ts';
import type { Rectangle } from './geometry.ts';
import type { OcrWord } from './ocr.ts';

type Lines<W extends OcrWord = OcrWord> = readonly (readonly W[])[];

/** Of the smaller box: engines place a word's edges by guess. */
const SAME_PLACE = 0.4;
/** Of the larger box: more than two words of a line or of two lines ever share. */
const MOST_OF_BOTH = 0.6;
/** Where words are not set one against one, the first reading parts words better: it yields where it hardly believes its own. */
const CLEARLY = 0.3;
/** What the first reading did not see at all must be surer than what both saw. */
const SURE_ENOUGH_ALONE = 0.7;

/**
 * A page read twice in different ways. Where both say the same it counts for more; where they differ, also over where
 * one word ends, what was read with more confidence stands; what only the second saw is added if it was sure. Lines are
 * the first reading's, places of words the second's, which knows their ink.
 */
export function fusedPages(first: Lines, second: Lines): OcrWord[][] {
  const joined = joinedPages(first, second, {
    together: settled,
    alone: (word) => (word.confidence >= SURE_ENOUGH_ALONE ? word : undefined),
  });
  return withoutEchoes(joined);
}

/** A word that a smudge drew into a second line stands once: in the longer line. */
function withoutEchoes(lines: readonly OcrWord[][]): OcrWord[][] {
  const kept: OcrWord[] = [];
  for (const word of lines.toSorted((a, b) => b.length - a.length).flat()) {
    if (!kept.some((other) => isSameWord(word, other))) kept.push(word);
  }
  const stands = new Set(kept);
  return lines.map((line) => line.filter((word) => stands.has(word))).filter((line) => line.length > 0);
}

/** The same letters, each word over most of the other. */
function isSameWord(a: OcrWord, b: OcrWord): boolean {
  return overlap(a, b) > MOST_OF_BOTH * Math.max(area(a), area(b)) && saidBy([a]) === saidBy([b]);
}

/** How two readings of a page become one. */
interface Joining<W extends OcrWord> {
  /** What stands of words of the first reading and of those of the second over them; there may be none of these. */
  together(own: W[], others: W[]): W[];
  /** What stands of a word that the second reading alone has; nothing where it shall not. */
  alone(word: W): W | undefined;
}

/** Two readings of a page, place by place, in the first one's lines. */
export function joinedPages<W extends OcrWord>(first: Lines<W>, second: Lines<W>, joining: Joining<W>): W[][] {
  const unused = new Set(second.flat());
  const lines = first.map((line) =>
    overlapping(line, [...unused])
      .flatMap(([own, others]) => {
        for (const other of others) unused.delete(other);
        return joining.together(own, others);
      })
      .sort((a, b) => a.x0 - b.x0),
  );
  for (const word of unused) {
    const kept = joining.alone(word);
    if (kept) setInto(lines, kept);
  }
  return lines;
}

type Sides<W> = readonly [own: W[], others: W[]];

/** The words of a line, each with what stands over it, and with its neighbours where that stands over them too. */
function overlapping<W extends OcrWord>(line: readonly W[], others: readonly W[]): readonly Sides<W>[] {
  return line.reduce<Sides<W>[]>((groups, word) => {
    const over = others.filter((other) => isSamePlace(word, other));
    const touches = ([, known]: Sides<W>) => known.some((other) => over.includes(other));
    const joined = groups.filter(touches);
    const own = [...joined.flatMap(([mine]) => mine), word];
    const theirs = [...new Set([...joined.flatMap(([, known]) => known), ...over])].sort((a, b) => a.x0 - b.x0);
    return [...groups.filter((group) => !touches(group)), [own, theirs]];
  }, []);
}

function settled(own: OcrWord[], others: OcrWord[]): OcrWord[] {
  if (others.length === 0) return own;
  const [mine, theirs] = [meanConfidence(own), meanConfidence(others)];
  const isPaired = own.length === others.length;
  const placed = isPaired ? placedAs(own, others) : own;
  if (saidBy(own) === saidBy(others)) {
    const other = (i: number) => (isPaired ? others[i]!.confidence : theirs);
    return placed.map((word, i) => ({ ...word, confidence: agreed(word.confidence, other(i)) }));
  }
  if (own.length === 1 && others.length === 1) return theirs > mine ? others : placed;
  // Bits of a worn word are each read surely, and leave half its letters out.
  const isWhole = lettersOf(others).length >= lettersOf(own).length;
  return isWhole && theirs >= SURE_ENOUGH_ALONE && theirs > mine + CLEARLY ? others : placed;
}

function placedAs(words: readonly OcrWord[], places: readonly OcrWord[]): OcrWord[] {
  return words.map((word, i) => {
    const { x0, y0, x1, y1 } = places[i]!;
    return { ...word, x0, y0, x1, y1 };
  });
}

/** Into the line that runs at its height, or as a line of its own above the first one that stands lower. */
export function setInto<W extends Rectangle>(lines: W[][], word: W): void {
  const home = lines.find((line) => line.some((each) => isLevel(each, word)));
  if (home) {
    home.push(word);
    home.sort((a, b) => a.x0 - b.x0);
    return;
  }
  const below = lines.findIndex((line) => line.every((each) => each.y0 > middle(word)));
  lines.splice(below < 0 ? lines.length : below, 0, [word]);
}

function isLevel(a: Rectangle, b: Rectangle): boolean {
  return Math.abs(middle(a) - middle(b)) < 0.4 * Math.min(a.y1 - a.y0, b.y1 - b.y0);
}

function middle({ y0, y1 }: Rectangle): number {
  return (y0 + y1) / 2;
}

/** Whether two words stand over each other, whoever placed their edges. */
export function isSamePlace(a: Rectangle, b: Rectangle): boolean {
  return overlap(a, b) > SAME_PLACE * Math.min(area(a), area(b));
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return Math.max(0, width) * Math.max(0, height);
}

function area({ x0, y0, x1, y1 }: Rectangle): number {
  return (x1 - x0) * (y1 - y0);
}

/** What a reading says, however it parted it: in words letters tell, in figures every point and sign does. */
export function saidBy(words: readonly OcrWord[]): string {
  const text = textOf(words);
  return /\p{N}/u.test(text) ? text.replace(STRAY_EDGES, '').toLowerCase() : lettersOf(words);
}

/** Marks around a figure that change nothing of it: neither a sign, nor a bracket for one, nor a point before decimals. */
const STRAY_EDGES = /^[^\p{L}\p{N}\p{Pd}\u2212+(.,]+|[^\p{L}\p{N}\p{Pd}\u2212+)%]+$/gu;

/** What a reading says, whatever signs stand around it; the signs where there is nothing else. */
function lettersOf(words: readonly OcrWord[]): string {
  const text = textOf(words);
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase() || text;
}

function textOf(words: readonly OcrWord[]): string {
  return words.map((word) => word.text).join('');
}
