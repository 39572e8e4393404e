import type { Box, Page, Word } from '#core';

/** A word or a part of one, standing straight: the page's tilt is taken out of its box. `word` is the original. */
export interface Token {
  readonly text: string;
  readonly confidence: number;
  readonly page: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly word: Word;
}

/** Words of a line without a column's gap between them. */
export interface Segment {
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly page: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Line extends Segment {
  readonly index: number;
  readonly segments: readonly Segment[];
}

export interface Layout {
  readonly pages: readonly Page[];
  readonly lines: readonly Line[];
  /** Height of a usual word, in pixels. */
  readonly textHeight: number;
  readonly ocr: boolean;
}

/** Words of all pages as straight lines from top to bottom, whatever order they came in. */
export function layOut(pages: readonly Page[]): Layout {
  const heights = pages.flatMap((page) => page.words.map((word) => word.y1 - word.y0));
  const textHeight = median(heights) || 1;
  let index = 0;
  const lines = pages.flatMap((page) =>
    linesOf(straightened(page), textHeight).map((tokens) => toLine(tokens, index++, textHeight)),
  );
  return { pages, lines, textHeight, ocr: pages.some((page) => page.source === 'ocr') };
}

/** The upper one of two; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** The smallest box around parts of one page. */
export function boxAround(parts: readonly Box[]): Box {
  return {
    page: parts[0]?.page ?? 1,
    x0: Math.min(...parts.map((part) => part.x0)),
    y0: Math.min(...parts.map((part) => part.y0)),
    x1: Math.max(...parts.map((part) => part.x1)),
    y1: Math.max(...parts.map((part) => part.y1)),
  };
}

export function toSegment(tokens: readonly Token[]): Segment {
  return { ...boxAround(tokens), tokens, text: tokens.map((token) => token.text).join(' ') };
}

function straightened(page: Page): Token[] {
  const tilt = tiltOf(page.words);
  return page.words.flatMap((word) =>
    splitAtColon(word).map((part) => ({
      text: part.text,
      confidence: part.confidence,
      page: page.number,
      x0: part.x0 + tilt * part.y0,
      x1: part.x1 + tilt * part.y0,
      y0: part.y0 - tilt * part.x0,
      y1: part.y1 - tilt * part.x0,
      word,
    })),
  );
}

/** Slope of the text, as the median over neighbouring words; 0 where there is too little to tell. */
function tiltOf(words: readonly Word[]): number {
  const slopes: number[] = [];
  for (let i = 1; i < words.length; i++) {
    const left = words[i - 1]!;
    const right = words[i]!;
    const height = Math.min(left.y1 - left.y0, right.y1 - right.y0);
    const gap = right.x0 - left.x1;
    const drop = (right.y1 + right.y0 - left.y1 - left.y0) / 2;
    if (gap > -height && gap < 2 * height && Math.abs(drop) < height / 2) {
      slopes.push(drop / ((right.x1 + right.x0 - left.x1 - left.x0) / 2));
    }
  }
  const tilt = slopes.length >= 20 ? median(slopes) : 0;
  return Math.abs(tilt) > 0.002 && Math.abs(tilt) < 0.15 ? tilt : 0;
}

/** `Datum:26.10.22` is a label and a value set without a space; web addresses and times stay whole. */
function splitAtColon(word: Word): Word[] {
  const match = /^(\p{L}[\p{L}.\-#]*\d?:)(?!\/\/)(\S+)$/u.exec(word.text);
  if (!match?.[1] || !match[2]) return [word];
  const cut = word.x0 + ((word.x1 - word.x0) * match[1].length) / word.text.length;
  return [
    { ...word, text: match[1], x1: cut },
    { ...word, text: match[2], x0: cut },
  ];
}

/** Words set upright along the margin belong to no line of the text: they come last, each for itself. */
function linesOf(tokens: readonly Token[], textHeight: number): Token[][] {
  const standing = tokens.filter((token) => {
    const height = token.y1 - token.y0;
    return (
      token.text.length >= 3 && height > 0.42 * token.text.length * textHeight && height > 1.2 * (token.x1 - token.x0)
    );
  });
  if (standing.length > 0.3 * tokens.length) return groupIntoLines(tokens);
  return [...groupIntoLines(tokens.filter((token) => !standing.includes(token))), ...standing.map((token) => [token])];
}

function groupIntoLines(tokens: readonly Token[]): Token[][] {
  const lines: { tokens: Token[]; y0: number; y1: number }[] = [];
  for (const token of [...tokens].sort((a, b) => centre(a) - centre(b))) {
    const home = lines.slice(-6).find((line) => sameLine(token, line));
    if (!home) {
      lines.push({ tokens: [token], y0: token.y0, y1: token.y1 });
      continue;
    }
    const weight = home.tokens.length;
    home.tokens.push(token);
    home.y0 = (home.y0 * weight + token.y0) / (weight + 1);
    home.y1 = (home.y1 * weight + token.y1) / (weight + 1);
  }
  return lines.map((line) => line.tokens.sort((a, b) => a.x0 - b.x0));
}

function centre(box: { y0: number; y1: number }): number {
  return (box.y0 + box.y1) / 2;
}

function sameLine(token: Token, line: { y0: number; y1: number }): boolean {
  const reach = 0.4 * Math.max(token.y1 - token.y0, line.y1 - line.y0);
  const overlap = Math.min(token.y1, line.y1) - Math.max(token.y0, line.y0);
  const smaller = Math.min(token.y1 - token.y0, line.y1 - line.y0);
  return Math.abs(centre(token) - centre(line)) <= reach && overlap >= 0.4 * smaller;
}

function toLine(tokens: readonly Token[], index: number, textHeight: number): Line {
  const gap = 1.3 * Math.max(median(tokens.map((token) => token.y1 - token.y0)), 0.8 * textHeight);
  const runs: Token[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const token of tokens) {
    const run = runs.at(-1);
    if (run && token.x0 - right <= gap) run.push(token);
    else runs.push([token]);
    right = Math.max(right, token.x1);
  }
  return { ...toSegment(tokens), index, segments: runs.map(toSegment) };
}
