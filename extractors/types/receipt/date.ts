import { isTwoWayDate, parseDate } from '../../fields/date.ts';
import { boxAround, type Line, type Token } from '../../fields/lines.ts';
import { withDigits } from '../../fields/money.ts';
import type { Candidate, Spotted } from '../../fields/nearLabel.ts';
import type { Sheet } from '../../fields/sheet.ts';
import { findDate, unlabelledDates } from '../simpleFields.ts';
import type { Question } from './question.ts';
import { plainWords } from './words.ts';

/** How many places are looked at again: the likeliest dates, or the lines where one should stand. */
const MOST_PLACES = 3;

/** The day of the sale, the likeliest first: labelled or beside the time of day, and best where the paper says it twice. */
export function dateQuestion(sheet: Sheet): Question<readonly Candidate<string>[]> {
  const found = weighed(candidates(sheet), sheet);
  const places = found.length > 0 ? found : datelessLines(sheet);
  const asked = sheet.layout.ocr ? places.slice(0, MOST_PLACES) : [];
  return {
    boxes: asked.map(({ tokens }) => roomyBox(tokens, sheet)),
    settle(answers) {
      const seconds = asked.flatMap((place, i) => secondDates(place, answers[i]?.text ?? '', sheet));
      return agreed(found, seconds, sheet);
    },
  };
}

function candidates(sheet: Sheet): Candidate<string>[] {
  const known = [...findDate(sheet, 'invoice_date'), ...unlabelledDates(sheet)];
  const lines = new Set(known.map(({ line }) => line));
  return [...known, ...sheet.layout.lines.filter((line) => !lines.has(line)).flatMap((line) => hiddenDates(line))];
}

const HIDDEN = /(?<!\d)(?:20\d\d([-/.])\d\d\1\d\d|\d\d([-/.])\d\d\2(?:20)?\d\d)(?!\d)/;

/** Dates set into a longer number without a space: `[001-2018-03-18`. */
function hiddenDates(line: Line): Candidate<string>[] {
  return line.tokens.flatMap((token) => {
    const value = parseDate(HIDDEN.exec(token.text)?.[0] ?? '');
    return value === null ? [] : [{ value, tokens: [token], line, score: 0.3, evidence: ['position'] }];
  });
}

const CLOCK = /\b\d{1,2}\s?[:.]\s?\d{2}(?:\s?[:.]\s?\d{2})?\s?(?:[ap]\.?m\.?)?/i;
/** Shops that write the day first wherever they are: all but those of the United States. */
const DAY_FIRST = /\b(?:rm|myr|sdn|bhd|gst|eur|gbp|vat|mwst|abn)\b|[€£]/i;

/** By its place, the time of day beside it, other dates of the paper, and whether such a month exists there. */
function weighed(dates: readonly Candidate<string>[], sheet: Sheet): Candidate<string>[] {
  const dayFirst = sheet.layout.lines.some((line) => DAY_FIRST.test(line.text));
  return dates
    .map((date) => {
      const text = textOf(date.tokens);
      const impossible = dayFirst && isNumericDate(text) && dayFirstOnly(text) === null;
      const again = dates.filter(({ value, tokens }) => value === date.value && tokens[0] !== date.tokens[0]).length;
      const score =
        date.score + (CLOCK.test(afterOf(date)) ? 0.15 : 0) + 0.15 * Math.min(2, again) - (impossible ? 0.5 : 0);
      return { ...date, score, evidence: [...date.evidence, ...(again > 0 ? ['repeated'] : [])] };
    })
    .sort((a, b) => b.score - a.score);
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join(' ');
}

function isNumericDate(text: string): boolean {
  return /^\W*\d{1,2}\W+\d{1,2}\W+\d{2,4}\W*$/.test(text);
}

/** The date with its first number as the day, or null where the second can be no month. */
function dayFirstOnly(text: string): string | null {
  const month = Number(/\d+\D+(\d+)/.exec(text)?.[1]);
  return month > 12 ? null : parseDate(text.replace(/^\W+|\W+$/g, ''), 'day-first');
}

function afterOf({ line, tokens }: Spotted<string>): string {
  return textOf(line.tokens.slice(line.tokens.indexOf(tokens.at(-1)!) + 1));
}

/** Lines that name a date but show none that can be read. */
function datelessLines({ layout }: Sheet): Pick<Candidate<string>, 'tokens' | 'line'>[] {
  const named = layout.lines.filter((line) => /\b(?:date|datum|tarikh)\b/.test(plainWords(line.text)));
  const torn = layout.lines.filter((line) => /\d\d?\s?[-/.: ]\s?\d\d?\s?[-/.]\s?\d{2,4}/.test(line.text));
  return [...new Set([...named, ...torn])].map((line) => ({ line, tokens: line.tokens }));
}

/** The box of a date with some room at its sides, where the first reading may have cut off a digit. */
function roomyBox(tokens: readonly Token[], { layout }: Sheet) {
  const box = boxAround(tokens.map(({ word }) => word));
  const margin = 0.9 * Math.min(box.y1 - box.y0, 1.5 * layout.textHeight);
  return { ...box, x0: Math.max(0, box.x0 - margin), x1: box.x1 + margin };
}

interface SecondDate {
  readonly place: Pick<Candidate<string>, 'tokens' | 'line'>;
  readonly value: string;
}

function secondDates(place: SecondDate['place'], text: string, sheet: Sheet): SecondDate[] {
  const value = dateIn(text, sheet);
  return value === null ? [] : [{ place, value }];
}

const LOOSE =
  /(?<!\d)(?:\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}|\d{1,2}[\s.-]*\p{L}{3,9}[\s.,-]*\d{2,4})(?!\d)/u;

/** The first date in a text that may have other words around it. */
function dateIn(text: string, { dayOrder }: Sheet): string | null {
  const match = LOOSE.exec(text) ?? LOOSE.exec(withDigits(text));
  return match ? parseDate(match[0], dayOrder.order) : null;
}

/** The second readings set against the first: they confirm, doubt, or give what the first did not see. */
function agreed(
  found: readonly Candidate<string>[],
  seconds: readonly SecondDate[],
  sheet: Sheet,
): readonly Candidate<string>[] {
  if (!sheet.layout.ocr) return found;
  const judged = found.map((date) => {
    const own = seconds.find(({ place }) => place.tokens === date.tokens);
    if (!own) return date;
    const same = own.value === date.value;
    return {
      ...date,
      score: date.score + (same ? 0.2 : -0.1),
      evidence: [...date.evidence, same ? 'two-readings' : 'readings-differ'],
    };
  });
  const fresh = seconds
    .filter(({ value, place }) => found.every((date) => date.value !== value || date.tokens !== place.tokens))
    .map(({ value, place }): Candidate<string> => {
      const again = found.some((date) => date.value === value && date.tokens !== place.tokens);
      const score = (again ? 0.6 : 0.15) + (found.length === 0 ? 0.2 : 0);
      const evidence = ['position', 'readings-differ', ...(again ? ['repeated'] : [])];
      return { value, ...place, score, evidence, repaired: true };
    });
  return [...judged, ...fresh].sort((a, b) => b.score - a.score);
}

/** Whether the best date would be another day with day and month the other way round, and nothing on the paper says which. */
export function orderDoubt({ dayOrder }: Sheet, best: Candidate<string> | undefined): string[] {
  const text = textOf(best?.tokens ?? []).replace(/^\D+|\D+$/g, '');
  return !dayOrder.proven && isTwoWayDate(text) ? ['order-guessed'] : [];
}
