import { isValidIBAN } from 'ibantools';
import { z } from 'zod';
import { isVatId } from '../fields/vatId.ts';

/** How a value is found on papers. Nothing here is needed to check one. */
export interface Hints {
  /** What papers write beside or above the value, the surest first; a `~` at the end marks words that also mean other things. */
  readonly labels?: readonly string[];
  /** Labels of neighbours that are easily taken for this field's. */
  readonly notLabels?: readonly string[];
  /** Values as papers print them: others written alike are preferred, and taken where no label stands. */
  readonly examples?: readonly string[];
  /** Where on the paper it stands: towards its start or its end, there as the last or the greatest of its kind. */
  readonly place?: 'top' | 'bottom' | 'last' | 'greatest';
  /** Of a span of days (`3 May - 9 June 2026`) the first or the last. */
  readonly end?: 'from' | 'to';
  /** A long text may go on in the next line, under its own beginning. */
  readonly wraps?: boolean;
}

/** What a form shows beside the field, and how an extractor finds it. */
export interface KindOptions extends Hints {
  readonly title?: string;
}

/** What a schema says of a field in its `meta()`. */
export interface KindMeta {
  readonly format?: string;
  readonly title?: string;
  readonly hints?: Hints;
}

function described(schema: z.ZodString, format: string, { title, ...hints }: KindOptions) {
  const meta: KindMeta = {
    format,
    ...(title !== undefined && { title }),
    ...(Object.keys(hints).length > 0 && { hints }),
  };
  return schema.meta({ ...meta });
}

/** An amount with a decimal point and two decimals: `1234.50`, `-3.00`. */
export function money(options: KindOptions = {}) {
  return described(z.string().regex(/^-?(0|[1-9]\d*)\.\d{2}$/, 'Give an amount such as 1234.50'), 'money', options);
}

/** A price of one piece, which may have more than two decimals: `0.1295`. */
export function unitPrice(options: KindOptions = {}) {
  const pattern = /^-?(0|[1-9]\d*)\.\d{2,6}$/;
  return described(z.string().regex(pattern, 'Give a price such as 0.1295'), 'unit-price', options);
}

/** A day as `2026-03-31`; days that no calendar has are refused. */
export function isoDate(options: KindOptions = {}) {
  const day = z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Give a date such as 2026-03-31')
    .refine(isCalendarDay, 'There is no such day');
  return described(day, 'date', options);
}

function isCalendarDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** An IBAN without spaces, its check digits right. */
export function iban(options: KindOptions = {}) {
  return described(
    z.string().refine((text) => isValidIBAN(text), 'The check digits of this IBAN are wrong'),
    'iban',
    options,
  );
}

/** A VAT number with its country prefix and without spaces, its check digits right. */
export function vatId(options: KindOptions = {}) {
  return described(z.string().refine(isVatId, 'This is no VAT number of any country known here'), 'vat-id', options);
}

/** A number or name that identifies a paper or order, as printed, single-spaced. */
export function identifier(options: KindOptions = {}) {
  const pattern = /^\S+( \S+)*$/;
  return described(
    z.string().max(60).regex(pattern, 'Give the number without spaces around it'),
    'identifier',
    options,
  );
}

/** A count or measure: `12`, `0.5`; no sign other than minus, no trailing zeros after the point. */
export function quantity(options: KindOptions = {}) {
  const pattern = /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/;
  return described(z.string().regex(pattern, 'Give a number such as 12 or 0.5'), 'quantity', options);
}

/** An ISO 4217 code: `EUR`. */
export function currency(options: KindOptions = {}) {
  return described(z.string().regex(/^[A-Z]{3}$/, 'Give a currency code such as EUR'), 'currency', options);
}

/** One line of plain words: a name, an address. */
export function line(options: KindOptions = {}) {
  return described(z.string().min(1).max(300), 'line', options);
}

/** The lines of an address as one, parted by commas. */
export function address(options: KindOptions = {}) {
  return described(z.string().min(1).max(300), 'address', options);
}
