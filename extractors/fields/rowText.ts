import { type Cells, describes } from './cells.ts';
import type { Line, Token } from './lines.ts';

/** A stretch of a table's body and what its columns hold there. */
export interface Described {
  readonly first: Line;
  readonly last: Line;
  readonly cells: Cells;
}

/** A row with what stands between it and the rows before and after, from top to bottom. */
export interface RowPlace {
  readonly row: Described;
  readonly rowBefore: Described | undefined;
  readonly above: readonly Described[];
  readonly followers: readonly Described[];
}

type Words = readonly Token[];

/**
 * The names of the rows' goods: a row's words beside its numbers and the lines these words were broken into. What stands
 * below as a line of its own (a remark, a measure, `Packing: box`) is not part of the name. Where a row's first line has
 * no words, the name is the line below, or the one right above; numbers may also stand beside a name's last line or in its
 * middle, where its lines are set apart from the row before.
 */
export function descriptionsOf(places: readonly RowPlace[], height: number): Words[] {
  const limit = Math.max(0, ...places.flatMap((place) => widthsOf(place, height)));
  const leads = places.map((place) => leadOf(place, height));
  return places.map((place, i) => {
    const taken = leads[i + 1]?.map(({ strip }) => strip) ?? [];
    const words = [...(leads[i] ?? []).flatMap((lead) => lead.words), ...wordsOf(place.row, true)];
    const { lines, whole } = linesBelow(place, taken, height);
    for (const next of lines) {
      if (isWordy(words) && !whole && !isBroken(words, next, limit, height)) break;
      words.push(...next);
    }
    return isWordy(words) ? words : [...wordsOf(place.row, false), ...words];
  });
}

/** How far to the right names reach. */
function widthsOf(place: RowPlace, height: number): number[] {
  const near = blockAbove(place, height).map(({ words }) => words);
  return [wordsOf(place.row, true), ...near, ...linesBelow(place, [], height).lines].flat().map(({ x1 }) => x1);
}

interface Lead {
  readonly strip: Described;
  readonly words: Words;
}

/** The lines above a row's numbers that its name begins with. */
function leadOf(place: RowPlace, height: number): readonly Lead[] {
  const own = wordsOf(place.row, true);
  const block = blockAbove(place, height);
  const apart = isSetApart(place, block, height);
  let from = block.length;
  for (let next = own; from > 0; from--) {
    const { strip, words } = block[from - 1]!;
    const nearest = from === block.length && !isWordy(own);
    if (!nearest && (!apart || isFact(strip) || !goesOn(words, next))) break;
    next = words;
  }
  return block.slice(from);
}

/** Lines of nothing but words right above a row. */
function blockAbove({ row, above }: RowPlace, height: number): Lead[] {
  const block: Lead[] = [];
  const beside = [...row.cells.keys()].every(({ below }) => below !== 'description');
  let next = row.first;
  for (const strip of beside ? above.toReversed() : []) {
    const near = strip.last.page === next.page && next.y0 - strip.last.y1 < 0.5 * height;
    if (!near || !isOnlyWords(strip)) break;
    block.unshift({ strip, words: wordsOf(strip, false) });
    next = strip.first;
  }
  return block;
}

/** Nothing stands above the block, or further away from it than its lines are from one another. */
function isSetApart({ row, rowBefore, above }: RowPlace, block: readonly Lead[], height: number): boolean {
  const lines = [...block.map(({ strip }) => strip), row];
  const top = lines[0]!;
  const before = above[above.length - block.length - 1] ?? rowBefore;
  if (before === undefined || before.last.page !== top.first.page) return true;
  const widest = Math.max(0, ...lines.slice(1).map((line, i) => line.first.y0 - lines[i]!.last.y1));
  return top.first.y0 - before.last.y1 > 1.5 * widest + 0.2 * height;
}

interface Below {
  readonly lines: readonly Words[];
  /** A line set in from their common edge comes after them, so that they belong together. */
  readonly whole: boolean;
}

/** Lines of the describing column right under the row, up to the first that is a fact of its own or another row's. */
function linesBelow({ row, followers }: RowPlace, taken: readonly Described[], height: number): Below {
  const lines: Words[] = [];
  let last: Line = row.last;
  let edge = leftOf(wordsOf(row, true));
  for (const strip of followers) {
    if (taken.includes(strip) || strip.first.page !== last.page || strip.first.y0 - last.y1 > 0.9 * height) break;
    const words = wordsOf(strip, false);
    if (words.length === 0) continue;
    const shift = leftOf(words) - edge;
    if (lines.length > 0 && shift > 0.4 * height) return { lines, whole: true };
    if (isFact(strip)) break;
    if (Math.abs(shift) > 0.2 * height) edge = Number.NaN;
    lines.push(words);
    last = strip.last;
  }
  return { lines, whole: false };
}

function leftOf(words: Words): number {
  return words[0]?.x0 ?? Number.NaN;
}

/**
 * Words of the column that describes; where its head names that for lower lines only, a row's first line has other
 * words there.
 */
function wordsOf({ cells }: Described, first: boolean): Words {
  return [...cells].flatMap(([column, tokens]) => {
    const here = first ? column.role === 'description' : describes(column);
    return here ? tokens : [];
  });
}

function isOnlyWords(strip: Described): boolean {
  return [...strip.cells.keys()].every(describes) && isWordy(wordsOf(strip, false));
}

function isWordy(tokens: Words): boolean {
  return tokens.some((token) => /\p{L}{2}/u.test(token.text));
}

/** `Packing: box`, `• 12 pieces`: says something of the goods and is not their name. */
function isFact(strip: Described): boolean {
  const [first] = wordsOf(strip, false);
  const from = strip.first.tokens.filter((token) => first !== undefined && token.x0 >= first.x0);
  return /^(?:[•·*–-]\s|(?!\()(?:\S+\s){0,2}\S*:)/.test(from.map((token) => token.text).join(' '));
}

/** A line was broken where the next word had no room, or its text goes on. */
function isBroken(words: Words, next: Words, limit: number, height: number): boolean {
  const [follower] = next;
  const end = words.at(-1);
  if (!follower || !end) return false;
  return goesOn(words, next) || end.x1 + (follower.x1 - follower.x0) + 0.3 * height > limit;
}

/** In small letters, in brackets, or behind a sign that ends no name. */
function goesOn(words: Words, next: Words): boolean {
  const follows = /^[\p{Ll}(]/u.test(next[0]?.text ?? '');
  return follows || /[-,&/(]$/.test(words.at(-1)?.text ?? '') || hasOpenBracket(words);
}

function hasOpenBracket(words: Words): boolean {
  const text = words.map((token) => token.text).join(' ');
  return text.lastIndexOf('(') > text.lastIndexOf(')');
}
