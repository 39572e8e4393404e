import type { Draft } from '#core';
import { type Calibration, shippedCalibration } from '../confidence/calibration.ts';
import { hasPostcode, isStreet } from '../fields/blocks.ts';
import { bare } from '../fields/labels.ts';
import { type Segment, toSegment } from '../fields/lines.ts';
import { toCents } from '../fields/money.ts';
import { type Candidate, nearLabels } from '../fields/nearLabel.ts';
import { readSheet, type Sheet } from '../fields/sheet.ts';
import type { Extractor } from './extractor.ts';
import { bestOf } from './findings.ts';
import type { ReceiptPaper } from './papers.ts';
import { readingsOf } from './reading.ts';
import { readTwice } from './secondReading.ts';
import { dateFinding, findDate, unlabelledDates } from './simpleFields.ts';

export const receiptExtractor: Extractor<ReceiptPaper> = receiptExtractorWith(shippedCalibration);

function receiptExtractorWith(calibration: () => Calibration): Extractor<ReceiptPaper> {
  return {
    name: 'receipt',
    version: '1',
    accepts: ['receipt'],
    async extract(pages, context) {
      const sheet = readSheet(pages);
      const findings = await readTwice(receiptFindings(sheet), sheet, context);
      const paper = { sha256: context.paper, pages };
      const found = findings;
      return readingsOf('receipt', found, paper, calibration()) as Draft<ReceiptPaper>;
    },
  };
}

function receiptFindings(sheet: Sheet) {
  const head = headOf(sheet);
  const dates = [...findDate(sheet, 'invoice_date'), ...unlabelledDates(sheet)];
  return {
    company: bestOf(companies(sheet, head), sheet.layout),
    date: dateFinding(sheet, dates, 'invoice_date'),
    address: bestOf(addresses(sheet, head), sheet.layout),
    total: bestOf(totals(sheet), sheet.layout),
  };
}

const COMPANY =
  /sdn|bhd|enterprise|trading|restaurant|restoran|mart|store|shop|gmbh|ltd|inc\b|llc|perniagaan|kedai|cafe/i;
const NOT_HEAD =
  /\b(tel|fax|phone|gst|reg|no\.?:|invoice|receipt|date|cashier|table|bill|tax|www|email|website|thank)\b|@/i;

/** Lines above the first that speaks of the sale: name, register number, address. */
function headOf({ layout }: Sheet): Segment[] {
  const end = layout.lines.findIndex(
    (line, i) => i > 1 && /\b(invoice|receipt|bill|cashier|date|table|qty|item|description)\b/i.test(line.text),
  );
  const lines = layout.lines.slice(0, end > 2 ? Math.min(end, 14) : 10);
  return lines.map((line) => toSegment(line.tokens));
}

/** The first line with enough letters, and the legal name where it stands a little below. */
function companies({ layout }: Sheet, head: readonly Segment[]): Candidate<string>[] {
  const named = head.filter(
    (part) => /\p{L}{3}/u.test(part.text) && !NOT_HEAD.test(part.text) && !isAddressLine(part.text),
  );
  return named
    .slice(0, 5)
    .map((part, i): Candidate<string> => {
      const size = Math.min(2, (part.y1 - part.y0) / layout.textHeight);
      const score = 0.6 / (i + 1) + (COMPANY.test(part.text) ? 0.45 : 0) + 0.1 * size;
      return {
        value: withoutNumber(part.text),
        tokens: part.tokens,
        line: lineOf(layout, part),
        score,
        evidence: ['position'],
      };
    })
    .sort((a, b) => b.score - a.score);
}

/** The name without specks and register numbers beside it; the one legal form that engines often spoil is put right. */
function withoutNumber(text: string): string {
  const name = text
    .replace(/^[^\p{L}\p{N}]+(?:OWN BY:?\s*)?/u, '')
    .replace(/\bS[DO0][NM]\.?\s+B[A-Z]{1,3}\b/i, (form) => (form === form.toUpperCase() ? 'SDN BHD' : 'Sdn Bhd'));
  return (
    name.replace(/\s*\(?(?:co\.?\s*(?:reg)?\.?\s*(?:no)?\.?:?\s*)?\(?\d{4,}[\s-]*[A-Z0-9]?\)?\s*\)?$/i, '').trim() ||
    name
  );
}

