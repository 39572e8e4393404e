import type { Box } from '#core';
import { parseDate } from '../fields/date.ts';
import { parseIban } from '../fields/iban.ts';
import { parseIdentifier } from '../fields/identifier.ts';
import { boxAround, type Line, type Segment, type Token } from '../fields/lines.ts';
import { parseMoney } from '../fields/money.ts';
import type { Sheet } from '../fields/sheet.ts';
import { isVatId } from '../fields/vatId.ts';
import { letters } from './signature.ts';

/** How a value is looked for: by what it is, whatever its field is called. */
export type ValueKind = 'date' | 'money' | 'iban' | 'vat-id' | 'code' | 'text';

/** How a value is written where it stands. */
export interface Writing {
  readonly kind: ValueKind;
  readonly order?: 'day-first' | 'month-first' | undefined;
  /** Which day of a span set as one word: `05/05/20-05/08/20`. */
  readonly part?: 'from' | 'to' | undefined;
  /** What stands before and behind the value within its words and is no part of it. */
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** Lines a text runs over, and the word beside it on the same line that is not its own any more. */
  readonly lines?: number | undefined;
  readonly stop?: string | undefined;
}

/** A value of one kind at one place of a paper. */
export interface Sighting {
  readonly value: string;
  /** Words of its first line; where it stands is where these stand. */
  readonly tokens: readonly Token[];
  /** All its words. */
  readonly all: readonly Token[];
  readonly line: Line;
  /** Around the words of its first line. */
  readonly box: Box;
}

function sighted(value: string, tokens: readonly Token[], line: Line, all = tokens): Sighting {
  return { value, tokens, all, line, box: boxAround(tokens) };
}

/** What kind of value it is, in the spelling of records: `2026-03-31`, `1234.50`. */
export function kindOfValue(value: string): ValueKind {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date';
  if (/^-?\d+\.\d{2}$/.test(value)) return 'money';
  if (parseIban(value) !== null && /^[A-Z]{2}\d{2}/.test(value)) return 'iban';
  if (isVatId(value)) return 'vat-id';
  return /\d/.test(value) && !/\p{L}{3,} \p{L}{3,}/u.test(value) ? 'code' : 'text';
}

/** All values of one writing on a sheet, and by line the places where they begin. */
export interface Inventory {
  readonly sightings: readonly Sighting[];
  readonly starts: ReadonlyMap<Line, readonly number[]>;
}

const INVENTORIES = new WeakMap<Sheet, Map<string, Inventory>>();

/** Taken once for a sheet: lessons of many fields look for values written alike. */
export function inventoryOf(sheet: Sheet, writing: Writing): Inventory {
  const taken = INVENTORIES.get(sheet) ?? new Map<string, Inventory>();
  INVENTORIES.set(sheet, taken);
  const { kind, order, part, prefix, suffix, lines, stop } = writing;
  const key = JSON.stringify([kind, order, part, prefix, suffix, lines, stop]);
  const inventory = taken.get(key) ?? takeInventory(sightingsOf(sheet, writing));
  taken.set(key, inventory);
  return inventory;
}

function takeInventory(sightings: readonly Sighting[]): Inventory {
  const byLine = Map.groupBy(sightings, ({ line }) => line);
  const starts = [...byLine].map(([line, each]): [Line, number[]] => [
    line,
    each.map(({ tokens }) => line.tokens.indexOf(tokens[0]!)),
  ]);
  return { sightings, starts: new Map(starts) };
}

/** Everything on the sheet that is written like that. Texts begin at every word: which one is meant only its place tells. */
function sightingsOf(sheet: Sheet, writing: Writing): Sighting[] {
  switch (writing.kind) {
    case 'date':
      return writing.part ? spansOn(sheet, writing) : datesOn(sheet, writing);
    case 'money':
      return moneyOn(sheet);
    case 'iban':
      return sheet.ibans.map(({ value, tokens, line }) => sighted(value, tokens, line));
    case 'vat-id':
      return sheet.vatIds.map(({ value, tokens, line }) => sighted(value, tokens, line));
    case 'code':
      return codesOn(sheet, writing);
    case 'text':
      return sheet.layout.lines.flatMap((line) =>
        line.segments.flatMap((segment) =>
          segment.tokens.flatMap((_, i) => textFrom(sheet, line, segment, i, writing) ?? []),
        ),
      );
  }
}

