import { checkVAT, countries } from 'jsvat';
import type { Token } from './lines.ts';
import { type Found, withDigits } from './money.ts';

/** True for a VAT number in canonical form (prefix, no spaces) whose check digits are right. */
export function isVatId(text: string): boolean {
  return /^[A-Z]{2}[0-9A-Z]+$/.test(text) && checkVAT(text, countries).isValid;
}

/** How VAT numbers look, country by country; the check digits are another matter. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  AT: /^ATU\d{8}$/,
  BE: /^BE[01]\d{9}$/,
  BG: /^BG\d{9,10}$/,
  CHE: /^CHE\d{9}$/,
  CY: /^CY\d{8}[A-Z]$/,
  CZ: /^CZ\d{8,10}$/,
  DE: /^DE\d{9}$/,
  DK: /^DK\d{8}$/,
  EE: /^EE\d{9}$/,
  EL: /^EL\d{9}$/,
  ES: /^ES[A-Z\d]\d{7}[A-Z\d]$/,
  FI: /^FI\d{8}$/,
  FR: /^FR[A-Z\d]{2}\d{9}$/,
  GB: /^GB(\d{9}|\d{12})$/,
  HR: /^HR\d{11}$/,
  HU: /^HU\d{8}$/,
  IE: /^IE\d[A-Z\d]\d{5}[A-Z]{1,2}$/,
  IT: /^IT\d{11}$/,
  LT: /^LT(\d{9}|\d{12})$/,
  LU: /^LU\d{8}$/,
  LV: /^LV\d{11}$/,
  MT: /^MT\d{8}$/,
  NL: /^NL\d{9}B\d{2}$/,
  PL: /^PL\d{10}$/,
  PT: /^PT\d{9}$/,
  RO: /^RO\d{2,10}$/,
  SE: /^SE\d{12}$/,
  SI: /^SI\d{8}$/,
  SK: /^SK\d{10}$/,
};

/** A VAT number in canonical form from any spacing and punctuation, or null where the text has not the shape of one. */
export function parseVatId(text: string): string | null {
  const bare = text
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .replace(/(?<=^CHE\d{9})(MWST|TVA|IVA|HR)$/, '');
  const country = bare.startsWith('CHE') ? 'CHE' : bare.slice(0, 2);
  return SHAPES[country]?.test(bare) ? bare : null;
}

export interface FoundVatId extends Found<string> {
  readonly valid: boolean;
}

/** All VAT numbers of a line. Letters taken for digits are put right only where the check digits then agree. */
export function findVatIds(tokens: readonly Token[]): FoundVatId[] {
  const found: FoundVatId[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const hit = vatIdAt(tokens, i);
    if (!hit) continue;
    found.push(hit);
    i += hit.tokens.length - 1;
  }
  return found;
}

function vatIdAt(tokens: readonly Token[], start: number): FoundVatId | null {
  const country = /^\(?(CHE|[A-Z]{2})/.exec(tokens[start]!.text)?.[1];
  if (country === undefined || SHAPES[country] === undefined) return null;
  let doubtful: FoundVatId | null = null;
  for (let end = start; end < tokens.length && end < start + 5; end++) {
    if (/[.,]\d{1,2}$/.test(tokens[end]!.text)) return doubtful;
    const run = tokens.slice(start, end + 1);
    const hit = judged(run.map((token) => token.text).join(''), country, run);
    if (hit?.valid) return hit;
    doubtful ??= hit;
  }
  return doubtful;
}

function judged(text: string, country: string, tokens: readonly Token[]): FoundVatId | null {
  const value = parseVatId(text);
  if (value !== null && isVatId(value)) return { value, tokens, valid: true };
  const bare = text.replace(/[^0-9A-Za-z|]/g, '');
  const fixed = parseVatId(
    country + (country === 'AT' ? 'U' : '') + withDigits(bare.slice(country === 'AT' ? 3 : country.length)),
  );
  if (fixed !== null && isVatId(fixed)) return { value: fixed, tokens, valid: true, repaired: true };
  return value === null ? null : { value, tokens, valid: false };
}
