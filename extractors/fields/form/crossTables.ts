import { isUnder, type Sheet } from './answers.ts';
import type { Element } from './elements.ts';
import { columnOf } from './grids.ts';

/** A cell of a table whose left column names its rows, and the caption and the head it answers. */
export interface CrossCell {
  readonly question: readonly [caption: Element, head: Element];
  readonly cell: Element;
}

const LEAST_HEADS = 2;
const LEAST_ROWS = 2;
/** In text heights. */
const NEXT_ROW = 2;
const SAME_LEFT = 1.2;

/** Tables with nothing over their left column: that names the rows, and is no answer. */
export function findCrossCells(sheet: Sheet): CrossCell[] {
  const cells: CrossCell[] = [];
  const used = new Set<Element>();
  for (const heads of sheet.lines) {
    if (heads.length < LEAST_HEADS || !heads.every((head) => isWord(head) && !used.has(head))) continue;
    const rows = rowsUnder(sheet, heads);
    if (rows.length < LEAST_ROWS) continue;
    cells.push(...rows.flat());
    for (const { question, cell } of rows.flat()) for (const element of [...question, cell]) used.add(element);
  }
  return cells;
}

function isWord({ kind, colon, afterField, text }: Element): boolean {
  return kind !== 'box' && !colon && !afterField && /\p{L}{2}/u.test(text) && !/\d{2}/.test(text);
}

function rowsUnder({ lines, layout, taken }: Sheet, heads: readonly Element[]): CrossCell[][] {
  const rows: CrossCell[][] = [];
  let above = heads[0]!;
  let left: number | undefined;
  for (const [caption, ...answers] of lines.slice(above.line.index + 1)) {
    if (!caption || !isUnder(above, caption, NEXT_ROW * layout.textHeight)) break;
    // A full row needs no look at where its cells stand: heads may be set in the middle of wide columns.
    const isFull = answers.length === heads.length;
    const cells = answers.map((cell, i) => ({ cell, head: isFull ? heads[i] : columnOf(heads, cell) }));
    const isRow = isWord(caption) && caption.x1 < heads[0]!.x0 && answers.length > 0 && !taken.has(caption);
    const isInLine = left === undefined || Math.abs(caption.x0 - left) < SAME_LEFT * layout.textHeight;
    if (!isRow || !isInLine || new Set(cells.map(({ head }) => head)).size < cells.length) break;
    if (cells.some(({ cell, head }) => !head || cell.kind === 'box' || cell.colon)) break;
    rows.push(cells.map(({ cell, head }) => ({ question: [caption, head!], cell })));
    above = caption;
    left = caption.x0;
  }
  return rows;
}
