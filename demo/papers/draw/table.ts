import type { LineView } from '../view.ts';
import type { Wording } from '../wording.ts';
import {
  fillBox,
  frameBox,
  heightOf,
  type Ink,
  nextPage,
  put,
  putRight,
  rule,
  type Sheet,
  upright,
  widthOf,
} from './sheet.ts';

export interface Column {
  readonly head: string;
  /** Share of the width; all columns together are 1 or are scaled to it. */
  readonly share: number;
  readonly align: 'left' | 'right' | 'center';
  readonly of: (line: LineView) => string;
}

export interface TableStyle {
  readonly head: 'filled' | 'tinted' | 'ruled' | 'open' | 'doubled';
  readonly rows: 'ruled' | 'zebra' | 'grid' | 'open' | 'dotted';
  readonly size: number;
  readonly pad: number;
  /** A grid is drawn down to here on its last page, as forms are printed. */
  readonly fillTo?: number;
}

export interface Carry {
  readonly label: string;
  readonly broughtLabel: string;
  /** The sum of the first lines. */
  readonly sum: (lines: number) => string;
}

type Kind = 'position' | 'article' | 'description' | 'quantity' | 'unit' | 'price' | 'discount' | 'rate' | 'line';

const SHARES: Record<Kind, number> = {
  position: 0.06,
  article: 0.1,
  description: 0.42,
  quantity: 0.09,
  unit: 0.08,
  price: 0.12,
  discount: 0.08,
  rate: 0.07,
  line: 0.14,
};

const CELLS: Record<Kind, (line: LineView) => string> = {
  position: (line) => line.position,
  article: (line) => line.article,
  description: (line) => line.description,
  quantity: (line) => line.quantity,
  unit: (line) => line.unit,
  price: (line) => line.price,
  discount: (line) => line.discount,
  rate: (line) => line.rate,
  line: (line) => line.total,
};

export function columnsOf(words: Wording, kinds: readonly Kind[]): Column[] {
  return kinds.map((kind) => ({
    head: words[kind],
    share: SHARES[kind],
    align: ['quantity', 'price', 'discount', 'rate', 'line'].includes(kind) ? 'right' : 'left',
    of: CELLS[kind],
  }));
}

interface Placed extends Column {
  readonly x: number;
  readonly width: number;
}

/** The lines of a paper as a table, over as many pages as it takes; gives the y below it. */
export function drawTable(
  sheet: Sheet,
  lines: readonly LineView[],
  columns: readonly Column[],
  from: number,
  style: TableStyle,
  carry?: Carry,
): number {
  const placed = place(sheet, columns, lines, style);
  const reserve = carry ? rowHeight(style) : 0;
  let start = from;
  let y = drawHead(sheet, placed, from, style);
  lines.forEach((line, i) => {
    const height = heightOfRow(sheet, placed, line, style);
    if (y + height > sheet.bottom - reserve) {
      closeTable(sheet, placed, start, y, style);
      if (carry) drawCarry(sheet, carry.label, carry.sum(i), y, style);
      start = nextPage(sheet);
      y = drawHead(sheet, placed, start, style);
      if (carry) y = drawCarry(sheet, carry.broughtLabel, carry.sum(i), y, style);
    }
    drawRow(sheet, placed, line, i, y, height, style);
    y += height;
  });
  const end = Math.max(y, style.fillTo ?? 0);
  closeTable(sheet, placed, start, end, style);
  return end;
}

/** Each column gets its share, or more where a word would not fit; the description takes what is left. */
function place(sheet: Sheet, columns: readonly Column[], lines: readonly LineView[], style: TableStyle): Placed[] {
  const whole = columns.reduce((sum, column) => sum + column.share, 0);
  const width = sheet.right - sheet.left;
  const widths = columns.map((column) =>
    Math.max((column.share / whole) * width, widestWord(sheet, column, lines, style) + 9),
  );
  const elastic = columns.findIndex((column) => column.share === SHARES.description);
  widths[elastic]! -= widths.reduce((sum, each) => sum + each, 0) - width;
  let x = sheet.left;
  return columns.map((column, i) => {
    const placed = { ...column, x, width: widths[i]! };
    x += placed.width;
    return placed;
  });
}

