import type { Line, Token } from '../../fields/lines.ts';
import { toCents } from '../../fields/money.ts';
import type { Sheet } from '../../fields/sheet.ts';
import { plainWords } from './words.ts';

/** What the amounts of a line are to the sale. */
export type Role =
  | 'total'
  | 'net'
  | 'partial'
  | 'tax'
  | 'rounding'
  | 'discount'
  | 'tender'
  | 'change'
  | 'count'
  | 'summary'
  | 'goods';

export interface Amount {
  readonly cents: number;
  readonly tokens: readonly Token[];
  /** False where marks or digits had to be guessed: such an amount may bear out others, and is no value of its own. */
  readonly plain: boolean;
  /** Whether a second reading saw the same amount; absent where there was none. */
  readonly agreement?: 'agrees' | 'differs';
}

export interface AmountLine {
  readonly line: Line;
  readonly words: string;
  readonly role: Role;
  /** How surely a total's label names what is to be paid: 0 to 1. */
  readonly rank: number;
  readonly amounts: readonly Amount[];
}

/** All lines below the shop's head that say something of money, each with its part in the sale. */
export function amountLines(sheet: Sheet): AmountLine[] {
  const { lines } = sheet.layout;
  let inSummary = false;
  const read = lines.map((line): AmountLine => {
    const words = plainWords(line.text);
    inSummary ||= /\b(?:gst|tax|vat|mwst)\b.{0,3}\b(?:summary|analysis|details?)\b|\btax ?(?:code|rate|type)\b/.test(
      words,
    );
    const role = inSummary && /^\W*(?:[a-z]{1,4}\b|\d|total)/.test(words) ? inSummaryRole(words) : roleOf(words);
    return { line, words, role, rank: role === 'total' ? rankOf(words) : 0, amounts: amountsIn(line, sheet, role) };
  });
  return read.map((each, i) => withAmountsBelow(each, read[i + 1]));
}

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['count', /\b(?:qty|quantity|items?|count|pcs|pax|points?|savings?|saved|member)\b/],
  ['change', /\b(?:change|baki|rückgeld|zurück|rendu)\b/],
  ['rounding', /\bround(?:ing)?\b(?!.*\btotal\b)|\b(?:pelarasan|penggenapan)\b/],
  ['discount', /\b(?:discount|disc|rabatt|less|voucher|coupon)\b/],
  [
    'tender',
    /\b(?:cash|tunai|tender(?:ed)?|paid|payment|bayaran|received|accepted|visa|master(?:card)?|debit|credit|card|amex|gegeben|bar|kartenzahlung|espèces)\b/,
  ],
  ['net', /\bsub ?-?total\b|\b(?:excl|excluded|excluding|exclusive|before|taxable|zwischensumme|netto)\b|\btotal ht\b/],
  ['partial', /\btotal\W+\w{0,2} ?[%§]|\b(?:zero|standard)[ -]rated\b|\bsupplies\b/],
  [
    'tax',
    /\b(?:gst|vat|sst|mwst|tva)\b(?!.*\btotal\b)|\btotal (?:gst|tax|vat|sst|includes)\b|\bservice charge\b|\bserv|\btax\b(?!.*\btotal\b)/,
  ],
  [
    'total',
    /\b(?:total|payable|jumlah|summe|gesamt|gesamtbetrag|gesamtsumme|montant|brutto)\b|\b(?:amount|balance) due\b|\bnett?\b|\b(?:bill|nett?|gross) (?:amt|amount)\b|\bzu zahlen\b|à payer\b/,
  ],
];

function roleOf(words: string): Role {
  if (
    /\btotal\b/.test(words) &&
    /\b(?:inc|incl|including|inclusive|included)\b/.test(words) &&
    !/%\s*supplies/.test(words)
  ) {
    return /\b(?:qty|items?)\b/.test(words) ? 'count' : 'total';
  }
  if (/\b(?:rounded|after (?:round|adj)\w*)\b/.test(words)) return 'total';
  return ROLES.find(([, pattern]) => pattern.test(words))?.[0] ?? 'goods';
}