function isAddressLine(text: string): boolean {
  return isStreet(text) || hasPostcode(text) || /\b\d{5}\b/.test(text);
}

/** From the first line that looks like a street to the last with a postcode or town. */
function addresses({ layout }: Sheet, head: readonly Segment[]): Candidate<string>[] {
  const marks = head.map((part) => isAddressLine(part.text) && !/\btel|\bfax|\bgst/i.test(part.text));
  const start = marks.indexOf(true);
  if (start < 0) return [];
  let end = marks.lastIndexOf(true);
  while (end - start > 5) end = marks.lastIndexOf(true, end - 1);
  const next = head[end + 1];
  const lines = head.slice(start, end + 1);
  if (next && /^[A-Z ,.]{4,30}\.?$/.test(next.text) && !NOT_HEAD.test(next.text)) lines.push(next);
  const value = lines.map((part) => part.text.replace(/[,;]?\s*$/, '')).join(', ');
  const tokens = lines.flatMap((part) => part.tokens);
  return [{ value, tokens, line: lineOf(layout, lines[0]!), score: 0.6, evidence: ['position'] }];
}

function lineOf(layout: Sheet['layout'], part: Segment) {
  return layout.lines.find((line) => line.tokens[0] === part.tokens[0]) ?? layout.lines[0]!;
}

/** The labelled total; what was given and given back in cash bears it out where they differ by it. */
function totals(sheet: Sheet): Candidate<string>[] {
  const { layout, labels, amounts } = sheet;
  const near = [...nearLabels(layout, labels, amounts, 'total', { prefer: 'last', below: 1.6 })];
  const due = nearLabels(layout, labels, amounts, 'amount_due', { prefer: 'last', below: 1.6 });
  const counts = new Map<string, number>();
  for (const { value } of amounts) counts.set(value, (counts.get(value) ?? 0) + 1);
  const paid = differencesPaid(sheet);
  const labelled = [...near, ...due];
  return (labelled.length > 0 ? labelled : unlabelledTotals(sheet, paid))
    .filter(({ value }) => toCents(value) > 0)
    .map((candidate) => {
      const words = bare(candidate.line.text);
      let score = candidate.score;
      if (/sub|qty|item|saving|discount|tax|gst/.test(words) && !/inc|rounded/.test(words)) score -= 0.35;
      if (/round/.test(words) && !/adj/.test(words)) score += 0.15;
      if (/adj/.test(words)) score -= 0.5;
      score += 0.08 * Math.min(4, counts.get(candidate.value) ?? 1);
      if (paid.has(toCents(candidate.value))) score += 0.3;
      return { ...candidate, score };
    })
    .sort((a, b) => b.score - a.score);
}

/** Without a line that says so, the total is what was paid less the change, the subtotal, or the largest amount. */
function unlabelledTotals(sheet: Sheet, paid: ReadonlySet<number>): Candidate<string>[] {
  const { layout, labels, amounts } = sheet;
  const subtotals = nearLabels(layout, labels, amounts, 'net_total', { prefer: 'last', below: 1.6 });
  const goods = amounts.filter(({ line }) => !/cash|tender|paid|change/i.test(line.text));
  const largest = goods.toSorted((a, b) => toCents(b.value) - toCents(a.value)).slice(0, 2);
  return [
    ...subtotals.map((candidate) => ({ ...candidate, score: 0.5 * candidate.score })),
    ...goods
      .filter(({ value }) => paid.has(toCents(value)))
      .map((each) => ({ ...each, score: 0.3, evidence: ['position'] })),
    ...largest.map((each, i) => ({ ...each, score: 0.2 / (i + 1), evidence: ['position'] })),
  ];
}

function differencesPaid({ amounts }: Sheet): Set<number> {
  const lineHas = (word: RegExp) =>
    amounts.filter(({ line }) => word.test(line.text)).map(({ value }) => toCents(value));
  const given = lineHas(/cash|tender|paid|visa|master|card/i);
  const back = lineHas(/change|balance/i);
  return new Set([...given.flatMap((cash) => back.map((change) => cash - change)), ...given]);
}