function widestWord(sheet: Sheet, column: Column, lines: readonly LineView[], style: TableStyle): number {
  if (column.share === SHARES.description) return 0;
  const head = column.head.split(' ').map((word) => widthOf(sheet, word, { size: style.size, bold: true }));
  return Math.max(...head, ...lines.map((line) => widthOf(sheet, column.of(line), { size: style.size })));
}

function drawHead(sheet: Sheet, columns: readonly Placed[], y: number, style: TableStyle): number {
  const ink: Ink = { size: style.size, bold: true, color: style.head === 'filled' ? '#ffffff' : '#1a1a1a' };
  const tallest = Math.max(...columns.map((column) => heightOf(sheet, column.head, column.width - 8, ink)));
  const height = tallest + style.pad * 2;
  const width = sheet.right - sheet.left;
  if (style.head === 'filled') fillBox(sheet, sheet.left, y, width, height, sheet.accent);
  if (style.head === 'tinted') fillBox(sheet, sheet.left, y, width, height, '#e4e6ea');
  for (const column of columns) cell(sheet, column, column.head, y + style.pad, ink);
  if (style.head === 'ruled') rule(sheet, sheet.left, y + height, sheet.right, 1);
  if (style.head === 'doubled') {
    rule(sheet, sheet.left, y, sheet.right, 0.8);
    rule(sheet, sheet.left, y + height - 2, sheet.right, 0.8);
    rule(sheet, sheet.left, y + height, sheet.right, 0.8);
  }
  return y + height + (style.rows === 'grid' ? 0 : 2);
}

function drawRow(
  sheet: Sheet,
  columns: readonly Placed[],
  line: LineView,
  index: number,
  y: number,
  height: number,
  style: TableStyle,
): void {
  if (style.rows === 'zebra' && index % 2 === 1) {
    fillBox(sheet, sheet.left, y, sheet.right - sheet.left, height, '#f1f3f6');
  }
  for (const column of columns) cell(sheet, column, column.of(line), y + style.pad, { size: style.size });
  if (style.rows === 'ruled') rule(sheet, sheet.left, y + height, sheet.right, 0.3, '#9aa0a6');
  if (style.rows === 'dotted') {
    sheet.doc.dash(1, { space: 2 });
    rule(sheet, sheet.left, y + height, sheet.right, 0.5, '#555555');
    sheet.doc.undash();
  }
}

function closeTable(sheet: Sheet, columns: readonly Placed[], y0: number, y1: number, style: TableStyle): void {
  if (style.rows !== 'grid') return;
  frameBox(sheet, sheet.left, y0, sheet.right - sheet.left, y1 - y0, 0.7);
  for (const column of columns.slice(1)) upright(sheet, column.x, y0, y1, 0.5);
}

function drawCarry(sheet: Sheet, label: string, sum: string, y: number, style: TableStyle): number {
  const ink: Ink = { size: style.size, italic: true };
  put(sheet, label, sheet.left + 4, y + style.pad, ink);
  putRight(sheet, sum, sheet.right - 4, y + style.pad, ink);
  return y + rowHeight(style);
}

function cell(sheet: Sheet, column: Placed, text: string, y: number, ink: Ink): void {
  if (text) put(sheet, text, column.x + 4, y, { ...ink, width: column.width - 8, align: column.align });
}

function heightOfRow(sheet: Sheet, columns: readonly Placed[], line: LineView, style: TableStyle): number {
  const ink: Ink = { size: style.size };
  const heights = columns.map((column) => heightOf(sheet, column.of(line), column.width - 8, ink));
  return Math.max(...heights) + style.pad * 2;
}

function rowHeight(style: TableStyle): number {
  return style.size * 1.2 + style.pad * 2;
}
