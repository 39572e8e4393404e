import type { Page } from '#core';
import { nearLabels } from '../fields/nearLabel.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';

const SUMS = ['total', 'amount_due', 'net_total', 'tax_total'] as const;

/** What says which invoice a paper is, and where it is paid: numbers called an invoice's, and IBANs. */
export function invoiceMarks(pages: readonly Page[]): Set<string> {
  return marksOn(readSheet(pages));
}

/**
 * Whether a paper of whatever kind may be an invoice: it has a sum called one, and a mark that is not among those known.
 * Terms name an account and no sum, a time sheet sums and at most the number and the account of its own invoice.
 */
export function asksForMoney(pages: readonly Page[], known: ReadonlySet<string>): boolean {
  const sheet = readSheet(pages);
  const { layout, labels, amounts } = sheet;
  const isSummed = SUMS.some((name) => nearLabels(layout, labels, amounts, name, { prefer: 'last' }).length > 0);
  return isSummed && [...marksOn(sheet)].some((mark) => !known.has(mark));
}

function marksOn({ layout, labels, identifiers, ibans }: Sheet): Set<string> {
  const numbers = nearLabels(layout, labels, identifiers, 'invoice_number', { prefer: 'first' });
  return new Set([...numbers, ...ibans].map(({ value }) => value));
}
