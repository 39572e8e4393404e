import { countCurrencies } from '../fields/currency.ts';
import { isTwoWayDate } from '../fields/date.ts';
import { strengthFor } from '../fields/labels.ts';
import { boxAround, type Line } from '../fields/lines.ts';
import { type Candidate, nearLabels, type Spotted } from '../fields/nearLabel.ts';
import type { Sheet } from '../fields/sheet.ts';
import type { LabelName } from '../fields/vocabulary.ts';
import { bestOf, nothing, nothingNear } from './findings.ts';
import type { Finding } from './reading.ts';

/** Names whose numbers are easily taken for one another. */
const NUMBERED: readonly LabelName[] = [
  'invoice_number',
  'order_number',
  'customer_number',
  'delivery_note_number',
  'tax_number',
  'phone',
  'bic',
  'buyer_vat_id',
  'vat_id',
  'article',
];
const DATED: readonly LabelName[] = ['invoice_date', 'due_date', 'delivery_date', 'order_date', 'other_date'];

/** The number that its label names; a number that another label claims more strongly is not it. */
export function findIdentifier(sheet: Sheet, ...names: readonly LabelName[]): Finding<string> {
  const ranked = unclaimed(sheet, sheet.identifiers, names, NUMBERED).filter(({ score }) => score >= 0.3);
  return ranked.length > 0 ? bestOf(ranked, sheet.layout) : nothingNear(sheet.labels, names);
}

export function findDate(sheet: Sheet, ...names: readonly LabelName[]): Candidate<string>[] {
  return unclaimed(sheet, sheet.dates, names, DATED).filter(({ score }) => score >= 0.25);
}

export function dateFinding(
  sheet: Sheet,
  ranked: readonly Candidate<string>[],
  ...names: readonly LabelName[]
): Finding<string> {
  const [best] = ranked;
  if (!best) return nothingNear(sheet.labels, names);
  const text = best.tokens.map((token) => token.text).join(' ');
  const guessed = !sheet.dayOrder.proven && isTwoWayDate(text.replace(/^\D+|\D+$/g, ''));
  return bestOf(ranked, sheet.layout, guessed ? ['order-guessed'] : []);
}

/** Dates no label speaks for, in the order of the paper. */
export function unlabelledDates(sheet: Sheet): Candidate<string>[] {
  const claimed = new Set(
    DATED.flatMap((name) => near(sheet, sheet.dates, name).map((candidate) => candidate.tokens[0])),
  );
  return sheet.dates
    .filter((spotted) => !claimed.has(spotted.tokens[0]))
    .map((spotted, i) => ({ ...spotted, score: 0.35 / (i + 1), evidence: ['position'] }));
}

function unclaimed(
  sheet: Sheet,
  values: readonly Spotted<string>[],
  names: readonly LabelName[],
  rivals: readonly LabelName[],
): Candidate<string>[] {
  const claims = new Map<unknown, number>();
  for (const rival of rivals) {
    if (names.includes(rival)) continue;
    for (const { tokens, score } of near(sheet, values, rival)) {
      claims.set(tokens[0], Math.max(claims.get(tokens[0]) ?? 0, score));
    }
  }
  return names
    .flatMap((name) => near(sheet, values, name))
    .map((candidate) => {
      const claim = claims.get(candidate.tokens[0]) ?? 0;
      return claim > candidate.score ? { ...candidate, score: candidate.score - 0.8 * claim } : candidate;
    })
    .sort((a, b) => b.score - a.score);
}

function near(sheet: Sheet, values: readonly Spotted<string>[], name: LabelName): Candidate<string>[] {
  return nearLabels(sheet.layout, sheet.labels, values, name, { prefer: 'first' });
}

/** The seller's VAT number: not the one in the buyer's address or behind a label of the buyer's. */
export function findSellerVatId(sheet: Sheet): Finding<string> {
  const ranked = sheet.vatIds.map((found): Candidate<string> => {
    const own = labelBefore(sheet, found, 'vat_id');
    const buyers = labelBefore(sheet, found, 'buyer_vat_id') > 0 || inBuyersAddress(sheet, found);
    const score = 0.4 + 0.5 * own - (buyers ? 0.6 : 0) - (found.valid ? 0 : 0.35);
    const evidence = [
      ...(found.valid ? ['check-digit'] : ['bad-check-digit']),
      ...(own > 0 ? ['label'] : ['position']),
    ];
    return { ...found, score, evidence };
  });
  ranked.sort((a, b) => b.score - a.score);
  const own = ranked.filter((candidate) => candidate.score > 0.1);
  return own.length > 0 ? bestOf(own, sheet.layout) : nothingNear(sheet.labels, ['vat_id']);
}

function labelBefore(sheet: Sheet, found: Spotted<string>, name: LabelName): number {
  return nearLabels(sheet.layout, sheet.labels, [found], name, { prefer: 'first' })[0]?.score ?? 0;
}

function inBuyersAddress(sheet: Sheet, { line, tokens }: { line: Line; tokens: Spotted<string>['tokens'] }): boolean {
  const place = boxAround(tokens);
  return sheet.labels.some((label) => {
    const box = boxAround(label.tokens);
    const drop = (place.y0 - box.y1) / sheet.layout.textHeight;
    const aligned = Math.abs(box.x0 - place.x0) < 14 * sheet.layout.textHeight;
    return strengthFor(label, 'buyer') >= 0.6 && label.line.page === line.page && drop > 0 && drop < 11 && aligned;
  });
}

export function findIban(sheet: Sheet): Finding<string> {
  const ranked = sheet.ibans.map((found, i): Candidate<string> => {
    const evidence = found.valid ? ['check-digit'] : ['bad-check-digit'];
    return { ...found, score: (found.valid ? 1 : 0.5) - 0.05 * i, evidence };
  });
  ranked.sort((a, b) => b.score - a.score);
  if (ranked.length === 0) return nothingNear(sheet.labels, ['iban']);
  const finding = bestOf(ranked, sheet.layout);
  // Of a hundred misread IBANs one passes: two check digits settle it, whoever read them.
  const proven = finding.evidence.includes('check-digit');
  return proven ? { ...finding, evidence: finding.evidence.filter((word) => word !== 'text-layer') } : finding;
}

/** The currency that stands beside most amounts. */
export function findCurrency(sheet: Sheet): Finding<string> {
  const counts = countCurrencies(sheet.layout.lines);
  const total = counts.reduce((sum, each) => sum + each.count, 0);
  const [best] = counts;
  if (!best) return nothing();
  const ranked = counts.flatMap(({ value, count, token }): Candidate<string>[] => {
    const line = sheet.layout.lines.find((each) => each.tokens.includes(token));
    return line ? [{ value, tokens: [token], line, score: count / total, evidence: ['label'] }] : [];
  });
  const agreed = best.count >= 3 && best.count === total;
  const finding = bestOf(ranked, sheet.layout);
  return agreed ? { ...finding, evidence: ['label', 'repeated'] } : finding;
}
