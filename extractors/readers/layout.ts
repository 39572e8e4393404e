import type { Page, Statement, Word } from '#core';
import { type Rectangle, type Rotation, type Size, tidyRectangle, turnRectangle } from './geometry.ts';

/** Text without a space in it, as a reader found it; neighbours may turn out to be the rest of the same word. */
export interface Fragment extends Rectangle {
  readonly text: string;
  readonly confidence: number;
  /** Degrees clockwise by which its line is turned against the page. */
  readonly angle: Rotation;
  /** The reader saw that this goes on where the fragment before it ended, with no space between. */
  readonly continues: boolean;
  /**
   * It is drawn without ink or under a picture (`none`), so that nobody sees it: what recognition laid over a scan. Or it
   * is drawn as pale as paper (`pale`): whether it can be seen, only the page's picture tells.
   */
  readonly ink?: 'none' | 'pale';
}

export type Line = readonly Fragment[];

/** What a reader makes of one page: the contract's page, and its text with a line break after each line. */
export interface PageReading {
  readonly page: Page;
  readonly text: string;
}

/** What a whole paper gives: its pages in order, and what it carries as data. */
export interface PaperReading {
  readonly pages: readonly PageReading[];
  readonly statements: readonly Statement[];
  /** What is wrong with the paper as it came, in kebab words; see `Doubt`. */
  readonly doubts: readonly Doubt[];
}

/**
 * Why what was read of a paper may not be all of it: `cut-short` (the file ends too early), `repaired` (its structure
 * was found anew), `page-lost` (a page cannot be read), `ink-without-words` (a page, or a large part of it, shows
 * something, but no word was found there), `layer-unchecked` (unseen words lie over a picture in which too little can be
 * read to check them), `attachment-unread` (a mail's or a PDF's attachment, or pages of it, that cannot be or are not read), `paper-attached` (a file
 * attached to a PDF, or a second one sent with a mail, looks like a paper of its own, and is not extracted with this one), `several-papers` (its own
 * pages look like more than one paper, and are extracted as one), `commented` (somebody wrote comments on a
 * page, which are no print), `data-unplaced` (e-invoices' data, of
 * which it cannot be told what paper of a pile, or which of several, they are of), `kind-unsure` (too little speaks for
 * any kind of paper: it is extracted as the likeliest).
 */
export type Doubt =
  | 'cut-short'
  | 'repaired'
  | 'page-lost'
  | 'ink-without-words'
  | 'layer-unchecked'
  | 'attachment-unread'
  | 'paper-attached'
  | 'several-papers'
  | 'commented'
  | 'data-unplaced'
  | 'kind-unsure';

const SAME_WORD_GAP = 0.1;
const CONTINUED_WORD_GAP = 0.3;

/** Lines from top to bottom, words from left to right; text that is turned against the rest comes last. */
export function readingOrder(fragments: readonly Fragment[], page: Size): Line[] {
  const angles = ([0, 90, 180, 270] as const).map((angle) => fragments.filter((one) => one.angle === angle));
  angles.sort((a, b) => letters(b) - letters(a));
  return angles.flatMap((group) => uprightLines(group, page));
}

export function pageReading(
  lines: readonly Line[],
  about: Pick<Page, 'number' | 'width' | 'height' | 'source' | 'rotation'>,
): PageReading {
  const toWord = (one: Fragment): Word => ({
    page: about.number,
    text: one.text,
    ...tidyRectangle(one, about),
    confidence: one.confidence,
  });
  const text = lines.map((line) => line.map((one) => one.text).join(' ')).join('\n');
  return { page: { ...about, words: lines.flat().map(toWord) }, text };
}

/** A page of which only its size is known: its pixels are not read. */
export function unreadPage(about: Pick<Page, 'number' | 'width' | 'height'>): PageReading {
  return { page: { ...about, source: 'ocr', rotation: 0, unread: true, words: [] }, text: '' };
}

export function letters(fragments: readonly Fragment[]): number {
  return fragments.reduce((sum, one) => sum + one.text.length, 0);
}

/** `group` shares one angle: its lines are found as if the page were turned so that they stand upright. */
function uprightLines(group: readonly Fragment[], page: Size): Line[] {
  const angle = group[0]?.angle ?? 0;
  const upright = ((360 - angle) % 360) as Rotation;
  const placed = group.map((fragment, order) => ({ fragment, order, at: turnRectangle(fragment, page, upright) }));
  return linesOf(placed).map((line) => joinWords(line));
}

interface Placed {
  readonly fragment: Fragment;
  /** Its place in what the reader gave: only true neighbours can continue each other. */
  readonly order: number;
  readonly at: Rectangle;
}

function linesOf(placed: readonly Placed[]): Placed[][] {
  const lines: { middle: number; height: number; members: Placed[] }[] = [];
  const middle = ({ at }: Placed) => (at.y0 + at.y1) / 2;
  for (const one of [...placed].sort((a, b) => middle(a) - middle(b))) {
    const height = one.at.y1 - one.at.y0;
    const home = lines
      .slice(-4)
      .find((line) => Math.abs(middle(one) - line.middle) < 0.5 * Math.min(height, line.height));
    if (!home) {
      lines.push({ middle: middle(one), height, members: [one] });
      continue;
    }
    const count = home.members.push(one);
    home.middle += (middle(one) - home.middle) / count;
    home.height += (height - home.height) / count;
  }
  return lines.map((line) => line.members.sort((a, b) => a.at.x0 - b.at.x0 || a.order - b.order));
}

function joinWords(line: readonly Placed[]): Line {
  const words: Placed[] = [];
  for (const one of line) {
    const before = words.at(-1);
    if (before && isSameWord(before, one)) words[words.length - 1] = joined(before, one);
    else words.push(one);
  }
  return words.map(({ fragment }) => fragment);
}

function isSameWord(before: Placed, one: Placed): boolean {
  const size = Math.min(before.at.y1 - before.at.y0, one.at.y1 - one.at.y0);
  const gap = one.at.x0 - before.at.x1;
  if (gap < -0.3 * size || before.fragment.ink !== one.fragment.ink) return false;
  if (one.order === before.order + 1) return one.fragment.continues && gap < CONTINUED_WORD_GAP * size;
  return gap < SAME_WORD_GAP * size;
}

function joined(before: Placed, one: Placed): Placed {
  return {
    order: one.order,
    at: around(before.at, one.at),
    fragment: {
      ...before.fragment,
      ...around(before.fragment, one.fragment),
      text: before.fragment.text + one.fragment.text,
      confidence: Math.min(before.fragment.confidence, one.fragment.confidence),
    },
  };
}

function around(a: Rectangle, b: Rectangle): Rectangle {
  return {
    x0: Math.min(a.x0, b.x0),
    y0: Math.min(a.y0, b.y0),
    x1: Math.max(a.x1, b.x1),
    y1: Math.max(a.y1, b.y1),
  };
}
