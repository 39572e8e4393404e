import type { Statement } from '#core';

/** What UNTDID 1001 calls credit notes, of the codes that EN 16931 allows. */
const CREDIT_NOTES = ['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532'];

/** Whether the sender gives money back: paid as an invoice it would cost twice. */
export function isCreditNote({ typeCode = '' }: Statement): boolean {
  return CREDIT_NOTES.includes(typeCode);
}

type Found = Readonly<Record<string, string | undefined>>;

/** What a file states, without what it leaves open; lines without words and amounts are headings and notes. */
export function statementOf(
  { format, typeCode }: { readonly format: string; readonly typeCode: string | undefined },
  values: Found,
  items: readonly Found[],
): Statement {
  return {
    format,
    ...(typeCode !== undefined && { typeCode }),
    values: Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    items: items
      .filter((item) => item['description'] !== undefined && item['line_total'] !== undefined)
      .map((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, value ?? null]))),
  };
}
