import type { Statement } from '#core';

type Found = Readonly<Record<string, string | undefined>>;

/** What a file states, without what it leaves open; lines without words and amounts are headings and notes. */
export function statementOf(format: string, values: Found, items: readonly Found[]): Statement {
  return {
    format,
    values: Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    items: items
      .filter((item) => item['description'] !== undefined && item['line_total'] !== undefined)
      .map((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, value ?? null]))),
  };
}
