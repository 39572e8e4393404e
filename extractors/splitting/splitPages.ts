import { readFileSync } from 'node:fs';
import type { Page } from '#core';
import { SPLIT_CLUES, type SplitClues, splitClues } from './clues.ts';
import { type PageFacts, pageFacts } from './pageFacts.ts';

/** Pages that are one paper, from page `from` to page `to`, both within. */
export interface PaperPages {
  readonly from: number;
  readonly to: number;
  /** That these pages, and no others, are one paper. */
  readonly probability: number;
}

/** What splitting goes by: log-odds of a first page, fitted by `bench/splitting`. */
export interface SplitWeights {
  readonly origin: Readonly<Record<string, unknown>>;
  readonly start: number;
  readonly clues: SplitClues;
}

let shipped: SplitWeights | undefined;

function shippedWeights(): SplitWeights {
  shipped ??= JSON.parse(readFileSync(new URL('./weights.json', import.meta.url), 'utf8')) as SplitWeights;
  return shipped;
}

/**
 * Splits a pile, read as one file, into its papers: a page that is more likely a first page than not begins a new one.
 * By page numbers, letterhead, kinds, numbers and parties of neighbouring pages, weighed by logistic regression. Blank pages
 * go with the paper before them, files attached to a PDF do not. Below a probability of one's choice a person should look.
 */
export function splitPages(pages: readonly Page[]): PaperPages[] {
  const ranges = splitFacts(pages.map(pageFacts), shippedWeights());
  const numberAt = (place: number) => pages[place]!.number;
  return ranges.map(({ from, to, probability }) => ({ from: numberAt(from), to: numberAt(to), probability }));
}

/** Papers by their pages' places in the pile, counted from 0. */
export function splitFacts(facts: readonly PageFacts[], weights: SplitWeights): PaperPages[] {
  const ranges: PaperPages[] = [];
  for (const [i, clues] of jointsOf(facts).entries()) {
    const chance = isBeside(facts[i - 1], facts[i]!) ? 1 : clues ? firstPageChance(clues, weights) : 0;
    const open = ranges.at(-1);
    if (!open) ranges.push({ from: i, to: i, probability: 1 });
    else if (chance < 0.5) ranges[ranges.length - 1] = { ...open, to: i, probability: open.probability * (1 - chance) };
    else {
      ranges[ranges.length - 1] = { ...open, probability: open.probability * chance };
      ranges.push({ from: i, to: i, probability: chance });
    }
  }
  return ranges;
}

/** The pages of several files as one pile, numbered through: what `splitPages` puts together was one paper. */
export function pileOf(files: readonly (readonly Page[])[]): Page[] {
  return files.flat().map((page, i) => {
    return { ...page, number: i + 1, words: page.words.map((word) => ({ ...word, page: i + 1 })) };
  });
}

/** For each page what speaks for its being a first one; undefined for blank pages and the first that is not. */
export function jointsOf(facts: readonly PageFacts[]): (SplitClues | undefined)[] {
  let before: PageFacts | undefined;
  let blank = false;
  return facts.map((page) => {
    if (page.blank) {
      blank = true;
      return undefined;
    }
    const clues = before && splitClues(before, page, blank);
    [before, blank] = [page, false];
    return clues;
  });
}

/** A file attached to a paper is no part of it. */
function isBeside(before: PageFacts | undefined, { page }: PageFacts): boolean {
  return before !== undefined && (before.page.attached === undefined) !== (page.attached === undefined);
}

function firstPageChance(clues: SplitClues, weights: SplitWeights): number {
  const odds = SPLIT_CLUES.reduce((sum, clue) => sum + weights.clues[clue] * clues[clue], weights.start);
  return 1 / (1 + Math.exp(-odds));
}
