import type { Box } from '#core';
import { isTwoWayDate, parseDate } from '../fields/date.ts';
import { parseIdentifier } from '../fields/identifier.ts';
import type { Token } from '../fields/lines.ts';
import { parseMoney } from '../fields/money.ts';
import { parseQuantity } from '../fields/quantity.ts';
import type { Sheet } from '../fields/sheet.ts';
import type { ExtractContext } from './extractor.ts';
import type { FieldKind } from './fieldKinds.ts';
import type { Finding } from './reading.ts';

export type Findings = Record<string, Finding<string>>;

/** Reads the places of doubtful kinds of values a second time: agreement is evidence, disagreement a doubt. */
export async function readTwice<F extends Findings>(findings: F, sheet: Sheet, context: ExtractContext): Promise<F> {
  const { reread } = context;
  if (!reread || !sheet.layout.ocr) return findings;
  const asked = Object.entries(findings).filter(([, finding]) => wantsSecondReading(finding));
  if (asked.length === 0) return findings;
  const places = asked.flatMap(([name, { tokens }]) => boxesOf(tokens).map((box) => ({ name, box })));
  const answers = await reread(places.map(({ box }) => box));
  const judged = asked.map(([name, finding]): [string, Finding<string>] => {
    const parts = answers.filter((_, i) => places[i]?.name === name).map(({ text }) => text);
    return [name, compared(finding, parts.join(' '), sheet)];
  });
  return { ...findings, ...Object.fromEntries(judged) };
}

const DOUBTFUL: readonly FieldKind[] = ['identifier', 'date', 'money', 'quantity', 'name'];

function wantsSecondReading({ kind, value, tokens, evidence }: Finding<string>): boolean {
  return value !== null && tokens.length > 0 && DOUBTFUL.includes(kind) && !evidence.includes('sums');
}

/** One box for each run of words, as they stand on the page image. */
function boxesOf(tokens: readonly Token[]): Box[] {
  return [...Map.groupBy(tokens, (token) => token.page)].map(([page, each]) => ({
    page,
    x0: Math.min(...each.map((token) => token.word.x0)),
    y0: Math.min(...each.map((token) => token.word.y0)),
    x1: Math.max(...each.map((token) => token.word.x1)),
    y1: Math.max(...each.map((token) => token.word.y1)),
  }));
}

function compared(finding: Finding<string>, text: string, sheet: Sheet): Finding<string> {
  const second = sameKind(finding, text, sheet);
  if (second === finding.value) return { ...finding, evidence: [...finding.evidence, 'two-readings'] };
  const others = second === null ? finding.others : [{ value: second, score: finding.score }, ...finding.others];
  return { ...finding, others, evidence: [...finding.evidence, 'readings-differ'] };
}

/** The second text as a value of the finding's kind; a label that got into the crop is left out. */
function sameKind({ kind, value }: Finding<string>, text: string, sheet: Sheet): string | null {
  const clean = text.replace(/\s+/g, ' ').trim();
  const tail = clean.split(/[:#]\s*/).at(-1) ?? clean;
  if (kind === 'date') return parseDate(tail, sheet.dayOrder.order) ?? (isTwoWayDate(clean) ? null : parseDate(clean));
  if (kind === 'money') return parseMoney(tail);
  if (kind === 'quantity') return parseQuantity(tail.replace(/[^\d.,-]+$/, ''), sheet.decimalMark);
  if (kind === 'name') return squeezed(clean) === squeezed(value ?? '') ? value : clean;
  const identifier = parseIdentifier(clean);
  if (identifier === null) return null;
  return squeezed(identifier) === squeezed(value ?? '') ? value : (parseIdentifier(tail) ?? identifier);
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}
