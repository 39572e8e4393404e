import { type Layout, type Token, toSegment } from '../lines.ts';
import { type AmountCell, isApart } from './amountCells.ts';
import { isUnder, lineSpace } from './answers.ts';
import type { Element } from './elements.ts';
import { isCurrency } from './moneyWords.ts';

/** From edge to edge of what stands in it, in pixels. */
export interface Column {
  readonly x0: number;
  readonly x1: number;
}

export type ColumnHeads = ReadonlyMap<Column, readonly AmountCell[]>;

const MOST_LINES_TO_HEADS = 5;
/** In text heights: how far apart lines above a table may be, and words of two heads. */
const NEXT_LINE = 2.5;
const HEADS_APART = 0.5;

/** The words over each column: the nearest line that has some over two of them, and what is set close above it. */
export function headsAbove(
  first: Element,
  columns: readonly Column[],
  cells: readonly (readonly AmountCell[])[],
  layout: Layout,
): ColumnHeads {
  const heads = new Map<Column, readonly AmountCell[]>();
  let below = first;
  for (let i = 1; i <= MOST_LINES_TO_HEADS; i++) {
    const line = cells[first.line.index - i] ?? [];
    const above = line[0]?.element;
    if (line.length > 0 && line.every(isSpeck)) continue;
    if (!above || !isUnder(above, below, NEXT_LINE * layout.textHeight)) break;
    const found = headsIn(line, columns);
    const isClose = heads.size === 0 || below.y0 - above.y1 < lineSpace(layout);
    if (heads.size > 0 && (found.size < 2 || !isClose)) break;
    if (found.size >= 2) for (const [column, head] of found) heads.set(column, [head, ...(heads.get(column) ?? [])]);
    below = above;
  }
  return heads;
}

/** A single sign on a line of its own: a currency of a column, or dirt. */
function isSpeck({ element }: AmountCell): boolean {
  return element.text.length === 1;
}

/** What of a line stands over one column alone and says more than a currency: words, or a year. */
export function headsIn(line: readonly AmountCell[], columns: readonly Column[]): ReadonlyMap<Column, AmountCell> {
  const heads = new Map<Column, AmountCell>();
  if (line.some(({ money }) => money)) return heads;
  for (const cell of line.flatMap((each) => partedHeads(each, columns))) {
    const { element, amount } = cell;
    const over = columnsUnder(element, columns);
    const says = amount ? /^(?:19|20)\d\d$/.test(element.text) : /\p{L}{2}|\d{4}/u.test(element.text);
    if (over.length === 1 && says && !isCurrency(element.text)) heads.set(over[0]!, cell);
  }
  return heads;
}

function columnsUnder(element: Element, columns: readonly Column[]): Column[] {
  return columns.filter((column) => element.x0 < column.x1 && element.x1 > column.x0);
}

/** Heads of narrow columns come close to each other: `HOURS  CURRENT  YTD`. */
function partedHeads(cell: AmountCell, columns: readonly Column[]): AmountCell[] {
  if (columnsUnder(cell.element, columns).length < 2) return [cell];
  const runs: Token[][] = [];
  for (const token of cell.element.tokens) {
    const before = runs.at(-1)?.at(-1);
    if (before && !isApart(before, token, HEADS_APART)) runs.at(-1)!.push(token);
    else runs.push([token]);
  }
  return runs.map((tokens) => ({ ...cell, element: { ...cell.element, ...toSegment(tokens) } }));
}
