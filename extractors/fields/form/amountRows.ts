import { median } from '../lines.ts';
import { type AmountCell, amountCells } from './amountCells.ts';
import { isUnder, type Sheet } from './answers.ts';
import { type Column, type ColumnHeads, headsAbove, headsIn } from './columnHeads.ts';
import type { Element } from './elements.ts';
import { isCurrency } from './moneyWords.ts';

/** An amount of a balance sheet, a payslip or a list of fees, and the words that say what it is. */
export interface NamedAmount {
  /** The caption at its left; where it has several columns, the head of the amount's own column behind it. */
  readonly question: readonly Element[];
  readonly amount: Element;
  /** The elements all this was printed in. */
  readonly from: readonly Element[];
}

/** A caption, which may have several lines, and the amounts behind it. */
interface Row {
  readonly caption: readonly AmountCell[];
  readonly amounts: readonly AmountCell[];
}

type Lines = readonly (readonly AmountCell[])[];

const LEAST_ROWS = 3;
/** In text heights: how far amounts of a column may end apart, a row may stand below the last, a caption be indented. */
const SAME_RIGHT = 0.75;
const NEXT_ROW = 6;
const INDENT = 5;
const SAME_LEFT = 1;
const LINE_SPACE = 0.5;
/** What a row that stands apart has above it, beyond the usual space of its list. */
const SET_APART = 0.4;
const TITLE_REACH = 1.5;
const MOST_LONE_WORDS = 6;

/**
 * Amounts set one below the other, each behind its caption. Where captions have several amounts, the words over a column
 * tell which one it is: `Gross pay Year to date`.
 */
export function findAmounts(sheet: Sheet): NamedAmount[] {
  return amountsIn(sheet, isListOfAmounts);
}

/** Sums behind a caption that stand in no list: money, one sum each, behind a few words. */
export function findLoneAmounts(sheet: Sheet): NamedAmount[] {
  return amountsIn(sheet, (rows) => rows.length < LEAST_ROWS && rows.every(isLone));
}

function amountsIn(sheet: Sheet, counts: (rows: readonly Row[]) => boolean): NamedAmount[] {
  const cells = sheet.lines.map((line) => amountCells(line.filter((element) => !sheet.taken.has(element))));
  const rows = cells.flatMap((_, index) => rowsOf(cells, index, sheet.layout.textHeight));
  return listsOf(rows, cells, sheet)
    .map((list) => withoutStrays(list, sheet.layout.textHeight))
    .filter((list) => list.length > 0 && counts(list))
    .flatMap((list) => namedAmounts(list, cells, sheet));
}

/** A line has several rows where lists stand side by side. What stands left of a caption is no part of it. */
function rowsOf(lines: Lines, index: number, height: number): Row[] {
  const cells = lines[index]!;
  return cells.flatMap((first, i): Row[] => {
    const before = cells[i - 1];
    // Behind a colon stands an answer, no caption: `Ordered: 5 units  $ 12.50`.
    if (!first.amount || before?.amount || cells[i - 2]?.element.colon) return [];
    const end = cells.findIndex(({ amount }, at) => at > i && !amount);
    const caption = before ? wrapped(before, lines, index, height) : captionAround(first, lines, index, height);
    const says = caption.some(isCaption) && !isCurrency(caption[0]!.element.text);
    return says ? [{ caption, amounts: cells.slice(i, end < 0 ? undefined : end) }] : [];
  });
}

function isCaption({ element }: AmountCell): boolean {
  return /\p{L}{2}|\p{L}\)|\d\(\p{L}\)/u.test(element.text);
}

