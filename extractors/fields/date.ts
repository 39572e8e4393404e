import type { Line, Token } from './lines.ts';
import { type Found, withDigits } from './money.ts';

/** Which of two small numbers is the day: what the document itself tells. */
export type DayOrder = 'day-first' | 'month-first';

const MONTHS: readonly string[] = [
  'january jan januar janvier janv jänner jaenner',
  'february feb februar février fevrier fevr févr',
  'march mar märz maerz mrz mars',
  'april apr avril avr',
  'may mai',
  'june jun juni juin',
  'july jul juli juillet juil',
  'august aug août aout',
  'september sept sep septembre',
  'october oct oktober okt octobre',
  'november nov novembre',
  'december dec dezember dez décembre decembre',
];
const MONTH_NUMBER: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);
const MONTH_NAME = [...MONTH_NUMBER.keys()].sort((a, b) => b.length - a.length).join('|');

const YEAR = String.raw`(\d{4}|'?\d{2})`;
const ISO = /^(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})$/;
const NUMERIC = new RegExp(String.raw`^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?${YEAR}$`);
const DAY_NAME = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|er)?[\s.\-/,]*(?:of\s|de\s)?\s*(${MONTH_NAME})[\s.\-/,]*${YEAR}$`,
  'i',
);
const NAME_DAY = new RegExp(String.raw`^(${MONTH_NAME})[\s.\-/]*(\d{1,2})(?:st|nd|rd|th)?[\s,.\-/]+${YEAR}$`, 'i');
const COMPACT = /^(20\d\d)(\d\d)(\d\d)$/;

/** Reads a date in any usual writing into `2026-03-31`, or null where the text is none. */
export function parseDate(text: string, order: DayOrder = 'day-first'): string | null {
  const clean = text.replace(/^[(:,]+|[).,;:]+$/g, '').trim();
  const iso = ISO.exec(clean) ?? COMPACT.exec(clean);
  if (iso) return calendarDay(iso[1], iso[2], iso[3]);
  const numeric = NUMERIC.exec(clean);
  if (numeric) {
    const [, first, mark, second, year] = numeric;
    const dayFirst = calendarDay(year, second, first);
    const monthFirst = mark === '.' ? null : calendarDay(year, first, second);
    return order === 'day-first' ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst);
  }
  const named = DAY_NAME.exec(clean);
  if (named) return calendarDay(named[3], MONTH_NUMBER.get(named[2]!.toLowerCase()), named[1]);
  const american = NAME_DAY.exec(clean);
  if (american) return calendarDay(american[3], MONTH_NUMBER.get(american[1]!.toLowerCase()), american[2]);
  return null;
}

function calendarDay(
  year: string | undefined,
  month: string | number | undefined,
  day: string | undefined,
): string | null {
  const digits = year?.replace("'", '') ?? '';
  const fullYear = digits.length === 2 ? Number(digits) + (Number(digits) < 70 ? 2000 : 1900) : Number(digits);
  const time = new Date(Date.UTC(fullYear, Number(month) - 1, Number(day)));
  if (Number.isNaN(time.getTime()) || time.getUTCDate() !== Number(day) || time.getUTCMonth() + 1 !== Number(month)) {
    return null;
  }
  return fullYear >= 1950 && fullYear <= 2099 ? time.toISOString().slice(0, 10) : null;
}

/** All dates of a line, left to right; a date may spread over up to five words. */
export function findDates(tokens: readonly Token[], order: DayOrder, ocr = false): Found<string>[] {
  const found: Found<string>[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const hit = dateAt(tokens, i, order) ?? (ocr ? repairedDate(tokens[i]!, order) : null);
    if (!hit) continue;
    found.push(hit);
    i += hit.tokens.length - 1;
  }
  return found;
}

function dateAt(tokens: readonly Token[], i: number, order: DayOrder): Found<string> | null {
  if (!/\d/.test(tokens[i]!.text) && !MONTH_NUMBER.has(tokens[i]!.text.toLowerCase().replace(/[.,]/g, ''))) return null;
  for (let length = 5; length >= 1; length--) {
    const run = tokens.slice(i, i + length);
    if (run.length < length || spreadOut(run)) continue;
    const value = parseDate(run.map((token) => token.text).join(' '), order);
    if (value !== null) return { value, tokens: run };
  }
  return null;
}

function spreadOut(run: readonly Token[]): boolean {
  return run.some((token, i) => i > 0 && token.x0 - run[i - 1]!.x1 > 1.2 * (token.y1 - token.y0));
}

function repairedDate(token: Token, order: DayOrder): Found<string> | null {
  if (!/[./-]/.test(token.text) || token.text.replace(/\D/g, '').length < 4) return null;
  const value = parseDate(withDigits(token.text), order);
  return value === null ? null : { value, tokens: [token], repaired: true };
}

/** The order of day and month, and whether the document proves it or its language and currency only suggest it. */
export interface OrderGuess {
  readonly order: DayOrder;
  readonly proven: boolean;
}

/** Day or month first, by what the document cannot mean otherwise: numbers above 12, else its language and currency. */
export function dayOrderOf(lines: readonly Line[]): OrderGuess {
  let dayFirst = 0;
  let monthFirst = 0;
  let american = 0;
  for (const line of lines) {
    for (const token of line.tokens) {
      const match = /(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?!\d)/.exec(token.text);
      if (match && Number(match[1]) > 12 && Number(match[2]) <= 12) dayFirst++;
      if (match && Number(match[2]) > 12 && Number(match[1]) <= 12) monthFirst++;
    }
    if (/\$|\bUSD\b|\bUnited States\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b/.test(line.text)) american++;
    if (/€|£|\bEUR\b|\bGBP\b|\bCHF\b|\bVAT\b|\bMwSt|\bUSt|\bTVA\b|\bRM\b/i.test(line.text)) american -= 2;
  }
  if (dayFirst !== monthFirst) return { order: dayFirst > monthFirst ? 'day-first' : 'month-first', proven: true };
  return { order: american > 0 ? 'month-first' : 'day-first', proven: false };
}

/** Whether the text would be another day if day and month stood the other way round. */
export function isTwoWayDate(text: string): boolean {
  const dayFirst = parseDate(text, 'day-first');
  return dayFirst !== null && dayFirst !== parseDate(text, 'month-first');
}