function datesOn({ dates }: Sheet, { order }: Writing): Sighting[] {
  return dates.map(({ tokens, line, value }) => {
    const read = order && parseDate(textOf(tokens), order);
    return sighted(read ?? value, tokens, line);
  });
}

function spansOn({ layout, dayOrder }: Sheet, { part, order = dayOrder.order }: Writing): Sighting[] {
  return layout.lines.flatMap((line) =>
    line.tokens.flatMap((token) => {
      const days = daysOfSpan(token.text);
      const value = days && parseDate(days[part === 'from' ? 0 : 1], order);
      return value ? [sighted(value, [token], line)] : [];
    }),
  );
}

/** `05/05/20-05/08/20`: both days. */
function daysOfSpan(text: string): [string, string] | undefined {
  const [, from, to] =
    /^(\d{1,4}([./])\d{1,2}\2\d{1,4})[-–](\d{1,4}\2\d{1,2}\2\d{1,4})$/.exec(text)?.filter((_, i) => i !== 2) ?? [];
  return from && to ? [from, to] : undefined;
}

/** Amounts, and plain numbers that could be meant as such. */
function moneyOn({ amounts, layout }: Sheet): Sighting[] {
  const known = new Set(amounts.flatMap(({ tokens }) => tokens));
  const plain = layout.lines.flatMap((line) =>
    line.tokens.flatMap((token): Sighting[] => {
      const value = known.has(token) || !/\d/.test(token.text) ? null : parseMoney(token.text.replace(/[.,:;]$/, ''));
      return value === null ? [] : [sighted(value, [token], line)];
    }),
  );
  return [...amounts.map(({ value, tokens, line }) => sighted(value, tokens, line)), ...plain];
}

/** Numbers of papers, orders, customers, and words of a number alone. */
function codesOn({ identifiers, dates, amounts, layout }: Sheet, { prefix = '', suffix = '' }: Writing): Sighting[] {
  const taken = new Set([...dates, ...amounts].flatMap(({ tokens }) => tokens));
  const single = layout.lines.flatMap((line) =>
    line.tokens
      .filter((token) => /\d/.test(token.text) && !taken.has(token))
      .map((token) => ({ tokens: [token], line })),
  );
  return [...identifiers, ...single].flatMap(({ tokens, line }) => {
    const value = parseIdentifier(cut(textOf(tokens), prefix, suffix) ?? '');
    return value === null ? [] : [sighted(value, tokens, line)];
  });
}

function cut(text: string, prefix: string, suffix: string): string | null {
  if (!text.startsWith(prefix) || !text.endsWith(suffix) || text.length < prefix.length + suffix.length) return null;
  return text.slice(prefix.length, text.length - suffix.length);
}

/** The text from one word of a segment to the segment's end or the next label in it, and on over further lines below. */
function textFrom(sheet: Sheet, line: Line, segment: Segment, start: number, writing: Writing): Sighting | null {
  const tail = untilStop(segment.tokens.slice(start), writing.stop);
  if (tail.length === 0) return null;
  const all = [...tail];
  let above = tail;
  for (let i = 1; i < (writing.lines ?? 1); i++) {
    const next = lineUnder(sheet, line.index + i, above);
    if (!next) break;
    all.push(...next);
    above = next;
  }
  const value = textOf(all).replace(/^[:\s]+|[\s,;]+$/g, '');
  return /[\p{L}\d]/u.test(value) ? sighted(value, tail, line, all) : null;
}

