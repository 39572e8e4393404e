/**
 * How a value is written in one application: `print` as it is typed, `parse` as it is read back.
 * For every value `parse(print(value))` is that value again; `parse` gives undefined for text it cannot mean.
 */
export interface Codec<V> {
  print(value: V): string;
  parse(text: string): V | undefined;
}

const blank = (text: string) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();

/** Text; runs of white space count as one, as every HTML page treats them. */
export const text: Codec<string> = { print: blank, parse: blank };

/** A decimal string such as "1234.50" in the application's own writing, e.g. `money('1.234,50')`. */
export function money(pattern: '1.234,50' | '1234,50' | '1,234.50' | '1234.50'): Codec<string> {
  const group = pattern.startsWith('1234') ? '' : pattern[1]!;
  const point = pattern.at(-3)!;
  const read = numberIn(group, point);
  return {
    print(value) {
      const [, sign, whole, cents] = /^(-?)(\d+)\.(\d{2})$/.exec(value) ?? [];
      if (whole === undefined) throw new RangeError('An amount is a decimal string with two places.');
      return sign + whole.replace(/\B(?=(\d{3})+$)/g, group) + point + cents;
    },
    parse(shown) {
      const number = read(shown);
      if (!number || number.decimals.length > 2) return undefined;
      const value = `${number.whole}.${number.decimals.padEnd(2, '0')}`;
      return value === '0.00' ? value : number.sign + value;
    },
  };
}

/** An ISO date in the application's own writing: `date('dd.mm.yyyy')`. */
export function date(pattern: 'dd.mm.yyyy' | 'mm/dd/yyyy' | 'dd/mm/yyyy' | 'mm-dd-yyyy' | 'yyyy-mm-dd'): Codec<string> {
  const separator = /[^a-z]/.exec(pattern)![0];
  const order = pattern.split(separator);
  return {
    print(value) {
      const [yyyy, mm, dd] = value.split('-');
      const parts: Record<string, string | undefined> = { yyyy, mm, dd };
      return order.map((part) => parts[part]).join(separator);
    },
    parse(shown) {
      const parts = blank(shown).split(separator);
      if (parts.length !== order.length) return undefined;
      const part = (name: string) => parts[order.indexOf(name)]?.padStart(2, '0') ?? '';
      const iso = `${part('yyyy')}-${part('mm')}-${part('dd')}`;
      const time = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
      // 31.02. would roll over into March; then it is no date.
      return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
    },
  };
}

/** A whole or decimal number kept as a plain decimal string, without trailing zeros: "12", "1.5". Thousands may be shown grouped. */
export function decimal(point: ',' | '.'): Codec<string> {
  const read = numberIn(point === ',' ? '.' : ',', point);
  return {
    print: (value) => value.replace('.', point),
    parse(shown) {
      const number = read(shown);
      if (!number) return undefined;
      const fraction = number.decimals.replace(/0+$/, '');
      const value = fraction ? `${number.whole}.${fraction}` : number.whole;
      return value === '0' ? value : number.sign + value;
    },
  };
}

/** Reads numbers in one writing, without idle zeros in front. Groups of other than three digits mean nothing. */
function numberIn(group: string, point: string) {
  const grouped = group && `|\\d{1,3}(?:[${group}]\\d{3})+`;
  const pattern = new RegExp(`^(-?)(\\d+${grouped})(?:[${point}](\\d+))?$`);
  return (shown: string) => {
    const match = pattern.exec(blank(shown));
    if (!match) return undefined;
    const [, sign = '', whole = '', decimals = ''] = match;
    return { sign, whole: whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, ''), decimals };
  };
}

/** The same, where the value may be missing: null is an empty field. */
export function optional<V>(codec: Codec<V>): Codec<V | null> {
  return {
    print: (value) => (value === null ? '' : codec.print(value)),
    parse: (shown) => (blank(shown) === '' ? null : codec.parse(shown)),
  };
}
