import { type Cells, describes } from './cells.ts';
import type { Line, Token } from './lines.ts';

/** A stretch of a table's body and what its columns hold there. */
export interface Described {
  readonly first: Line;
  readonly last: Line;
  readonly cells: Cells;
}

/** A row with what stands between it and the rows before and after. */
export interface RowPlace {
  readonly row: Described;
  readonly above: Described | undefined;
  readonly followers: readonly Described[];
}

/**
 * The names of the rows' goods: a row's words beside its numbers and the lines these words were broken into. What stands
 * below as a line of its own (a remark, a measure, `Packing: box`) is not part of the name. Where a row's first line has
 * no words, the name is the line below, or the one right above.
 */
export function descriptionsOf(places: readonly RowPlace[], height: number): (readonly Token[])[] {
  const texts = places.map((place) => ({ own: ownWords(place, height), below: linesBelow(place, height) }));
  const edges = texts.flatMap(({ own, below }) => [own, ...below].flat().map((token) => token.x1));
  const limit = Math.max(0, ...edges);
  return texts.map(({ own, below }, i) => {
    const words = [...own];
    for (const next of below) {
      if (isWordy(words) && !isBroken(words, next, limit, height)) break;
      words.push(...next);
    }
    return isWordy(words) ? words : [...wordsOf(places[i]!.row, false), ...words];
  });
}

function ownWords({ row, above }: RowPlace, height: number): readonly Token[] {
  const own = wordsOf(row, true);
  const near = above && above.last.page === row.first.page && row.first.y0 - above.last.y1 < 0.5 * height;
  const beside = [...row.cells.keys()].every(({ below }) => below !== 'description');
  return beside && !isWordy(own) && near && isOnlyWords(above) ? [...wordsOf(above, false), ...own] : own;
}

/** Lines of the describing column right under the row, up to the first that is a fact of its own. */
function linesBelow({ row, followers }: RowPlace, height: number): (readonly Token[])[] {
  const lines: (readonly Token[])[] = [];
  let last: Line = row.last;
  for (const strip of followers) {
    if (strip.first.page !== last.page || strip.first.y0 - last.y1 > 0.9 * height) break;
    const words = wordsOf(strip, false);
    if (words.length === 0) continue;
    if (isFact(words)) break;
    lines.push(words);
    last = strip.last;
  }
  return lines;
}

/**
 * Words of the column that describes; where its head names that for lower lines only, a row's first line has other
 * words there.
 */
function wordsOf({ cells }: Described, first: boolean): readonly Token[] {
  return [...cells].flatMap(([column, tokens]) => {
    const here = first ? column.role === 'description' : describes(column);
    return here ? tokens : [];
  });
}

function isOnlyWords(strip: Described): boolean {
  return [...strip.cells.keys()].every(describes) && isWordy(wordsOf(strip, false));
}

function isWordy(tokens: readonly Token[]): boolean {
  return tokens.some((token) => /\p{L}{2}/u.test(token.text));
}

/** `Packing: box`, `• 12 pieces`: says something of the goods and is not their name. */
function isFact(words: readonly Token[]): boolean {
  return /^(?:[•·*–-]\s|(?!\()(?:\S+\s){0,2}\S*:)/.test(words.map((token) => token.text).join(' '));
}

/** A line was broken where the next word had no room, or goes on in small letters. */
function isBroken(words: readonly Token[], next: readonly Token[], limit: number, height: number): boolean {
  const [follower] = next;
  const end = words.at(-1);
  if (!follower || !end) return false;
  if (/^[\p{Ll}(]/u.test(follower.text) || /[-,&/(]$/.test(end.text) || hasOpenBracket(words)) return true;
  return end.x1 + (follower.x1 - follower.x0) + 0.3 * height > limit;
}

function hasOpenBracket(words: readonly Token[]): boolean {
  const text = words.map((token) => token.text).join(' ');
  return text.lastIndexOf('(') > text.lastIndexOf(')');
}
