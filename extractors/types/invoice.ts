import type { Draft } from '#core';
import { shippedCalibration } from '../confidence/calibration.ts';
import { findParties } from '../fields/names.ts';
import { type Candidate, nearLabels, type Spotted } from '../fields/nearLabel.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import { type TotalsRole, totalsOfTables } from '../fields/totalsTable.ts';
import type { LabelName } from '../fields/vocabulary.ts';
import { AMOUNTS, type AmountName, type Solution, solveAmounts } from './amounts.ts';
import type { Extractor } from './extractor.ts';
import { bestOf, nothing } from './findings.ts';
import { findItems, sumOfRows } from './items.ts';
import type { InvoicePaper } from './papers.ts';
import { type Finding, readingsOf } from './reading.ts';
import { readTwice } from './secondReading.ts';
import { findSellerVatId } from './sellerVatId.ts';
import {
  dateFinding,
  findCurrency,
  findDate,
  findIban,
  findIdentifier,
  letterDates,
  unlabelledDates,
} from './simpleFields.ts';
import { withStatedItems, withStatements } from './stated.ts';

const INVOICE = { name: 'invoice', version: '2' } as const;

export const invoiceExtractor: Extractor<InvoicePaper> = {
  ...INVOICE,
  accepts: ['invoice', 'credit-note'],
  async extract(pages, context) {
    const sheet = readSheet(pages);
    const amounts = amountCandidates(sheet);
    const wholes = [...amounts.net_total, ...amounts.total].map(({ value }) => value);
    const items = findItems(sheet, 'line_total', wholes);
    const solution = solveAmounts({ ...amounts, itemsSum: sumOfRows(items.rows) });
    const findings = await readTwice(
      { ...simpleFindings(sheet), ...amountFindings(sheet, amounts, solution) },
      sheet,
      context,
    );
    const paper = { sha256: context.paper, pages };
    const stated = withStatements(findings, context.statements);
    const found = { ...stated, items: withStatedItems(withSums(items.finding, solution), context.statements) };
    return readingsOf(INVOICE, found, paper, shippedCalibration()) as Draft<InvoicePaper>;
  },
};

function simpleFindings(sheet: Sheet) {
  const parties = findParties(sheet.layout, sheet.labels);
  const invoiceNumber = findIdentifier(sheet, 'invoice_number');
  const invoiceDates = besideNumber(sheet, findDate(sheet, 'invoice_date'), invoiceNumber);
  const issued = issueDates(sheet, invoiceDates);
  const dueDates = findDate(sheet, 'due_date').filter(
    ({ value, score }) => value >= (issued[0]?.value ?? '') || score >= 0.7,
  );
  return {
    invoice_number: invoiceNumber,
    invoice_date: dateFinding(sheet, issued, 'invoice_date'),
    due_date: dateFinding(sheet, dueDates, 'due_date'),
    order_number: findIdentifier(sheet, 'order_number'),
    seller: bestOf(parties.seller, sheet.layout),
    buyer: bestOf(parties.buyer, sheet.layout),
    seller_vat_id: findSellerVatId(sheet),
    iban: findIban(sheet),
    currency: findCurrency(sheet),
  };
}

/** Words that only may say a date is the paper's own yield to the date that a letter bears. */
function issueDates(sheet: Sheet, labelled: readonly Candidate<string>[]): readonly Candidate<string>[] {
  const said = (labelled[0]?.score ?? 0) >= 0.5;
  const ranked = said ? labelled : [...labelled, ...letterDates(sheet)].sort((a, b) => b.score - a.score);
  return ranked.length > 0 ? ranked : unlabelledDates(sheet);
}

/** `Invoice 4711 of 3 May`: the date that follows the number in its line, a word or two behind it, is the invoice's. */
function besideNumber(
  sheet: Sheet,
  labelled: readonly Candidate<string>[],
  number: Finding<string>,
): readonly Candidate<string>[] {
  const last = number.tokens.at(-1);
  const follows = ({ line, tokens }: Spotted<string>) => {
    const between = last ? line.tokens.indexOf(tokens[0]!) - line.tokens.indexOf(last) - 1 : -1;
    return last !== undefined && line.tokens.includes(last) && between >= 0 && between <= 2;
  };
  const known = new Set(labelled.map(({ tokens }) => tokens[0]));
  const unsaid = sheet.dates.filter((date) => follows(date) && !known.has(date.tokens[0]));
  return [
    ...labelled.map((date) => (follows(date) ? { ...date, score: date.score + 0.25 } : date)),
    ...unsaid.map((date) => ({ ...date, score: 0.6, evidence: ['position'] })),
  ].sort((a, b) => b.score - a.score);
}

function amountCandidates(sheet: Sheet) {
  const near = (name: LabelName) =>
    nearLabels(sheet.layout, sheet.labels, sheet.amounts, name, { prefer: 'last', below: 1.6 });
  const tables = totalsOfTables(sheet.layout, sheet.labels, sheet.amounts);
  const either = (name: TotalsRole) => [...tables[name], ...near(name)].sort((a, b) => b.score - a.score);
  return {
    net_total: either('net_total'),
    tax_total: either('tax_total'),
    total: either('total'),
    amount_due: near('amount_due'),
    deposits: near('deposit'),
    all: sheet.amounts,
  };
}

function amountFindings(
  sheet: Sheet,
  candidates: ReturnType<typeof amountCandidates>,
  { assignment, taxAdds, dueAdds, itemsAdd }: Solution,
): Record<AmountName, Finding<string>> {
  const proven: Record<AmountName, boolean> = {
    net_total: taxAdds || itemsAdd,
    tax_total: taxAdds,
    total: taxAdds || (itemsAdd && assignment.net_total === null),
    amount_due: dueAdds,
  };
  const finding = (name: AmountName): Finding<string> => {
    const chosen = assignment[name] ?? (name === 'amount_due' ? derivedDue(assignment.total) : null);
    if (!chosen) return nothing();
    const rivals = candidates[name].filter((each) => each.tokens[0] !== chosen.tokens[0]);
    return bestOf([chosen, ...rivals], sheet.layout, proven[name] ? ['sums'] : []);
  };
  return Object.fromEntries(AMOUNTS.map((name) => [name, finding(name)])) as Record<AmountName, Finding<string>>;
}

/** Where no line says what is to be paid, it is the total. */
function derivedDue(total: Candidate<string> | null): Candidate<string> | null {
  return total && { ...total, evidence: [...total.evidence, 'derived'] };
}

function withSums<V>(finding: Finding<V>, { itemsAdd }: Solution): Finding<V> {
  return itemsAdd ? { ...finding, evidence: [...finding.evidence, 'sums'] } : finding;
}