/** Under the heading of a tax summary stand nets and taxes rate by rate. */
function inSummaryRole(words: string): Role {
  const role = roleOf(words);
  return role === 'goods' || role === 'total' || role === 'tax' ? 'summary' : role;
}

/** The words that name what is to be paid, from the surest down: rounding comes last in a sale, then the grand total. */
const RANKS: readonly (readonly [number, RegExp])[] = [
  [
    1,
    /\brounded\b|\bafter (?:round|adj)|\bfinal total\b|\bamount payable\b|\btotal payable\b|\b(?:amount|balance|total) due\b|\bzu zahlen\b|à payer\b/,
  ],
  [0.95, /\bgrand\b|\bnett?\b.*\btotal\b|\btotal\b.*\bnett?\b|\bgesamtbetrag\b|\bgesamtsumme\b/],
  [0.9, /\binc|\btotal (?:sales?|amount|amt|rm|myr|eur)\b|\bbill total\b|\bnett? (?:amt|amount)\b|\bsumme\b|\bttc\b/],
  [0.85, /^\W*(?:total|jumlah)\W*(?:rm|myr|eur|usd)?\W*[\d.,\s-]*\w{0,2}$/],
  [0.6, /\btotal\b|\bjumlah\b|\bgesamt\b/],
];

function rankOf(words: string): number {
  return RANKS.find(([, pattern]) => pattern.test(words))?.[0] ?? 0.45;
}

/** A total's amount may stand alone in the line under its label. */
function withAmountsBelow(line: AmountLine, next: AmountLine | undefined): AmountLine {
  const alone = next && /^\W*(?:rm|myr|eur|usd|chf|gbp)?\W*-?[\d.,\s]+\w?$/.test(next.words);
  return line.role === 'total' && line.amounts.length === 0 && alone ? { ...line, amounts: next.amounts } : line;
}

function amountsIn(line: Line, sheet: Sheet, role: Role): Amount[] {
  const plain = sheet.amounts
    .filter((spotted) => spotted.line === line)
    .map(({ value, tokens, repaired }): Amount => ({ cents: toCents(value), tokens, plain: repaired !== true }));
  if (role === 'goods' || role === 'count') return plain;
  return plain.length > 0 ? plain : looseAmount(line);
}

/** The amount at the end of a line that names one, though the engine tore it apart or lost its mark: `29. '30`, `1008`. */
function looseAmount(line: Pick<Line, 'tokens'>): Amount[] {
  const tail: Token[] = [];
  for (const token of line.tokens.toReversed()) {
    if (
      /\p{L}{2}/u.test(token.text.replace(/^(?:RM|MYR|EUR|CHF|[A-Z]{2})(?=[\dO])|^RM$/, '')) &&
      !/^[A-Z]{2}$/.test(token.text)
    )
      break;
    tail.unshift(token);
  }
  const cents = looseCents(tail.map((token) => token.text).join(' '));
  return cents === null ? [] : [{ cents, tokens: tail, plain: false }];
}

/** Cents of an amount whose mark, spaces or letters the engine may have spoiled; null where no two decimals can be told. */
export function looseCents(text: string): number | null {
  const clean = text
    .replace(/^\W*(?:RM|MYR|EUR|CHF|€|\$|£)\s*/i, '')
    .replace(/(?<=[\d.,])[oO](?=[\d.,\s]|$)|^[oO](?=[.,])/g, '0')
    .replace(/\s+[A-Z]{1,3}\W*$/, '');
  const match =
    /^\W*?(-?)\s*(\d[\d,' ]*?)\s?[.,]\W{0,2}(\d)\s?(\d)\W*$/.exec(clean) ?? /^\W*?(-?)(\d{1,4})(\d)(\d)$/.exec(clean);
  if (!match) return null;
  const cents = Number(match[2]!.replace(/\D/g, '')) * 100 + Number(match[3]! + match[4]!);
  return match[1] === '-' ? -cents : cents;
}
