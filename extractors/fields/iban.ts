import { countrySpecs, isValidIBAN } from 'ibantools';
import type { Token } from './lines.ts';
import { type Found, withDigits } from './money.ts';

/** An IBAN in canonical form from any spacing, or null; check digits decide. */
export function parseIban(text: string): string | null {
  const bare = text.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
  return isValidIBAN(bare) ? bare : null;
}

/** An IBAN as it stands on the paper; `valid` tells whether its check digits are right. */
export interface FoundIban extends Found<string> {
  readonly valid: boolean;
}

/** All IBANs of a line. Letters taken for digits are put right only where the check digits then agree. */
export function findIbans(tokens: readonly Token[]): FoundIban[] {
  const found: FoundIban[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const hit = ibanAt(tokens, i);
    if (!hit) continue;
    found.push(hit);
    i += hit.tokens.length - 1;
  }
  return found;
}

function ibanAt(tokens: readonly Token[], start: number): FoundIban | null {
  const country = /^([A-Z]{2})[\dOoIlSB]/.exec(tokens[start]!.text)?.[1];
  const length = country === undefined ? undefined : countrySpecs[country]?.chars;
  if (!country || !length) return null;
  let text = '';
  for (let end = start; end < tokens.length && end < start + 10; end++) {
    if (end > start && !isBlock(tokens[end - 1]!, tokens[end]!)) return null;
    text += tokens[end]!.text.replace(/[^0-9A-Za-z|]/g, '');
    if (text.length >= length) return judged(text.slice(0, length), country, tokens.slice(start, end + 1), text.length);
  }
  return null;
}

/** IBANs are set in blocks of letters and digits, a word's space apart. */
function isBlock(left: Token, right: Token): boolean {
  const plain = /^[0-9A-Z|loOIS]{1,6}[.,;)]?$/.test(right.text);
  return plain && right.x0 - left.x1 <= 1.2 * Math.max(left.y1 - left.y0, right.y1 - right.y0);
}

function judged(text: string, country: string, tokens: readonly Token[], seen: number): FoundIban | null {
  const value = text.toUpperCase();
  if (isValidIBAN(value)) return { value, tokens, valid: true };
  const repaired = country + withDigits(text.slice(2)).toUpperCase();
  if (isValidIBAN(repaired)) return { value: repaired, tokens, valid: true, repaired: true };
  const mostlyDigits = text.replace(/\D/g, '').length >= text.length / 2;
  return mostlyDigits && seen === text.length ? { value, tokens, valid: false } : null;
}
