/** Which mark parts whole from decimals; the document's amounts tell. */
export type DecimalMark = ',' | '.';

const GROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  ',': /^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/,
  '.': /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/,
};

/**
 * Reads a count, measure or price of any precision into a plain decimal: `12`, `0.5`, `1234.25`; null where the text is none.
 * The document's decimal mark settles what `1.000` means.
 */
export function parseQuantity(text: string, mark: DecimalMark = '.'): string | null {
  const match = /^([-−–]?)(\d[\d.,'’\s]*)$/.exec(text.trim());
  if (!match?.[2]) return null;
  const body = match[2].replace(/[’'\s]/g, '');
  const other = mark === ',' ? '.' : ',';
  const grouped = GROUPED[mark].test(body);
  const plain = grouped ? body.replaceAll(other, '').replace(mark, '.') : body.replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const value = tidy(plain);
  return match[1] && value !== '0' ? `-${value}` : value;
}

function tidy(plain: string): string {
  const whole = plain.replace(/^0+(?=\d)/, '');
  return whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole;
}

/** A price keeps at least two decimals: `0.1295`, `4.50`. */
export function asPrice(quantity: string): string {
  const [whole = '0', decimals = ''] = quantity.split('.');
  return `${whole}.${decimals.padEnd(2, '0').slice(0, 6)}`;
}