/** A caption that begins in small letters began on the line above; one that goes on below does so in small letters. */
function wrapped(own: AmountCell, lines: Lines, index: number, height: number): AmountCell[] {
  const sameLeft = ({ element }: AmountCell) => Math.abs(element.x0 - own.element.x0) < SAME_LEFT * height;
  const above = loneTexts(lines[index - 1]).find(sameLeft);
  const below = loneTexts(lines[index + 1]).find(sameLeft);
  const goesOn = below && isSmall(below) && isUnder(own.element, below.element, LINE_SPACE * height);
  const beganAbove = above && isSmall(own) && isUnder(above.element, own.element, LINE_SPACE * height);
  return [...(beganAbove ? [above] : []), own, ...(goesOn ? [below] : [])];
}

function isSmall({ element }: AmountCell): boolean {
  return /^\p{Ll}{2}/u.test(element.text);
}

/** Texts of a line with no amount behind them. */
function loneTexts(line: readonly AmountCell[] = []): AmountCell[] {
  return line.filter(({ amount, element }, i) => !amount && !element.colon && !line[i + 1]?.amount);
}

/** An amount set at half the height of a caption of two lines stands in a line of its own between them. */
function captionAround({ element: amount }: AmountCell, lines: Lines, index: number, height: number): AmountCell[] {
  const [above, below] = [lines[index - 1], lines[index + 1]].map((line) =>
    loneTexts(line).findLast(
      ({ element }) => element.x1 < amount.x0 && element.y0 < amount.y1 && element.y1 > amount.y0,
    ),
  );
  const belong = above && below && Math.abs(above.element.x0 - below.element.x0) < SAME_LEFT * height;
  return belong ? [above, below] : [];
}

/** Rows whose amounts end in the same columns. Heads over these columns begin a new list. */
function listsOf(rows: readonly Row[], cells: Lines, sheet: Sheet): Row[][] {
  const lists: Row[][] = [];
  for (const row of rows) {
    const home = lists.findLast((list) => goesOn(list, row, cells, sheet));
    if (home) home.push(row);
    else lists.push([row]);
  }
  return lists;
}

function goesOn(list: readonly Row[], row: Row, cells: Lines, sheet: Sheet): boolean {
  const last = list.at(-1)!.caption.at(-1)!.element;
  const { element } = row.caption[0]!;
  const height = sheet.layout.textHeight;
  if (!isUnder(last, element, NEXT_ROW * height) || last.line.index === element.line.index) return false;
  const columns = columnsOf(list, height);
  const fits = row.amounts.some(({ element: { x1 } }) => columns.some((column) => isSameRight(x1, column.x1, height)));
  const between = cells.slice(last.line.index + 1, element.line.index);
  return fits && element.x0 < columns[0]!.x0 && !between.some((line) => headsIn(line, columns).size > 1);
}

function isSameRight(a: number, b: number, height: number): boolean {
  return Math.abs(a - b) < SAME_RIGHT * height;
}

/** From left to right, as wide as what stands in them. */
function columnsOf(rows: readonly Row[], height: number): Column[] {
  const columns: Column[] = [];
  for (const { element } of rows.flatMap(({ amounts }) => amounts)) {
    const at = columns.findIndex(({ x1 }) => isSameRight(x1, element.x1, height));
    const known = columns[at];
    if (known) columns[at] = { x0: Math.min(known.x0, element.x0), x1: known.x1 };
    else columns.push({ x0: element.x0, x1: element.x1 });
  }
  return columns.sort((a, b) => a.x1 - b.x1);
}

/** A lone figure that is no money and ends where no other does is a rule or a speck taken for one. */
function withoutStrays(rows: readonly Row[], height: number): Row[] {
  const all = rows.flatMap((row) => row.amounts);
  const isInColumn = ({ element: { x1 } }: AmountCell) =>
    all.filter(({ element }) => isSameRight(element.x1, x1, height)).length > 1;
  return rows.flatMap((row) => {
    const amounts = row.amounts.filter((amount) => amount.money || isInColumn(amount));
    return amounts.length > 0 ? [{ ...row, amounts }] : [];
  });
}

/** Some numbers may be no money, such as hours and notes. */
function isListOfAmounts(rows: readonly Row[]): boolean {
  const amounts = rows.flatMap((row) => row.amounts);
  return rows.length >= LEAST_ROWS && amounts.filter(({ money }) => money).length >= amounts.length / 2;
}

