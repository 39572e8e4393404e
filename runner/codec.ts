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
  return {
    print(value) {
      const [, sign, whole, cents] = /^(-?)(\d+)\.(\d{2})$/.exec(value) ?? [];
      if (whole === undefined) throw new RangeError('An amount is a decimal string with two places.');
      return sign + whole.replace(/\B(?=(\d{3})+$)/g, group) + point + cents;
    },
    parse(shown) {
      const plain = (group ? blank(shown).replaceAll(group, '') : blank(shown)).replace(point, '.');
      const match = /^(-?)0*(\d+)(?:\.(\d{1,2}))?$/.exec(plain);
      if (!match) return undefined;
      const value = `${match[2]}.${(match[3] ?? '').padEnd(2, '0')}`;
      return match[1] && value !== '0.00' ? `-${value}` : value;
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
      const part = (name: string) => parts[order.indexOf(name)]?.padStart(2, '0') ?? '';
      const iso = `${part('yyyy')}-${part('mm')}-${part('dd')}`;
      const time = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
      // 31.02. would roll over into March; then it is no date.
      return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
    },
  };
}

/** A whole or decimal number kept as a plain decimal string, without trailing zeros: "12", "1.5". */
export function decimal(point: ',' | '.'): Codec<string> {
  return {
    print: (value) => value.replace('.', point),
    parse(shown) {
      const match = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(blank(shown).replace(point, '.'));
      if (!match) return undefined;
      const value = match[3] ? `${match[2]}.${match[3]}` : match[2]!;
      return match[1] && /[1-9]/.test(value) ? `-${value}` : value;
    },
  };
}

/** The same, where the value may be missing: null is an empty field. */
export function optional<V>(codec: Codec<V>): Codec<V | null> {
  return {
    print: (value) => (value === null ? '' : codec.print(value)),
    parse: (shown) => (blank(shown) === '' ? null : codec.parse(shown)),
  };
}
