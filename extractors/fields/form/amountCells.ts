import { type Token, toSegment } from '../lines.ts';
import { parseMoney } from '../money.ts';
import type { Element } from './elements.ts';

/** A part of a form's line that is nothing but an amount, or text. `from` are the elements it was printed in. */
export interface AmountCell {
  readonly element: Element;
  readonly from: readonly Element[];
  readonly amount: boolean;
  /** Written as only money is: with two decimals, marks between thousands, or a currency. */
  readonly money: boolean;
}

const CURRENCY = /^(?:[€$£¥₹]|US\$|EUR|USD|GBP|CHF)$/;
const MONEY = /[€$£¥₹]|EUR|USD|GBP|CHF|\d[.,'’]\d{3}(?!\d)|[.,]\d{2}\)?[-−–]?$/;

/** The parts of a line, with amounts parted from each other and from captions that come close to them. */
export function amountCells(line: readonly Element[]): AmountCell[] {
  return withCurrencies(line.filter(({ kind }) => kind !== 'box').flatMap(cellsOf));
}

export function isCurrency(text: string): boolean {
  return CURRENCY.test(text);
}

function cellsOf(element: Element): AmountCell[] {
  const amounts = trailingAmounts(element.tokens);
  const words = element.tokens.slice(0, element.tokens.length - amounts.flat().length);
  if (amounts.length === 0 || element.colon) return [cellOf(element, element.tokens, false)];
  const cells = amounts.map((tokens) => cellOf(element, tokens, true));
  if (words.length === 0) return cells;
  // A number that ends a caption is an amount only where it is written as one: `Pension 5`, `Note 12`.
  const stands = cells.every(({ money }) => money) && isApart(words.at(-1)!, amounts[0]![0]!, WORD_SPACE);
  return stands ? [cellOf(element, words, false), ...cells] : [cellOf(element, element.tokens, false)];
}

function cellOf(element: Element, tokens: readonly Token[], amount: boolean): AmountCell {
  const part = { ...element, ...toSegment(tokens) };
  return { element: part, from: [element], amount, money: amount && MONEY.test(part.text) };
}

/** In heights of a word: more than stands between words, and between groups of thousands. */
const WORD_SPACE = 0.4;
const THOUSANDS_SPACE = 0.6;

/** `space` is in heights of the word. */
export function isApart(left: Token, right: Token, space: number): boolean {
  return right.x0 - left.x1 > space * (right.y1 - right.y0);
}

/** The amounts a run of words ends with, each with its currency. */
function trailingAmounts(tokens: readonly Token[]): Token[][] {
  const amounts: Token[][] = [];
  let end = tokens.length;
  while (end > 0) {
    const length = [3, 2, 1].find((count) => count <= end && isAmount(tokens.slice(end - count, end)));
    if (length === undefined) break;
    amounts.unshift(tokens.slice(end - length, end));
    end -= length;
  }
  return amounts;
}

/** Of several words all but one are currencies, or they are groups of thousands set close: `$ 912,440`, `1 204 556`. */
function isAmount(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ text }) => text);
  const numbers = words.filter((word) => !isCurrency(word));
  if (numbers.length !== 1 && words.slice(1).some((word) => !/^\d{3}(?:[.,]\d\d)?$/.test(word))) return false;
  if (numbers.length > 1 && tokens.some((token, i) => i > 0 && isApart(tokens[i - 1]!, token, THOUSANDS_SPACE)))
    return false;
  return numbers.length > 0 && parseMoney(words.join(' ')) !== null;
}

/** A currency set at the left of its column belongs to the amount behind it. */
function withCurrencies(cells: readonly AmountCell[]): AmountCell[] {
  return cells.flatMap((cell, i): AmountCell[] => {
    const [before, next] = [cells[i - 1], cells[i + 1]];
    if (isCurrency(cell.element.text) && next?.amount) return [];
    if (!cell.amount || !before || !isCurrency(before.element.text)) return [cell];
    const element = { ...cell.element, ...toSegment([...before.element.tokens, ...cell.element.tokens]) };
    return [{ ...cell, element, from: [...before.from, ...cell.from], money: true }];
  });
}
