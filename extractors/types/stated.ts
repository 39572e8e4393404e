import type { Statement } from '#core';
import { bare } from '../fields/labels.ts';
import { isCreditNote, XML_READER } from '../readers/index.ts';
import type { PaperItem } from './papers.ts';
import type { Finding } from './reading.ts';

/**
 * Findings with what the paper carries as data put over what is printed. A value keeps its place on the paper where the
 * print says the same; where the print says something else that value stays as the other choice and a person is asked.
 */
export function withStatements<F extends Record<string, Finding<string>>>(
  findings: F,
  statements: readonly Statement[] = [],
): F {
  const [statement] = statements;
  if (!statement) return findings;
  const by = readerOf(statement);
  const stated = Object.entries(findings).map(([field, finding]): [string, Finding<string>] => {
    const value = statement.values[field];
    if (value === undefined || value === '') return [field, finding];
    const printed = isCreditNote(statement) ? withoutMinus(finding, value) : finding;
    return [field, { ...over(field, printed, value), by }];
  });
  return { ...findings, ...Object.fromEntries(stated) };
}

/** A credit note may print with a minus sign what its data, as EN 16931 has it, hold without. */
function withoutMinus(printed: Finding<string>, stated: string): Finding<string> {
  return printed.value === `-${stated}` ? { ...printed, value: stated } : printed;
}

/** What read the data, and in which form it came: `factur-x by fast-xml-parser 5.12.1`. */
function readerOf({ format }: Statement): string {
  return `${format} by ${XML_READER}`;
}

function over(field: string, printed: Finding<string>, value: string): Finding<string> {
  const evidence = ['e-invoice'];
  if (printed.value === null) return { value, tokens: [], evidence, others: [], score: 1 };
  if (sayTheSame(field, printed.value, value)) return { ...printed, value, evidence, others: [], score: 1 };
  const others = [
    { value: printed.value, score: printed.score },
    ...printed.others.filter((each) => each.value !== value),
  ];
  return { value, tokens: [], evidence: [...evidence, 'sources-differ'], others, score: 1 };
}

/** Signs count; case, spaces and, in a party's name, a legal form that one of the two leaves out do not. */
function sayTheSame(field: string, printed: string, stated: string): boolean {
  if (/^-?\d+\.\d{2}$/.test(stated)) return printed === stated;
  const [a, b] = [bare(printed), bare(stated)];
  return a === b || (PARTIES.includes(field) && a.length > 5 && b.length > 5 && (a.startsWith(b) || b.startsWith(a)));
}

const PARTIES: readonly string[] = ['seller', 'buyer'];

/** The stated items; the printed ones where the data has none. */
export function withStatedItems(
  printed: Finding<PaperItem[]>,
  statements: readonly Statement[] = [],
): Finding<PaperItem[]> {
  const [statement] = statements;
  const items = (statement?.items ?? []).flatMap((item): PaperItem[] => {
    const { description = null, quantity = null, unit_price = null, line_total = null } = item;
    // Headings and remarks between the goods are lines of no quantity and no price.
    const remark = quantity === '0' && unit_price === null;
    return remark || (description === null && line_total === null)
      ? []
      : [{ description: description ?? '?', quantity, unit_price, line_total }];
  });
  if (!statement || items.length === 0) return printed;
  const same = printed.value === null || sameLines(printed.value, items);
  return {
    value: items,
    tokens: same ? printed.tokens : [],
    parts: items.map((_, i) => (same ? (printed.parts?.[i] ?? []) : [])),
    ...(same && printed.cells && { cells: printed.cells }),
    by: readerOf(statement),
    evidence: ['e-invoice', ...(same ? [] : ['sources-differ'])],
    others: [],
    score: 1,
  };
}

/** By their figures: what a line is called, data and print often say in words of their own. */
function sameLines(printed: readonly PaperItem[], stated: readonly PaperItem[]): boolean {
  const isSame = (a: PaperItem, b: PaperItem | undefined) =>
    b !== undefined &&
    a.line_total === b.line_total &&
    agree(a.quantity, b.quantity) &&
    agree(a.unit_price, b.unit_price);
  return printed.length === stated.length && printed.every((item, i) => isSame(item, stated[i]));
}

/** Where both say a figure: `10` and `10.000` are the same. */
function agree(a: string | null, b: string | null): boolean {
  return a === null || b === null || Number(a) === Number(b);
}
