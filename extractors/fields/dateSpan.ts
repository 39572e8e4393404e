import { type DayOrder, parseDate } from './date.ts';
import type { Line, Token } from './lines.ts';

/** The first and last day of a span, each with the words it was read in. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly line: Line;
  readonly tokens: readonly Token[];
  readonly fromTokens: readonly Token[];
  readonly toTokens: readonly Token[];
}

/** A word or one side of a word that a dash divides: `05/05/20-05/08/20` is three pieces of one token. */
interface Piece {
  readonly text: string;
  readonly token: Token;
}

const BETWEEN = /^(?:[-–—~]|to|thru|through|until|till|bis|au|al)$/i;
const HALF = String.raw`\d{1,2}[/.]\d{1,2}[/.]?(?:\d{4}|\d{2})?`;
const DASHED = new RegExp(`^(${HALF})?([-–—])(${HALF})?$`);
/** `Jan 5, 2026` takes three words. */
const LONGEST = 4;

/** All spans of days of a line: `03/09/20 - 04/12/20`, `1.5. bis 31.5.2026`, `Jan 5 - 11, 2020`. */
export function findSpans(line: Line, order: DayOrder): Span[] {
  const pieces = line.tokens.flatMap(piecesOf);
  return pieces.flatMap((piece, i): Span[] => {
    if (!BETWEEN.test(piece.text)) return [];
    const to = longestDate(pieces.slice(i + 1, i + 1 + LONGEST), order, 'start');
    if (!to) return [];
    const before = pieces.slice(Math.max(0, i - LONGEST), i);
    const from = longestDate(before, order, 'end') ?? unfinishedDate(before, to.value, order);
    if (!from || from.value > to.value) return [];
    const tokens = [...new Set([...from.tokens, piece.token, ...to.tokens])];
    return [{ from: from.value, to: to.value, line, tokens, fromTokens: from.tokens, toTokens: to.tokens }];
  });
}

function piecesOf(token: Token): Piece[] {
  const match = DASHED.exec(token.text);
  const parts = match ? match.slice(1).filter((part) => part !== undefined) : [token.text];
  return parts.map((text) => ({ text, token }));
}

interface DateRead {
  readonly value: string;
  readonly tokens: readonly Token[];
}

/** The longest run that reads as a date, at the start or at the end of the pieces. */
function longestDate(pieces: readonly Piece[], order: DayOrder, at: 'start' | 'end'): DateRead | null {
  for (let length = pieces.length; length >= 1; length--) {
    const run = at === 'start' ? pieces.slice(0, length) : pieces.slice(-length);
    const value = parseDate(run.map(({ text }) => text).join(' '), order);
    if (value !== null) return { value, tokens: run.map(({ token }) => token) };
  }
  return null;
}

/** `1.5.` or `Jan 5` before a full date: its year, or the one before where the span crosses the year's end. */
function unfinishedDate(pieces: readonly Piece[], until: string, order: DayOrder): DateRead | null {
  const year = Number(until.slice(0, 4));
  for (let length = Math.min(2, pieces.length); length >= 1; length--) {
    const run = pieces.slice(-length);
    const text = run.map((piece) => piece.text).join(' ');
    const joint = /^\d{1,2}[/.]\d{1,2}$/.test(text) ? (text.includes('/') ? '/' : '.') : text.endsWith('.') ? '' : ' ';
    const [same, earlier] = [year, year - 1].map((each) => parseDate(`${text}${joint}${each}`, order));
    const value = same && same <= until ? same : earlier;
    if (value) return { value, tokens: run.map(({ token }) => token) };
  }
  return null;
}
