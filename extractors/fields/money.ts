import type { Token } from './lines.ts';

/** A value found in neighbouring words. `repaired` tells that letters had to be taken for digits. */
export interface Found<V> {
  readonly value: V;
  readonly tokens: readonly Token[];
  readonly repaired?: boolean;
}

const SYMBOLS = /€|US\$|\$|£|¥|₹|zł|(?<![A-Za-z])(?:RM|EUR|USD|GBP|CHF|SFr\.?|Fr\.|Rs\.?|INR|MYR|PLN)(?![A-Za-z])/gi;

/**
 * Reads an amount in any usual writing into its canonical form (`1234.50`, `-3.00`), or null where the text is none.
 * A single mark before exactly three digits counts as thousands, since money has two decimals.
 */
export function parseMoney(text: string): string | null {
  const bare = text.replace(SYMBOLS, '').trim();
  const negative = /^[-−–(]/.test(bare) || /[-−–)]$/.test(bare);
  const body = bare.replace(/^[-−–(+]\s*/, '').replace(/\s*(?:[-−–)]|CR|DR)$/i, '');
  if (!/^\d[\d.,'’\s]*$/.test(body) || body.length > 18) return null;
  const plain = toDecimal(body.replace(/’/g, "'"));
  if (plain === null) return null;
  return negative && Number(plain) !== 0 ? `-${plain}` : plain;
}

function toDecimal(body: string): string | null {
  const match = /^(\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\2\d{3})*|\d+)(?:([.,])(\d{1,2}|-{1,2}))?$/.exec(body);
  if (match) {
    const [, whole = '', thousands, decimal, cents = ''] = match;
    if (thousands !== undefined && thousands === decimal) return null;
    return `${strip(whole)}.${cents.padEnd(2, '0')}`;
  }
  return indianGrouping(body);
}

/** `1,05,00,000.00`: groups of two before the last three. */
function indianGrouping(body: string): string | null {
  const match = /^(\d{1,2}(?:,\d{2})+,\d{3})(?:\.(\d{1,2}))?$/.exec(body);
  return match ? `${strip(match[1] ?? '')}.${(match[2] ?? '').padEnd(2, '0')}` : null;
}

function strip(whole: string): string {
  return whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
}

export function toCents(value: string): number {
  return Math.round(Number(value) * 100);
}

export function fromCents(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** Decimals are what tells an amount from any other number; without them a currency must stand beside it. */
const AMOUNT = /^[-−–(]?(?:\d{1,3}(?:[.,'’]\d{3})+|\d{1,3}(?:,\d{2})*,\d{3}|\d+)[.,]\d{2}[-−–)]?$/;
const THOUSANDS_HEAD = /^[-−–(]?\d{1,3}$/;
const THOUSANDS_TAIL = /^\d{3}(?:[.,]\d{2})?[-−–)]?$/;

const MINUS = /^[-−–]\d/;
/** Among amounts with a minus sign, a worn one is read as two strokes; elsewhere `=` says what a sum comes to. */
const WORN_MINUS = /^=(?=\d)/;

/** All amounts of a line, left to right. */
export function findMoney(tokens: readonly Token[], ocr = false): Found<string>[] {
  const found: Found<string>[] = [];
  const hasMinus = ocr && tokens.some(({ text }) => MINUS.test(text));
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const spread = spreadAmount(tokens, i, found.at(-1));
    if (spread) {
      found.push(spread);
      i += spread.tokens.length - 1;
      continue;
    }
    const parted = ocr ? partedCents(tokens, i) : null;
    if (parted) {
      found.push(parted);
      i++;
      continue;
    }
    const text = trimmed(hasMinus ? token.text.replace(WORN_MINUS, '-') : token.text);
    if (/%$/.test(token.text) || tokens[i + 1]?.text === '%') continue;
    const sign = tokens[i - 1] && /^[-−–]$/.test(tokens[i - 1]!.text) && close(tokens[i - 1]!, token) ? '-' : '';
    const value = AMOUNT.test(text) || besideCurrency(tokens, i, text) ? parseMoney(sign + text) : null;
    if (value !== null) found.push({ value, tokens: [token] });
    else if (ocr) found.push(...repairedAmount(token));
  }
  return found;
}

/** `14. 65`: engines see a space behind the mark. */
function partedCents(tokens: readonly Token[], i: number): Found<string> | null {
  const [whole, cents] = [tokens[i]!, tokens[i + 1]];
  if (!cents || !close(whole, cents) || !/^[^\d]{0,3}\d+[.,]$/.test(whole.text) || !/^\d{2}$/.test(cents.text))
    return null;
  const value = parseMoney((whole.text + cents.text).replace(/^[^\d€$£-]+/, ''));
  return value === null ? null : { value, tokens: [whole, cents], repaired: true };
}

function trimmed(text: string): string {
  return text
    .replace(SYMBOLS, '')
    .replace(/^[:*=]+|[:;*]+$/g, '')
    .replace(/[.,]$/, '')
    .replace(/[.,](?:--?|—)$/, '.00');
}

function close(left: Token, right: Token): boolean {
  return right.x0 - left.x1 < 0.9 * (right.y1 - right.y0);
}

function besideCurrency(tokens: readonly Token[], i: number, text: string): boolean {
  if (!/^-?\d{1,3}(?:[.,'’]?\d{3})*(?:[.,]\d{1,2})?$/.test(text)) return false;
  const own = tokens[i]!.text;
  const alone = /^(?:€|\$|£|₹|EUR|USD|GBP|CHF|RM|Rs\.?|INR|Fr\.)$/i;
  const before = tokens[i - 1];
  const after = tokens[i + 1];
  return (
    (own !== text && own.search(SYMBOLS) >= 0) ||
    (before !== undefined && alone.test(before.text) && close(before, tokens[i]!)) ||
    (after !== undefined && alone.test(after.text) && close(tokens[i]!, after))
  );
}

/** `1 234,50`: thousands set apart by spaces. */
function spreadAmount(tokens: readonly Token[], i: number, last: Found<string> | undefined): Found<string> | null {
  if (!THOUSANDS_HEAD.test(trimmed(tokens[i]!.text)) || last?.tokens.at(-1) === tokens[i]) return null;
  const run = [tokens[i]!];
  for (let j = i + 1; j < tokens.length && j < i + 4; j++) {
    const next = tokens[j]!;
    const text = trimmed(next.text);
    const gap = next.x0 - run.at(-1)!.x1;
    if (!THOUSANDS_TAIL.test(text) || gap > 0.6 * (next.y1 - next.y0)) return null;
    run.push(next);
    if (/[.,]\d{2}/.test(text)) {
      const value = parseMoney(run.map((token) => trimmed(token.text)).join(' '));
      return value === null ? null : { value, tokens: run };
    }
  }
  return null;
}

/** Letters that engines see in place of digits. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  l: '1',
  I: '1',
  i: '1',
  '|': '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  B: '8',
  g: '9',
};

export function withDigits(text: string): string {
  return [...text].map((char) => LOOKALIKES[char] ?? char).join('');
}

function repairedAmount(token: Token): Found<string>[] {
  const text = trimmed(token.text);
  const digits = text.replace(/\D/g, '').length;
  if (digits < 2 || digits * 2 < text.length || !/[A-Za-z|]/.test(text)) return [];
  const value = AMOUNT.test(withDigits(text)) ? parseMoney(withDigits(text)) : null;
  return value === null ? [] : [{ value, tokens: [token], repaired: true }];
}
