import type { Line, Token } from '../lines.ts';
import { isCurrency, isMinus, isMoney, isNumber } from './moneyWords.ts';

/** A line whose amounts hold the minus signs that were set apart from them. */
export interface SignedLine {
  /** Words of the line's segments; a sign and its number are one. */
  readonly runs: readonly (readonly Token[])[];
  /** Dashes between two numbers, which are part of the text: `9.00 - 17.00`. */
  readonly spans: ReadonlySet<Token>;
  /** Numbers with a dash beside them that may be their sign or not: nobody may take them for an amount. */
  readonly unsure: ReadonlySet<Token>;
}

/** In heights of the number: a sign stands no farther off, words of one text neither. */
const SIGN_REACH = 1;
const TEXT_REACH = 1.3;
/** Behind a number: a dash farther off stands in a column of its own. */
const TRAILING_REACH = 2;
/** How much nearer to the number behind it a dash is, where it is no stroke between two. */
const NEARER = 1.5;
/** So many before another lead the eye to the amount. */
const LEADING_STROKES = 2;
const YEAR = /^(?:19|20)\d\d$/;
const PLAIN = /^\d{1,6}$/;

/** `lines` are those of the page near this one: a dash under or over their numbers says that there is none. */
export function signedLine(line: Line, lines: readonly Line[]): SignedLine {
  const written = new Map<Token, readonly Token[]>();
  const [spans, unsure] = [new Set<Token>(), new Set<Token>()];
  line.tokens.forEach((dash, at) => {
    if (!isMinus(dash.text) && dash.text !== '—') return;
    const sign = signAt(line.tokens, at);
    if (sign === 'span') spans.add(dash);
    else written.set(dash, []);
    if (sign === undefined || sign === 'span') return;
    const { number, text } = sign;
    if (text !== undefined) written.set(number, [withSign(number, dash, text)]);
    else if (!isEmptyCell(dash, number, lines)) unsure.add(number);
  });
  return {
    runs: line.segments.map(({ tokens }) => tokens.flatMap((token) => written.get(token) ?? [token])),
    spans,
    unsure,
  };
}

/** The number a dash belongs to, and both as one text; without that it stays open whether it belongs there. */
interface Sign {
  readonly number: Token;
  readonly text?: string;
}

function signAt(tokens: readonly Token[], at: number): Sign | 'span' | undefined {
  const [dash, before] = [tokens[at]!, tokens[at - 1]];
  const first = tokens[at + 1];
  const number = first && isCurrency(first.text) ? tokens[at + 2] : first;
  const strokes = strokesBefore(tokens, at);
  if (strokes >= LEADING_STROKES) return undefined;
  const [left, right] = [before ? gap(before, dash) : Number.POSITIVE_INFINITY, first ? gap(dash, first) : 0];
  const isBetween = before && first && /\d$/.test(before.text) && /^\d/.test(first.text);
  if (isBetween && left <= TEXT_REACH && right <= TEXT_REACH && left < NEARER * right) return 'span';
  const sum = number && isSum(tokens, tokens.indexOf(number)) ? number : undefined;
  const isSign = isMinus(dash.text) && strokes === 0;
  if (sum && right <= SIGN_REACH) return isSign ? { number: sum, text: `-${sum.text}` } : { number: sum };
  const behind = isMinus(dash.text) ? signBehind(tokens, at, left) : undefined;
  return behind ?? (sum ? { number: sum } : undefined);
}

function strokesBefore(tokens: readonly Token[], at: number): number {
  const rest = tokens.slice(0, at).findLastIndex(({ text }) => !/^[-−–—]+$/.test(text));
  return at - 1 - rest;
}

/** `602.16 -`, `1.200,00 - EUR`. Where words follow, the dash stands between two texts. */
function signBehind(tokens: readonly Token[], at: number, left: number): Sign | undefined {
  const number = tokens[at - 1];
  if (!number || !/\d$/.test(number.text) || !isMoney(number.text) || !endsText(tokens, at)) return undefined;
  if (/^[-−–(]/.test(number.text) || isMinus(tokens[at - 2]?.text ?? '')) return undefined;
  if (left > TRAILING_REACH) return undefined;
  return left <= SIGN_REACH ? { number, text: `${number.text}-` } : { number };
}

/** Money, also in groups set apart, or a plain number its text ends with. */
function isSum(tokens: readonly Token[], at: number): boolean {
  const { text } = tokens[at]!;
  if (!/^(?:[€$£¥₹]|US\$)?\d/.test(text)) return false;
  const groups = tokens.slice(at + 1).findIndex((token) => !/^\d{3}(?:[.,]\d\d)?$/.test(token.text));
  const end = groups < 0 ? tokens.length : at + 1 + groups;
  const isGrouped =
    end > at + 1 &&
    isMoney(
      tokens
        .slice(at, end)
        .map((token) => token.text)
        .join(' '),
    );
  return isMoney(text) || isGrouped || (PLAIN.test(text) && !YEAR.test(text) && endsText(tokens, at));
}

/** Nothing but a currency stands close behind it. */
function endsText(tokens: readonly Token[], at: number): boolean {
  const last = tokens[at + 1] && isCurrency(tokens[at + 1]!.text) ? at + 1 : at;
  const next = tokens[last + 1];
  return !next || gap(tokens[last]!, next) > TEXT_REACH;
}

/** Between two words, in heights of the higher: an engine's box of a dash is as low as its ink. */
function gap(left: Token, right: Token): number {
  return (right.x0 - left.x1) / Math.max(left.y1 - left.y0, right.y1 - right.y0);
}

function withSign(number: Token, dash: Token, text: string): Token {
  const [word, sign] = [number.word, dash.word];
  const around = { x0: Math.min(word.x0, sign.x0), x1: Math.max(word.x1, sign.x1) };
  // A currency may stand between the two: the number keeps its place behind that.
  return { ...number, text, word: { ...word, ...around, text } };
}

/** Numbers of other lines stand where the dash does, and not where its number does: a column of their own. */
function isEmptyCell(dash: Token, number: Token, lines: readonly Line[]): boolean {
  return lines.some(({ tokens }) =>
    tokens.some((other) => isNumber(other.text) && overlaps(other, dash) && !overlaps(other, number)),
  );
}

function overlaps(a: Token, b: Token): boolean {
  return a.page === b.page && a.x0 < b.x1 && a.x1 > b.x0;
}
