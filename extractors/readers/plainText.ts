import type { Word } from '#core';
import type { PageReading } from './layout.ts';

/** As values read in plain text are marked; its number rises with what it makes of one. */
export const TEXT_READER = 'plain text 1';

/** A typed page as wide as A4 at 144 dpi: 90 letters to the line, 60 lines to the page. */
const PAGE = { width: 1190, height: 1684 };
const MARGIN = 55;
export const LETTER = { width: 12, height: 26 };
const LINES_PER_PAGE = 60;

export function readPlainText(bytes: Uint8Array): PageReading[] {
  return setPages(decode(bytes), TEXT_READER);
}

/** Pages of typed text, a form feed or a full page before each new one. `by` is what found the text. */
export function setPages(text: string, by: string): PageReading[] {
  const sheets = text.split('\f').flatMap((sheet) => inPages(sheet.replace(/\s+$/u, '').split(/\r\n|[\r\n]/u)));
  return sheets.map((lines, index) => {
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

function inPages(lines: readonly string[]): string[][] {
  const pages: string[][] = [];
  for (let start = 0; start < lines.length; start += LINES_PER_PAGE)
    pages.push(lines.slice(start, start + LINES_PER_PAGE));
  return pages;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
