/**
 * What people type, in the way the records want it: `1.234,5` becomes `1234.50`, `31.3.26` becomes `2026-03-31`.
 * What cannot be read stays as typed; the check of the answer then says so.
 */
export function tidy(format: string | undefined, typed: string): string {
  const text = typed.trim().replaceAll(/\s+/g, ' ');
  switch (format) {
    case 'money':
      return decimal(text, { least: 2, most: 2 }) ?? text;
    case 'unit-price':
      return decimal(text, { least: 2, most: 6 }) ?? text;
    case 'quantity':
      return decimal(text, { least: 0, most: 6 }) ?? text;
    case 'date':
      return isoDay(text) ?? text;
    case 'iban':
    case 'vat-id':
      return text.replaceAll(/[\s.-]/g, '').toUpperCase();
    case 'currency':
      return text.toUpperCase();
    default:
      return text;
  }
}

/** Amounts as English, German, French and Swiss papers write them; what could be read in two ways is not read. */
function decimal(text: string, { least, most }: { least: number; most: number }): string | undefined {
  const bare = text.replaceAll(/[\s'’€$£]/g, '').replace(/^(.+)-$/, '-$1');
  const at = decimalMark(bare);
  const groups = at > 0 && isGroup(bare, at);
  if (groups && most > 2) return undefined;
  const end = at < 0 || groups ? bare.length : at;
  const whole = bare.slice(0, end);
  if (!/^-?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+)$/.test(whole) || !/^\d*$/.test(bare.slice(end + 1)))
    return undefined;
  const digits = whole.replaceAll(/[.,]/g, '').replace(/^(-?)0+(?=\d)/, '$1');
  const fraction = bare
    .slice(end + 1)
    .replace(/0+$/, '')
    .padEnd(least, '0');
  if (fraction.length > most) return undefined;
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

/** Where the decimal mark stands: the last of `.` and `,`, unless that one groups thousands; -1 where there is none. */
function decimalMark(text: string): number {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const repeated = last >= 0 && text.indexOf(text.charAt(last)) !== last;
  return repeated ? -1 : last;
}

/** `1,234`: three digits after the only mark, which may group thousands as well as begin the decimals. */
function isGroup(text: string, at: number): boolean {
  return text[at] === ',' && text.length - at - 1 === 3 && !text.includes('.') && !/^-?0,/.test(text);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Day first, as on most of the papers; a name of a month, or the year first, leaves no doubt. */
function isoDay(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return calendarDay(iso[1], iso[2], iso[3]);
  const short = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{2}|\d{4})$/.exec(text);
  if (short) return calendarDay(short[3], short[2], short[1]);
  const named = /^(\d{1,2})\.? ?([a-zä]{3})[a-z]*\.? ?(\d{2}|\d{4})$/i.exec(text);
  const month = MONTHS.indexOf(named?.[2]?.toLowerCase() ?? '') + 1;
  return named && month > 0 ? calendarDay(named[3], String(month), named[1]) : undefined;
}

function calendarDay(year = '', month = '', day = ''): string | undefined {
  const iso = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : undefined;
}

/** The value said in another way, so that a slip shows: a date spelled out, an IBAN in groups with its check. */
export function spelled(format: string | undefined, value: string): string | undefined {
  switch (format) {
    case 'date':
      return isoDay(value) === value ? longDay.format(new Date(`${value}T00:00:00Z`)) : undefined;
    case 'iban':
      return value.length > 4
        ? `${value.replaceAll(/(.{4})(?=.)/g, '$1 ')} · check digits ${ibanHolds(value) ? 'right' : 'wrong'}`
        : undefined;
    case 'money':
      return /^-?\d+\.\d{2}$/.test(value) && Math.abs(Number(value)) >= 1_000
        ? grouped.format(Number(value))
        : undefined;
    default:
      return undefined;
  }
}

const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const grouped = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** ISO 13616: the country and check digits moved to the end, letters as numbers, leave 1 when divided by 97. */
export function ibanHolds(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = [...(iban.slice(4) + iban.slice(0, 4))].map((sign) => Number.parseInt(sign, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