/** `Name: Smith Order: 12` in one run of words: the value ends where the next label begins. */
function untilStop(tokens: readonly Token[], stop: string | undefined): readonly Token[] {
  const end = tokens.findIndex(({ text }, i) => i > 0 && (/\p{L}:$/u.test(text) || (stop && letters(text) === stop)));
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** What stands right under these words, begins where they begin, and is no label. */
function lineUnder({ layout }: Sheet, index: number, above: readonly Token[]): Token[] | undefined {
  const next = layout.lines[index];
  const [first] = above;
  if (!next || !first || next.page !== first.page || next.y0 - first.y0 > 2.2 * layout.textHeight) return undefined;
  const segment = next.segments.find(({ tokens }) =>
    tokens.some((token) => Math.abs(token.x0 - first.x0) < layout.textHeight),
  );
  const from = segment?.tokens.findIndex((token) => Math.abs(token.x0 - first.x0) < layout.textHeight) ?? -1;
  const tail = segment?.tokens.slice(from);
  return tail && !tail.some(({ text }) => text.endsWith(':')) ? tail : undefined;
}

/** Where this value stands on the sheet, and how it is written there. */
export function whereStands(sheet: Sheet, value: string): { sighting: Sighting; writing: Writing }[] {
  const kind = kindOfValue(value);
  switch (kind) {
    case 'date':
      return datesSeen(sheet, value);
    case 'text':
      return [1, 2, 3, 4]
        .flatMap((lines) => seen(sheet, { kind, lines }, value))
        .filter(once)
        .map(withStop);
    case 'code':
      return codeSeen(sheet, value);
    default:
      return seen(sheet, { kind }, value);
  }
}

function seen(sheet: Sheet, writing: Writing, value: string): { sighting: Sighting; writing: Writing }[] {
  return inventoryOf(sheet, writing)
    .sightings.filter((sighting) => sameValue(sighting.value, value))
    .map((sighting) => ({ sighting, writing }));
}

function datesSeen(sheet: Sheet, value: string): { sighting: Sighting; writing: Writing }[] {
  const single = sheet.dates.map((found) => ({ ...found, text: textOf(found.tokens), part: undefined }));
  const spans = sheet.layout.lines.flatMap((line) =>
    line.tokens.flatMap((token) => {
      const [from, to] = daysOfSpan(token.text) ?? [];
      const found = { tokens: [token], line };
      return from && to
        ? [
            { ...found, text: from, part: 'from' as const },
            { ...found, text: to, part: 'to' as const },
          ]
        : [];
    }),
  );
  return [...single, ...spans].flatMap(({ text, tokens, line, part }) => {
    const order = orderOf(text, value);
    if (order === undefined) return [];
    const writing: Writing = { kind: 'date', ...(order && { order }), ...(part && { part }) };
    return [{ sighting: sighted(value, tokens, line), writing }];
  });
}

/** The order in which the text means this day, if it does. A day above 12 proves it; null where both orders mean the same. */
function orderOf(text: string, day: string): Writing['order'] | null {
  const dayFirst = parseDate(text, 'day-first') === day;
  const monthFirst = parseDate(text, 'month-first') === day;
  if (dayFirst !== monthFirst) return dayFirst ? 'day-first' : 'month-first';
  if (!dayFirst) return undefined;
  const [first = 0, second = 0] = [...text.matchAll(/\d+/g)].map(Number);
  if (first > 31 || Math.max(first, second) <= 12 || second > 31) return null;
  return first > 12 ? 'day-first' : 'month-first';
}

/** What begins the next column, so that a longer value does not run into it. */
function withStop({ sighting, writing }: { sighting: Sighting; writing: Writing }): {
  sighting: Sighting;
  writing: Writing;
} {
  const { line, tokens } = sighting;
  const next = line.tokens[line.tokens.indexOf(tokens.at(-1)!) + 1];
  const stop = next && !/\d/.test(next.text) ? letters(next.text) : '';
  return { sighting, writing: stop.length < 3 ? writing : { ...writing, stop } };
}

/** The same place found by a second way of writing says nothing new. */
function once<T extends { readonly sighting: Sighting }>(found: T, index: number, all: readonly T[]): boolean {
  return all.findIndex(({ sighting }) => sighting.tokens[0] === found.sighting.tokens[0]) === index;
}

/** A number may be set within a longer word: `Nr.4711` for 4711. */
function codeSeen(sheet: Sheet, value: string): { sighting: Sighting; writing: Writing }[] {
  const plain = seen(sheet, { kind: 'code' }, value);
  if (plain.length > 0) return plain.filter(once);
  const around = inventoryOf(sheet, { kind: 'code' }).sightings.flatMap((sighting) => {
    const text = textOf(sighting.tokens);
    const at = text.indexOf(value);
    if (at < 0) return [];
    const [prefix, suffix] = [text.slice(0, at), text.slice(at + value.length)];
    if (/\d/.test(prefix + suffix)) return [];
    return [{ sighting: { ...sighting, value }, writing: { kind: 'code', prefix, suffix } as const }];
  });
  return around.filter(once);
}

/** Letters and digits decide: spacing and punctuation are the printer's. */
export function sameValue(a: string, b: string): boolean {
  return a === b || (folded(a) === folded(b) && folded(a) !== '');
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^\p{L}\d]/gu, '');
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}
