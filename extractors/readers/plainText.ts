import type { Word } from '#core';
import { markedEncoding } from './characters.ts';
import type { PageReading } from './layout.ts';

/** As values read in plain text are marked; its number rises with what it makes of one. */
export const TEXT_READER = 'plain text 2';

/** A typed page as wide as A4 at 144 dpi: 90 letters to the line, 60 lines to the page. */
const PAGE = { width: 1190, height: 1684 };
const MARGIN = 55;
export const LETTER = { width: 12, height: 26 };
const LINES_PER_PAGE = 60;
/** More than any print has, so that what is no print has pages to be counted too: a line of 50 MB is many of them. */
const LETTERS_PER_PAGE = 10_000;

export function decodeText(bytes: Uint8Array): string {
  const marked = markedEncoding(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** How many pages `setPages` makes of a text, without the cost of its words: a few bytes for each letter. */
export function countPages(text: string): number {
  let pages = 0;
  for (const _ of inPages(text)) pages++;
  return pages;
}

/** Pages of typed text, a form feed or a full page before each new one. `by` is what found the text. */
export function setPages(text: string, by: string): PageReading[] {
  return Array.from(inPages(text), (lines, index) => {
    const words = lines.flatMap((line, row) => wordsOf(line, row, index + 1));
    const widest = words.reduce((most, { x1 }) => Math.max(most, x1), 0);
    const page = {
      number: index + 1,
      width: Math.max(PAGE.width, widest + MARGIN),
      height: PAGE.height,
      source: 'text' as const,
      by,
      rotation: 0 as const,
      words,
    };
    const text = lines.map((line) => line.trim().replace(/\s+/gu, ' '));
    return { page, text: text.filter((line) => line !== '').join('\n') };
  });
}

function wordsOf(line: string, row: number, page: number): Word[] {
  const top = MARGIN + row * LETTER.height;
  return Array.from(line.replaceAll('\t', '        ').matchAll(/\S+/gu), (match) => ({
    page,
    text: match[0],
    x0: MARGIN + match.index * LETTER.width,
    y0: top,
    x1: MARGIN + (match.index + match[0].length) * LETTER.width,
    y1: top + LETTER.height,
    confidence: 1,
  }));
}

/** One page's lines at a time: of a large text nothing else is held. */
function* inPages(text: string): Generator<readonly string[]> {
  for (const sheet of pieces(text, /\f/gu)) {
    let lines: string[] = [];
    let letters = 0;
    for (const line of linesOf(sheet)) {
      if (lines.length === LINES_PER_PAGE || (lines.length > 0 && letters + line.length > LETTERS_PER_PAGE)) {
        yield lines;
        lines = [];
        letters = 0;
      }
      lines.push(line);
      letters += line.length;
    }
    yield lines;
  }
}

/** One that would fill more than a page goes on in lines of its own, no word of it cut that has room on one. */
function* linesOf(sheet: string): Generator<string> {
  for (const line of pieces(sheet.trimEnd(), /\r\n|[\r\n]/gu)) {
    if (line.length <= LETTERS_PER_PAGE) yield line;
    else yield* line.match(TOO_LONG)!;
  }
}

const LETTERS_PER_LINE = LETTERS_PER_PAGE / 2;
const TOO_LONG = new RegExp(`.{1,${LETTERS_PER_LINE - 1}}(?:\\s|$)|.{1,${LETTERS_PER_LINE}}`, 'gsu');

/** As `split` gives them, one at a time. */
function* pieces(text: string, separator: RegExp): Generator<string> {
  let from = 0;
  for (const { 0: separating, index } of text.matchAll(separator)) {
    yield text.slice(from, index);
    from = index + separating.length;
  }
  yield text.slice(from);
}
