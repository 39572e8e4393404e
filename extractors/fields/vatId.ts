import { checkVAT, countries } from 'jsvat';

/** True for a VAT number in canonical form (prefix, no spaces) whose check digits are right. */
export function isVatId(text: string): boolean {
  return /^[A-Z]{2}[0-9A-Z]+$/.test(text) && checkVAT(text, countries).isValid;
}
