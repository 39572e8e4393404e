/**
 * Reads an amount the German way: points group thousands, the comma is the decimal sign. What does not fit is
 * misread without a word: "1234.50" is 123450.00, "1,234.50" is 1.23 and "abc" is 0.00.
 */
export function readDecimal(text: string, decimals: number): string {
  const plain = text.replace(/[.\s]/g, '').replace(',', '.');
  const leading = /^[+-]?(\d+\.?\d*|\.\d+)/.exec(plain)?.[0] ?? '0';
  return Number(leading)
    .toFixed(decimals)
    .replace(/^-(?=[0.]+$)/, '');
}

/** "1234.5" with two decimals is shown as "1.234,50". */
export function showDecimal(value: string, decimals: number): string {
  const [whole = '0', fraction] = Number(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return fraction ? `${grouped},${fraction}` : grouped;
}

/** "12.500" is kept as "12.5", "120.000" as "120". */
export function trimZeros(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

export function toCents(value: string): number {
  return Math.round(Number(value) * 100);
}

/** Takes the leading digits: "12 boxes" is 12, "a dozen" is 0. */
export function readCount(text: string): number {
  return Number(/^\d{1,9}/.exec(text.replace(/[.\s]/g, ''))?.[0] ?? 0);
}

/** Reads dd.mm.yyyy or dd.mm.yy as an ISO date; absent when it is no date. 31.02. rolls over into March without a word. */
export function readDate(text: string): string | undefined {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(text);
  if (!match) return undefined;
  const [day, month, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const fullYear = match[3]?.length === 2 ? 2000 + year : year;
  if (day < 1 || day > 31 || month < 1 || month > 12 || fullYear < 1900) return undefined;
  return isoDate(Date.UTC(fullYear, month - 1, day));
}

/** "2003-05-31" is shown as "31.05.2003". */
export function showDate(iso: string): string {
  return iso.slice(0, 10).split('-').reverse().join('.');
}

export function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function addDays(iso: string, days: number): string {
  return isoDate(Date.parse(iso) + days * 86_400_000);
}
