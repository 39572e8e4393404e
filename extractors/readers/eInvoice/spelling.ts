/** The spelling extracted fields have, from the spelling of e-invoices. Each answers undefined for what it cannot read. */

const DECIMAL = /^([+-]?)0*(\d+)(?:\.(\d*))?$/u;

/** `1234.5` → `1234.50`; more than two decimals are rounded half away from zero. */
export function toMoney(text: string | undefined): string | undefined {
  const value = decimal(text);
  return value === undefined ? undefined : rounded(value, 2);
}

/** A price for one, of a price for `basis`; two to six decimals. */
export function toUnitPrice(text: string | undefined, basis: string | undefined): string | undefined {
  const price = decimal(text);
  const pieces = basis === undefined ? 1 : Number(decimal(basis) ?? 1);
  if (price === undefined || !(pieces > 0)) return undefined;
  const exact = pieces === 1 ? price : (Number(price) / pieces).toFixed(8);
  const six = rounded(exact, 6);
  return six.replace(/(\.\d\d\d*?)0+$/u, '$1');
}

/** `12.0000` → `12`, `0.50` → `0.5`. */
export function toQuantity(text: string | undefined): string | undefined {
  const plain = decimal(text)
    ?.replace(/(\.\d*?)0+$/u, '$1')
    .replace(/\.$/u, '');
  return plain === '-0' ? '0' : plain;
}

/** `20240314` (UN/CEFACT format 102) or `2024-03-14`, with or without a zone, → `2024-03-14`. */
export function toIsoDate(text: string | undefined): string | undefined {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/u.exec(text ?? '');
  if (!parts) return undefined;
  const day = `${parts[1]}-${parts[2]}-${parts[3]}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : undefined;
}

export function withoutSpaces(text: string | undefined): string | undefined {
  return text?.replace(/\s+/gu, '').toUpperCase();
}

/** Sign, digits without leading zeros, decimals as they were; undefined for no number. */
function decimal(text: string | undefined): string | undefined {
  const match = DECIMAL.exec(text?.trim() ?? '');
  if (!match) return undefined;
  const [, sign = '', whole = '0', fraction = ''] = match;
  return `${sign === '-' ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** In whole numbers, because amounts beyond 2^53 and halves of cents do not survive floating point. */
function rounded(value: string, places: number): string {
  const isNegative = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const digits = fraction.padEnd(places + 1, '0');
  const scaled = BigInt(whole + digits.slice(0, places)) + (digits.charAt(places) >= '5' ? 1n : 0n);
  const text = scaled.toString().padStart(places + 1, '0');
  const sign = isNegative && scaled !== 0n ? '-' : '';
  return `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}
