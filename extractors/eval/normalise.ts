/** How a field's truth says it is to be compared, where the field's name does not. */
export type ValueType = 'date' | 'amount' | 'number' | 'text';

export interface Comparison {
  readonly dayFirst: boolean;
  readonly type?: ValueType | undefined;
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'january jan januar janvier janv jänner',
    'february feb februar février fevrier fevr févr',
    'march mar märz maerz mrz mars',
    'april apr avril avr',
    'may mai',
    'june jun juni juin',
    'july jul juli juillet juil',
    'august aug aout août',
    'september sep sept septembre',
    'october oct okt oktober octobre',
    'november nov novembre',
    'december dec dez dezember decembre décembre',
  ].flatMap((names, i) => names.split(' ').map((name): [string, number] => [name, i + 1])),
);

const DATE_FIELDS: ReadonlySet<string> = new Set(
  'date invoice_date due_date flight_from flight_to effective_date date_check_in'.split(' '),
);
const AMOUNT_FIELDS: ReadonlySet<string> = new Set(
  'total net_total tax_total amount_due gross_amount line_total unit_price'.split(' '),
);
const CURRENCY_SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD',
  US$: 'USD',
  '£': 'GBP',
  '₹': 'INR',
  RM: 'MYR',
};

/** A field's value as it is compared: dates in ISO form, amounts as decimals, all else as capital letters and digits. */
export function normaliseField(field: string, value: unknown, { dayFirst, type }: Comparison): string {
  if (type === 'number') return normaliseNumber(value);
  if (type === 'text') return lettersAndDigits(String(value));
  const known = type === 'date' ? 'date' : type === 'amount' ? 'total' : field;
  if (DATE_FIELDS.has(known)) return normaliseDate(String(value), dayFirst);
  if (AMOUNT_FIELDS.has(known)) return normaliseAmount(value);
  if (known === 'currency') return CURRENCY_SIGNS[String(value).trim()] ?? capitals(value);
  return capitals(value) || String(value).trim();
}

/** The value with its spaces and case folded and nothing else forgiven; dates and amounts stay canonical. */
export function strictField(field: string, value: unknown, comparison: Comparison): string {
  const canonical = DATE_FIELDS.has(field) || AMOUNT_FIELDS.has(field);
  if (comparison.type === 'number') return normaliseField(field, value, comparison);
  if (canonical) return normaliseField(field, value, { dayFirst: comparison.dayFirst });
  return foldSpaces(String(value)).toUpperCase();
}

/** A date in ISO form whatever way it is written; text without a date comes back in lower case. */
export function normaliseDate(text: string, dayFirst: boolean): string {
  const plain = text.toLowerCase().trim();
  const found = [...yearFirst(plain), ...numbersOnly(plain, dayFirst), ...named(plain), ...compact(plain)];
  return found.find((date) => date !== undefined) ?? plain;
}

type Found = (string | undefined)[];

function yearFirst(text: string): Found {
  const match = /(?<!\d)(\d{4})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{1,2})(?!\d)/.exec(text);
  return match ? [isoDay(match[1], match[2], match[3])] : [];
}

function numbersOnly(text: string, dayFirst: boolean): Found {
  const match = /(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)/.exec(text);
  if (!match) return [];
  const [, first, second, year] = match;
  const either = [isoDay(year, second, first), isoDay(year, first, second)];
  return dayFirst ? either : either.reverse();
}

function named(text: string): Found {
  const dayBefore =
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[-\s./,]*(?:de\s+|of\s+)?([a-zäéûô]{3,9})[-\s.,/']*(\d{4}|\d{2})(?!\d)/.exec(text);
  const monthBefore = /([a-zäéûô]{3,9})\.?[-\s]*(\d{1,2})(?:st|nd|rd|th)?[-\s,.]+(\d{4}|\d{2})(?!\d)/.exec(text);
  return [
    dayBefore && isoDay(dayBefore[3], MONTHS.get(dayBefore[2]!), dayBefore[1]),
    monthBefore && isoDay(monthBefore[3], MONTHS.get(monthBefore[1]!), monthBefore[2]),
  ].map((date) => date ?? undefined);
}

function compact(text: string): Found {
  const match = /^(20\d\d)(\d\d)(\d\d)$/.exec(text);
  return match ? [isoDay(match[1], match[2], match[3])] : [];
}

/** Two-digit years below 70 are of this century. */
function isoDay(year: string | undefined, month: string | number | undefined, day: string | undefined) {
  const [m, d, written] = [Number(month), Number(day), Number(year)];
  const y = written >= 100 ? written : written < 70 ? 2000 + written : 1900 + written;
  if (!(m >= 1 && m <= 12 && d >= 1 && d <= 31)) return undefined;
  return [String(y).padStart(4, '0'), String(m).padStart(2, '0'), String(d).padStart(2, '0')].join('-');
}

/** An amount with two decimals and a point, whichever marks it was written with; other text in capitals. */
export function normaliseAmount(value: unknown): string {
  if (typeof value === 'number') return value.toFixed(2);
  const text = String(value).replaceAll('\u2212', '-');
  const match = /-?\(?\d[\d.,' \u00a0]*/.exec(text);
  if (!match) return text.trim().toUpperCase();
  const negative = text.slice(0, match.index + 2).includes('-') || (text.includes('(') && text.includes(')'));
  const digits = match[0].replace(/[ \u00a0'()-]/g, '').replace(/[.,]+$/, '');
  const amount = Number(withPoint(digits));
  if (Number.isNaN(amount)) return text.trim().toUpperCase();
  return (negative ? -amount : amount).toFixed(2);
}

/** Of two kinds of marks the last is the decimal mark; a lone comma is one before one or two digits. */
function withPoint(digits: string): string {
  const commas = digits.split(',');
  const points = digits.split('.');
  if (commas.length > 1 && points.length > 1) {
    const commaLast = digits.lastIndexOf(',') > digits.lastIndexOf('.');
    return commaLast ? digits.replaceAll('.', '').replaceAll(',', '.') : digits.replaceAll(',', '');
  }
  if (commas.length > 1) {
    const decimals = commas.length === 2 && (commas[1]!.length === 1 || commas[1]!.length === 2);
    return commas.join(decimals ? '.' : '');
  }
  if (points.length <= 2) return digits;
  const last = points.at(-1)!;
  return last.length === 2 ? `${points.slice(0, -1).join('')}.${last}` : points.join('');
}

function normaliseNumber(value: unknown): string {
  const text = String(value).replaceAll(',', '').trim();
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? normaliseAmount(value) : String(Number(number.toPrecision(6)));
}

/** Capital letters A to Z and digits; accents fall off, all else is dropped. */
export function capitals(value: unknown): string {
  return String(value)
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}

/** Lower-case letters and digits of every script. */
function lettersAndDigits(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** A word's letters a to z and digits, as words are compared. */
export function bareWord(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '');
}

export function foldSpaces(text: string): string {
  return text.replace(/\p{White_Space}+/gu, ' ').trim();
}

export function wordsOf(text: string): string[] {
  const folded = foldSpaces(text);
  return folded === '' ? [] : folded.split(' ');
}
