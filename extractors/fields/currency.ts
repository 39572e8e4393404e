import type { Line, Token } from './lines.ts';
import type { DecimalMark } from './quantity.ts';

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/€|(?<![A-Za-z])(?:EUR|Euro)(?![A-Za-z])/i, 'EUR'],
  [/£|(?<![A-Za-z])GBP(?![A-Za-z])/, 'GBP'],
  [/(?<![A-Za-z])(?:CHF|SFr)(?![A-Za-z])|(?<![A-Za-z])Fr\.(?=\s*\d)/, 'CHF'],
  [/₹|(?<![A-Za-z])(?:INR|Rs\.?)(?![A-Za-z])/, 'INR'],
  [/(?<![A-Za-z])(?:RM|MYR)(?![A-Za-z])/, 'MYR'],
  [/zł|(?<![A-Za-z])PLN(?![A-Za-z])/, 'PLN'],
  [/C\$|(?<![A-Za-z])CAD(?![A-Za-z])/, 'CAD'],
  [/A\$|(?<![A-Za-z])AUD(?![A-Za-z])/, 'AUD'],
  [/(?<![A-Za-z])SEK(?![A-Za-z])/, 'SEK'],
  [/(?<![A-Za-z])DKK(?![A-Za-z])/, 'DKK'],
  [/(?<![A-Za-z])NOK(?![A-Za-z])/, 'NOK'],
  [/(?<![A-Za-z])CZK(?![A-Za-z])/, 'CZK'],
  [/\$|(?<![A-Za-z])USD(?![A-Za-z])/, 'USD'],
];

/** The currency a text names, or null. */
export function parseCurrency(text: string): string | null {
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null;
}

/** The text without the currencies it names. */
export function withoutCurrency(text: string): string {
  return SIGNS.reduce((rest, [sign]) => rest.replace(new RegExp(sign, `g${sign.flags}`), ''), text);
}

export interface CurrencyCount {
  readonly value: string;
  readonly count: number;
  /** The first word that names it. */
  readonly token: Token;
}

/** Currencies named on the paper, the most frequent first. */
export function countCurrencies(lines: readonly Line[]): CurrencyCount[] {
  const counts = new Map<string, { count: number; token: Token }>();
  for (const token of lines.flatMap((line) => line.tokens)) {
    const value = parseCurrency(token.text);
    if (value === null) continue;
    const seen = counts.get(value);
    if (seen) seen.count++;
    else counts.set(value, { count: 1, token });
  }
  return [...counts].map(([value, seen]) => ({ value, ...seen })).sort((a, b) => b.count - a.count);
}

/** Words of languages that write decimals with a comma. */
const CONTINENTAL =
  /\b(?:und|für|Nr\.|Menge|Datum|Lieferschein|Rechnung|Straße|quantité|facture|votre)\b|Bestell|datum\b/i;

/** Beside a currency a mark before three digits parts thousands, as no currency known here has three decimals. */
function thousandsMark(lines: readonly Line[]): string | undefined {
  const marks = lines.flatMap(({ tokens }) =>
    tokens.flatMap(({ text }, i) => {
      const mark = /^\D*[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*\D*$/.exec(text)?.[1];
      const money = [tokens[i - 1], tokens[i], tokens[i + 1]].some((each) => each && parseCurrency(each.text) !== null);
      return mark && money ? [mark] : [];
    }),
  );
  return marks.every((mark) => mark === marks[0]) ? marks[0] : undefined;
}

/** The mark before the cents, as most amounts of the paper have it. */
export function decimalMarkOf(lines: readonly Line[]): DecimalMark {
  let commas = 0;
  let points = 0;
  for (const token of lines.flatMap((line) => line.tokens)) {
    const mark = /\d([.,])\d{2}\D{0,2}$/.exec(token.text)?.[1];
    if (mark === ',') commas++;
    if (mark === '.' && !/\d\.\d{1,2}\.\d/.test(token.text)) points++;
  }
  const thousands = commas === points ? thousandsMark(lines) : undefined;
  if (thousands) return thousands === ',' ? '.' : ',';
  if (commas === points) return lines.some((line) => CONTINENTAL.test(line.text)) ? ',' : '.';
  return commas > points ? ',' : '.';
}
