import { countCurrencies } from '../fields/currency.ts';
import { isTwoWayDate } from '../fields/date.ts';
import { boxAround } from '../fields/lines.ts';
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
  const ranked = unclaimed(sheet, sheet.identifiers, names, NUMBERED)
    .filter(({ score }) => score >= 0.3)
    .map((candidate) => ({ ...candidate, score: candidate.score + prominence(sheet, candidate) }))
    .sort((a, b) => b.score - a.score);
  return ranked.length > 0 ? bestOf(ranked, sheet.layout) : nothingNear(sheet.labels, names);
}

/** A paper's own number stands in its title; what is set in small type far down is another paper's. */
function prominence({ layout }: Sheet, { line, tokens }: Candidate<string>): number {
  const page = layout.pages.find(({ number }) => number === line.page);
  const box = boxAround(tokens);
  const size = (box.y1 - box.y0) / layout.textHeight - 1;
  const depth = page ? box.y0 / page.height : 0;
  const later = page !== layout.pages[0] ? 0.1 : 0;
  return 0.15 * Math.max(-0.3, Math.min(1, size)) - 0.1 * Math.max(0, depth - 0.3) - later;
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

/** A letter's date: it has its place in the upper half of the first page to itself, or behind the town's name. */
export function letterDates(sheet: Sheet): Candidate<string>[] {
  const [page] = sheet.layout.pages;
  return unlabelledDates(sheet)
    .filter(({ line, tokens }) => {
      const segment = line.segments.find((each) => each.tokens.includes(tokens[0]!));
      const alone =
        segment !== undefined && segment.tokens.length <= tokens.length + 2 && segment.tokens.at(-1) === tokens.at(-1);
      return alone && page !== undefined && line.page === page.number && line.y0 < 0.5 * page.height;
    })
    .map((candidate, i) => ({ ...candidate, score: 0.5 / (i + 1) }));
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
