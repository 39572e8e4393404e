import type { Page, Statement } from '#core';
import { readSheet } from '../fields/sheet.ts';
import type { Doubt } from '../readers/index.ts';

export interface SharedData {
  /** For each paper what is its own. */
  readonly statements: readonly (readonly Statement[])[];
  /** For each paper what is amiss with that; where some of the data may be of any of them, it is so with each. */
  readonly doubts: readonly (readonly Doubt[])[];
}

/** What is amiss with the data of one paper: where they are of several invoices, no more than one of them is keyed. */
export function doubtsOfData(statements: readonly Statement[]): readonly Doubt[] {
  const invoices = new Set(
    statements.map(({ values }) => `${bare(values['invoice_number'] ?? '')} ${values['total']}`),
  );
  return invoices.size > 1 ? UNPLACED : [];
}

const UNPLACED: readonly Doubt[] = ['data-unplaced'];

/**
 * Which paper of a pile is meant by what the file carries as data: the only one that names its number and shows its
 * total, as far as the data say either; where none names the number, the only one that shows the total. A file that is
 * one paper has all of it.
 */
export function dataOfPapers(papers: readonly (readonly Page[])[], statements: readonly Statement[]): SharedData {
  if (papers.length === 1) return { statements: [statements], doubts: [doubtsOfData(statements)] };
  const homes = statements.map((statement) => homeOf(statement, papers));
  const own = papers.map((paper) => statements.filter((_, at) => homes[at] === paper));
  return { statements: own, doubts: own.map((one) => (homes.includes(undefined) ? UNPLACED : doubtsOfData(one))) };
}

function homeOf({ values }: Statement, papers: readonly (readonly Page[])[]): readonly Page[] | undefined {
  const named = papers.filter((pages) => names(pages, values['invoice_number']));
  if (named.length === 1 && values['total'] === undefined) return named[0];
  const fitting = (named.length > 0 ? named : papers).filter((pages) => shows(pages, values['total']));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** A number as short as this may be a quantity. */
const SHORT = 3;
const MOST_WORDS = 5;

/** Whether words of a page, one or a few in a row, are this number. */
function names(pages: readonly Page[], number: string | undefined): boolean {
  const wanted = bare(number ?? '');
  if (wanted.length <= SHORT) return false;
  return pages.some(({ words }) => {
    const texts = words.map(({ text }) => bare(text));
    return texts.some((_, at) => {
      let joined = '';
      for (let next = at; next < at + MOST_WORDS && joined.length < wanted.length; next++) joined += texts[next] ?? '';
      return joined === wanted;
    });
  });
}

function shows(pages: readonly Page[], total: string | undefined): boolean {
  return total !== undefined && readSheet(pages).amounts.some(({ value }) => value === total);
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}
