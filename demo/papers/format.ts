import type { Currency } from './truth.ts';

export interface AmountStyle {
  readonly group: '.' | ',' | ' ' | "'" | '';
  readonly decimal: ',' | '.';
}

/** Where the currency stands: `€1`, `€ 1`, `1 €`, `EUR 1`, `1 EUR`, or nowhere. */
export type CurrencyPlace = 'before' | 'before-spaced' | 'after' | 'code-before' | 'code-after' | 'none';

export const DATE_STYLES = [
  'dd.mm.yyyy',
  'd.m.yyyy',
  'dd/mm/yyyy',
  'mm/dd/yyyy',
  'yyyy-mm-dd',
  'd Month yyyy',
  'dd Mon yyyy',
  'Month d, yyyy',
  'd. Monat yyyy',
] as const;
export type DateStyle = (typeof DATE_STYLES)[number];

const SYMBOLS: Record<Currency, string> = { EUR: '€', GBP: '£', USD: '$' };
export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
export const MONATE = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');

/** Cents as the truth writes them: 123450 → `1234.50`. */
export function decimal(cents: number): string {
  return formatAmount(cents, { group: '', decimal: '.' });
}

/** Cents as a paper prints them: 123450 → `1.234,50`. */
export function formatAmount(cents: number, style: AmountStyle): string {
  const [whole, fraction] = [Math.floor(Math.abs(cents) / 100), Math.abs(cents) % 100];
  return `${cents < 0 ? '-' : ''}${grouped(whole, style)}${style.decimal}${String(fraction).padStart(2, '0')}`;
}

export function formatMoney(cents: number, style: AmountStyle, currency: Currency, place: CurrencyPlace): string {
  const amount = formatAmount(cents, style);
  switch (place) {
    case 'before':
      return `${SYMBOLS[currency]}${amount}`;
    case 'before-spaced':
      return `${SYMBOLS[currency]} ${amount}`;
    case 'after':
      return `${amount} ${SYMBOLS[currency]}`;
    case 'code-before':
      return `${currency} ${amount}`;
    case 'code-after':
      return `${amount} ${currency}`;
    case 'none':
      return amount;
  }
}

/** Thousandths of a unit, with as many decimals as it takes: 2500 → `2,5`, 12000 → `12`. */
export function formatQuantity(thousandths: number, style: AmountStyle): string {
  const fraction = String(thousandths % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${grouped(Math.floor(thousandths / 1000), style)}${fraction && style.decimal + fraction}`;
}

function grouped(whole: number, style: AmountStyle): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, style.group);
}

/** Thousandths of a per cent: 19000 → `19`, 6625 → `6.625`. */
export function formatRate(rate: number, style: AmountStyle): string {
  return formatQuantity(rate, { group: '', decimal: style.decimal });
}

export function formatDate(iso: string, style: DateStyle): string {
  const [year, mm, dd] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)];
  const [month, day] = [Number(mm), Number(dd)];
  switch (style) {
    case 'dd.mm.yyyy':
      return `${dd}.${mm}.${year}`;
    case 'd.m.yyyy':
      return `${day}.${month}.${year}`;
    case 'dd/mm/yyyy':
      return `${dd}/${mm}/${year}`;
    case 'mm/dd/yyyy':
      return `${mm}/${dd}/${year}`;
    case 'yyyy-mm-dd':
      return iso;
    case 'd Month yyyy':
      return `${day} ${MONTHS[month - 1]} ${year}`;
    case 'dd Mon yyyy':
      return `${dd} ${MONTHS[month - 1]!.slice(0, 3)} ${year}`;
    case 'Month d, yyyy':
      return `${MONTHS[month - 1]} ${day}, ${year}`;
    case 'd. Monat yyyy':
      return `${day}. ${MONATE[month - 1]} ${year}`;
  }
}

/** An ISO date so many days later. */
export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** An IBAN in blocks of four, as banks print it. */
export function ibanInBlocks(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}

/** A VAT id with its country set apart, as many letterheads print it. */
export function vatIdSpaced(vatId: string): string {
  const [, country, rest] = /^(ATU|[A-Z]{2})(.*)$/.exec(vatId) ?? ['', '', vatId];
  return `${country} ${rest!.replace(/(\d{3})(?=\d)/g, '$1 ')}`;
}
