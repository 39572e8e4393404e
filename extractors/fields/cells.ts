import { parseCurrency, withoutCurrency } from './currency.ts';
import type { Line, Token } from './lines.ts';
import { type Column, NUMBER_ROLES, type Role } from './tableHead.ts';

/** Words of a line by the column they belong to. */
export type Cells = ReadonlyMap<Column, readonly Token[]>;

/** Deals the words of a line out to the columns of its table; words that end before `left` stand beside it. */
export function cellsOf(line: Line, columns: readonly Column[], left: number, height: number): Cells {
  const cells = new Map<Column, Token[]>();
  let before: { readonly token: Token; readonly column: Column } | null = null;
  for (const token of line.tokens.filter(({ x1 }) => x1 >= left)) {
    const column = columnOf(token, rightOfCell(token, line), columns, before, height);
    if (!column) continue;
    before = { token, column };
    const cell = cells.get(column);
    if (cell) cell.push(token);
    else cells.set(column, [token]);
  }
  return cells;
}

function isNumberRole(role: Role | null): boolean {
  return (NUMBER_ROLES as readonly (Role | null)[]).includes(role);
}

/** What the column holds in the lines below a row's first. */
export function describes({ role, below }: Column): boolean {
  return role === 'description' || below === 'description';
}

/** Whether a word is a number as columns of numbers hold them: signs and a currency may stand around it. */
function isNumeric(text: string): boolean {
  return /\d/.test(text) && !/\p{L}{2}/u.test(withoutCurrency(text));
}

/** Whether a word is a sign that belongs to the number beside it: of a percentage or a currency. */
function isSign(text: string): boolean {
  return text === '%' || (parseCurrency(text) !== null && !/[\p{L}\d]/u.test(withoutCurrency(text)));
}

/** Numbers keep to the right edge or middle of their column's head, words to its left edge or to the words before them. */
function columnOf(
  token: Token,
  right: number,
  columns: readonly Column[],
  before: { readonly token: Token; readonly column: Column } | null,
  height: number,
): Column | undefined {
  const tied = before && token.x0 - before.token.x1 < 0.8 * height ? before.column : undefined;
  if (isNumeric(token.text) || isSign(token.text)) {
    const [nearest] = columns
      .filter((column) => !describes(column))
      .map((column) => ({ column, off: Math.min(offset(token, column), offset({ x0: token.x0, x1: right }, column)) }))
      .filter(({ off }) => off < 1.6 * height)
      .sort((a, b) => a.off - b.off);
    const within = nearest && overlap(token, nearest.column) > 0;
    if (nearest && (within || !tied || !describes(tied))) return nearest.column;
  }
  if (tied && describes(tied)) return tied;
  const texts = columns.filter((column) => !isNumberRole(column.role) || describes(column));
  const [under] = texts
    .filter((column) => overlap(token, column) > 0)
    .sort((a, b) => overlap(token, b) - overlap(token, a));
  if (under) return under;
  // A unit stands behind its quantity: `4 kg`, `10 Stk.`
  if (tied && isNumberRole(tied.role)) return tied;
  const over = columns.find((column) => overlap(token, column) > 0);
  if (over) return over;
  const unit = texts.find((column) => column.role === 'unit' && Math.abs(column.x1 - token.x1) < 2 * height);
  if (unit) return unit;
  const left = texts.filter((column) => column.x0 <= token.x0 + height).sort((a, b) => b.x0 - a.x0)[0];
  return left ?? texts.find(describes) ?? texts[0];
}

interface Span {
  readonly x0: number;
  readonly x1: number;
}

/** The right edge of a number and the unit set behind it, or of a currency and its number: they share a column. */
function rightOfCell(token: Token, line: Line): number {
  const at = line.tokens.indexOf(token);
  const [before, next] = [line.tokens[at - 1], line.tokens[at + 1]];
  const isClose = (left: Token, right: Token) => right.x0 - left.x1 < 0.8 * (token.y1 - token.y0);
  if (!next) return token.x1;
  if (!isSign(token.text)) return !isNumeric(next.text) && isClose(token, next) ? next.x1 : token.x1;
  // A currency may stand at its column's left edge, far from the number.
  const isBehind = before !== undefined && isNumeric(before.text) && isClose(before, token);
  return isNumeric(next.text) && !isBehind ? next.x1 : token.x1;
}

function overlap(a: Span, b: Span): number {
  return Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
}

function offset(token: Span, column: Column): number {
  const edges = Math.min(Math.abs(token.x1 - column.x1), Math.abs(token.x0 - column.x0));
  return overlap(token, column) > 0 ? Math.min(edges, (column.x1 - column.x0) / 8) : edges;
}
