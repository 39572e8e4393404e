import { type Token, toSegment } from '../lines.ts';
import { parseMoney } from '../money.ts';
import type { Element } from './elements.ts';
import { isCurrency, isMinus, isMoney } from './moneyWords.ts';

/** A part of a form's line that is nothing but an amount, or text. `from` are the elements it was printed in. */
export interface AmountCell {
  readonly element: Element;
  readonly from: readonly Element[];
  readonly amount: boolean;
  /** Written as only money is: with two decimals, marks between thousands, or a currency. */
  readonly money: boolean;
}

/** The parts of a line, with amounts parted from each other and from captions that come close to them. */
export function amountCells(line: readonly Element[]): AmountCell[] {
  return withCurrencies(line.filter(({ kind }) => kind !== 'box').flatMap(cellsOf));
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
  return { element: part, from: [element], amount, money: amount && isMoney(part.text) };
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
  // The last number of a span is no amount: `9.00 - 17.00`.
  return end > 0 && isMinus(tokens[end - 1]!.text) ? [] : amounts;
}

/** One of two words is a currency, or they are groups of thousands set close: `$ 912,440`, `1 204 556`. */
function isAmount(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ text }) => text);
  const numbers = words.filter((word) => !isCurrency(word));
  if (numbers.length === 1 && words.length > 2) return false;
  if (numbers.length !== 1 && words.slice(1).some((word) => !/^\d{3}(?:[.,]\d\d)?$/.test(word))) return false;
  if (numbers.length > 1 && tokens.some((token, i) => i > 0 && isApart(tokens[i - 1]!, token, THOUSANDS_SPACE)))
    return false;
  return numbers.length > 0 && parseMoney(words.join(' ')) !== null;
}

/** A currency in a column of its own belongs to the amount behind it or, as a suffix, to the one before it. */
function withCurrencies(cells: readonly AmountCell[]): AmountCell[] {
  const owners = cells.map((_, i) => ownerOf(cells, i));
  return cells.flatMap((cell, i): AmountCell[] => {
    if (isLoneCurrency(cell) && (cells[i - 1]?.amount || cells[i + 1]?.amount)) return [];
    const [prefix, suffix] = [i - 1, i + 1].map((at) => (owners[at] === i ? cells[at] : undefined));
    const currency = prefix ?? suffix;
    if (!currency) return [cell];
    const parts = prefix ? [currency, cell] : [cell, currency];
    const element = { ...cell.element, ...toSegment(parts.flatMap((part) => part.element.tokens)) };
    return [{ ...cell, element, from: parts.flatMap(({ from }) => from), money: true }];
  });
}

/** How much nearer to its amount a currency stands than to the other one. */
const NEARER = 1.2;

/** Which amount beside it a currency belongs to; that of another currency, or one as near as the other, does not. */
function ownerOf(cells: readonly AmountCell[], at: number): number | undefined {
  if (!isLoneCurrency(cells[at]!)) return undefined;
  const beside = [at - 1, at + 1].filter((i) => cells[i]?.amount && !cells[i].element.tokens.some(isOfCurrency));
  const [first, second] = beside;
  if (first === undefined || second === undefined) return first;
  // The line tells how all of its currencies are written.
  if (isLoneCurrency(cells.at(-1)!)) return first;
  const [left, right] = [
    cells[at]!.element.x0 - cells[first]!.element.x1,
    cells[second]!.element.x0 - cells[at]!.element.x1,
  ];
  if (left * NEARER < right) return first;
  return right * NEARER < left ? second : undefined;
}

function isLoneCurrency({ element, amount }: AmountCell): boolean {
  return !amount && isCurrency(element.text);
}

function isOfCurrency({ text }: Token): boolean {
  return isCurrency(text);
}
