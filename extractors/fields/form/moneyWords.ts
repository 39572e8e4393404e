import { parseMoney } from '../money.ts';

const CURRENCY = /^(?:[€$£¥₹]|US\$|EUR|USD|GBP|CHF)$/;
const MONEY = /[€$£¥₹]|EUR|USD|GBP|CHF|\d[.,'’]\d{3}(?!\d)|[.,]\d{2}\)?[-−–]?$/;
const NUMBER = /^[-−–(]?[€$£¥₹]?\d[\d.,'’]*\)?[-−–]?$/;

export function isCurrency(text: string): boolean {
  return CURRENCY.test(text);
}

/** Written as only money is: with two decimals, marks between thousands, or a currency. */
export function isMoney(text: string): boolean {
  return MONEY.test(text) && parseMoney(text) !== null;
}

/** A number as columns hold them, with its sign or brackets. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

export function isMinus(text: string): boolean {
  return /^[-−–]$/.test(text);
}
