import { isUnder, type Sheet } from './answers.ts';
import type { Element } from './elements.ts';
import { inAskingColumn, inListOfTwo } from './lists.ts';

/** A cell of a table with the head of its column. */
export interface Cell {
  readonly head: Element;
  readonly cell: Element;
}

const LEAST_COLUMNS = 3;
/** How far apart a caption and its answer may begin, in text heights. */
const SAME_LEFT = 1.2;

/** Cells of tables: a line of heads, and lines below it whose runs stand in its columns. */
export function findCells(sheet: Sheet): Cell[] {
  const cells: Cell[] = [];
  const used = new Set<Element>();
  for (const heads of sheet.lines) {
    if (heads.some((head) => used.has(head)) || !areHeads(heads) || holdsList(sheet, heads)) continue;
    const rows = rowsUnder(sheet, heads);
    if (rows.length < (areCaptions(heads, rows[0], sheet) ? 1 : 2)) continue;
    cells.push(...rows.flat());
    for (const { cell } of rows.flat()) used.add(cell);
  }
  return cells;
}

function areHeads(line: readonly Element[]): boolean {
  const named = line.every(
    ({ kind, colon, text, afterField }) => kind !== 'box' && !colon && !afterField && isHead(text),
  );
  return named && line.length >= (isHalfAsked(line) ? 2 : LEAST_COLUMNS);
}

/** `Ms | Wing | East`: beside something else, or another of its kind, a list begins, and its answers are no heads. */
function holdsList({ lines, layout }: Sheet, heads: readonly Element[]): boolean {
  if (heads.length < LEAST_COLUMNS) return false;
  return heads.slice(1).some((head, i) => {
    const before = heads[i]!;
    return inListOfTwo(lines, layout, before, head) || (head.kind === 'text' && inAskingColumn(lines, layout, before));
  });
}

/** Labels, or captions of boxes set side by side: then each answer begins where its caption does. */
function areCaptions(heads: readonly Element[], row: readonly Cell[] = [], { layout }: Sheet): boolean {
  if (heads.every(({ kind }) => kind === 'question')) return true;
  const isBoxed = row.every(({ head, cell }) => Math.abs(cell.x0 - head.x0) < SAME_LEFT * layout.textHeight);
  return isHalfAsked(heads) && row.length === heads.length && isBoxed;
}

function isHalfAsked(line: readonly Element[]): boolean {
  return shareAsked(line) >= 0.5;
}

function shareAsked(line: readonly Element[]): number {
  return line.filter(({ kind, text }) => kind === 'question' && isHead(text)).length / line.length;
}

function isHead(text: string): boolean {
  return /\p{L}{2}/u.test(text) && !/\d{2}/.test(text) && text.split(' ').length <= 5;
}

function rowsUnder(sheet: Sheet, heads: readonly Element[]): Cell[][] {
  const { lines, layout } = sheet;
  const rows: Cell[][] = [];
  let above = heads[0]!;
  for (const row of lines.slice(above.line.index + 1)) {
    const first = row[0];
    if (!first || !isUnder(above, first, (rows.length === 0 ? 2.5 : 2) * layout.textHeight)) break;
    const cells = row.flatMap((cell): Cell[] => {
      const head = cell.kind === 'box' || cell.colon ? undefined : columnOf(heads, cell);
      return head ? [{ head, cell }] : [];
    });
    const columns = new Set(cells.map(({ head }) => head));
    if (columns.size < 2 || columns.size < cells.length || row.some(({ colon }) => colon)) break;
    if (isHalfAsked(row) && (shareAsked(row) > 0.5 || asksAnew(sheet, heads, rows, row))) break;
    rows.push(cells);
    above = first;
  }
  return rows;
}

/**
 * Whether a row, half of it labels, is the next line of a list or the captions of the next boxes: these have one row of
 * answers above and one below. Elsewhere a cell may look like a label: `Sales` under `Department`.
 */
function asksAnew(sheet: Sheet, heads: readonly Element[], rowsAbove: readonly Cell[][], row: readonly Element[]) {
  if (shareAsked(heads) <= 0.5) return true;
  const answers = rowBelow(sheet, row);
  const isAnswered = answers.length > 0 && !isHalfAsked(answers);
  const next = rowBelow(sheet, answers);
  return rowsAbove.length === 1 && isAnswered && (next.length === 0 || isHalfAsked(next));
}

/** Empty where nothing stands close below. */
function rowBelow({ lines, layout }: Sheet, row: readonly Element[]): readonly Element[] {
  const [above] = row;
  const below = above ? (lines[above.line.index + 1] ?? []) : [];
  return above && below[0] && isUnder(above, below[0], 2 * layout.textHeight) ? below : [];
}

/** The head a cell stands under; a cell under two heads belongs to none. */
export function columnOf(heads: readonly Element[], cell: Element): Element | undefined {
  const under = heads.filter((head) => Math.min(head.x1, cell.x1) - Math.max(head.x0, cell.x0) > 0);
  return under.length === 1 ? under[0] : undefined;
}