function isLone({ caption, amounts }: Row): boolean {
  const words = caption.flatMap(({ element }) => element.tokens);
  const isShort = words.length <= MOST_LONE_WORDS && /^\p{Lu}/u.test(words[0]!.text);
  return isShort && amounts.length === 1 && amounts[0]!.money;
}

function namedAmounts(rows: readonly Row[], cells: Lines, sheet: Sheet): NamedAmount[] {
  const height = sheet.layout.textHeight;
  const columns = columnsOf(rows, height);
  const first = rows[0]!.caption[0]!.element;
  const heads: ColumnHeads = columns.length > 1 ? headsAbove(first, columns, cells, sheet.layout) : new Map();
  const title = titleAbove(rows, cells, height);
  const usual = median(rows.map((row) => spaceAbove(row, cells)));
  return rows.flatMap((row) => {
    const { caption, amounts } = row;
    const indented = Math.abs(caption[0]!.element.x0 - first.x0) < INDENT * height;
    const isSetApart = row !== rows[0] && spaceAbove(row, cells) > usual + SET_APART * height;
    // A sum that stands apart below has no other to be told from.
    const isSum = amounts.length === 1 && (!indented || isSetApart);
    return amounts.map((amount): NamedAmount => {
      const column = columns.find(({ x1 }) => isSameRight(x1, amount.element.x1, height));
      const head = (column && heads.get(column)) ?? [];
      const question = [...caption, ...(isSum ? [] : head)].map(({ element }) => element);
      return {
        question,
        amount: amount.element,
        from: [...caption, amount, ...head, ...title].flatMap(({ from }) => from),
      };
    });
  });
}

/** Pixels to what stands above it, between its caption and its amounts. */
function spaceAbove({ caption, amounts }: Row, cells: Lines): number {
  const [first, last] = [caption[0]!.element, amounts.at(-1)!.element];
  const over = ({ element: { page, x0, x1 } }: AmountCell) => page === first.page && x0 < last.x1 && x1 > first.x0;
  const above = cells
    .slice(0, first.line.index)
    .findLast((line) => line.some(over))
    ?.find(over);
  return above ? first.y0 - above.element.y1 : 0;
}

/** What stands right over the captions alone is the list's title, and asks nothing: `Payments | Deductions`. */
function titleAbove(rows: readonly Row[], cells: Lines, height: number): AmountCell[] {
  const { caption, amounts } = rows[0]!;
  const [first, last] = [caption[0]!.element, amounts.at(-1)!.element];
  const over = (cells[first.line.index - 1] ?? []).filter(({ element: { x0, x1 } }) => x0 < last.x1 && x1 > first.x0);
  const [title] = over;
  if (!title || over.length > 1 || title.element.colon || /\d/.test(title.element.text)) return [];
  const isOver = isBeginningUnder(title.element, first, height);
  return isOver && !isAnswer(title.element, first.line.index, cells, height) ? [title] : [];
}

function isBeginningUnder(above: Element, below: Element, height: number): boolean {
  return Math.abs(above.x0 - below.x0) < height && isUnder(above, below, TITLE_REACH * height);
}

/** A question stands before or over it, and is no title itself: `Employee name  Ida Falk`. */
function isAnswer(title: Element, firstRow: number, cells: Lines, height: number): boolean {
  const before = cells[firstRow - 1]?.findLast(({ element }) => element.x1 < title.x0)?.element;
  const isTitle = (element: Element) =>
    (cells[firstRow] ?? []).some(({ element: below }) => isBeginningUnder(element, below, height));
  const asksBefore = before?.kind === 'question' && (before.colon || !isTitle(before));
  const above = (cells[firstRow - 2] ?? []).map(({ element }) => element);
  return asksBefore || above.some((element) => element.kind === 'question' && isBeginningUnder(element, title, height));
}
