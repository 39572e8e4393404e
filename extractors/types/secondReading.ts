import type { Box } from '#core';
import { isTwoWayDate, parseDate } from '../fields/date.ts';
import { parseIdentifier } from '../fields/identifier.ts';
import { boxAround, type Token } from '../fields/lines.ts';
import { parseMoney } from '../fields/money.ts';
import { parseQuantity } from '../fields/quantity.ts';
import type { Sheet } from '../fields/sheet.ts';
import type { ExtractContext, SecondReading } from './extractor.ts';
import { type FieldKind, kindOfField } from './fieldKinds.ts';
import type { Finding } from './reading.ts';

export type Findings = Record<string, Finding<string>>;

/** Reads the places of doubtful kinds of values a second time: agreement is evidence, disagreement a doubt. */
export async function readTwice<F extends Findings>(findings: F, sheet: Sheet, context: ExtractContext): Promise<F> {
  const { reread } = context;
  if (!reread || !sheet.layout.ocr) return findings;
  const asked = Object.entries(findings).filter(([name, finding]) => wantsSecondReading(name, finding));
  if (asked.length === 0) return findings;
  const places = asked.flatMap(([name, { tokens }]) => boxesOf(tokens, sheet).map((box) => ({ name, box })));
  const answers = await reread(places.map(({ box }) => box));
  const judged = asked.map(([name, finding]): [string, Finding<string>] => {
    const parts = answers.filter((_, i) => places[i]?.name === name);
    return [name, compared(finding.kind ?? kindOfField(name), finding, parts, sheet)];
  });
  return { ...findings, ...Object.fromEntries(judged) };
}

const DOUBTFUL: readonly FieldKind[] = ['identifier', 'date', 'money', 'quantity', 'name'];

function wantsSecondReading(field: string, { value, tokens, evidence, kind }: Finding<string>): boolean {
  if (value === null || tokens.length === 0 || evidence.includes('sums')) return false;
  return DOUBTFUL.includes(kind ?? kindOfField(field));
}

/**
 * One box for each line of words, as it stands on the page image, with the free space beside it:
 * the first reading may have cut off a digit, and would do so again in a box of its own making.
 */
function boxesOf(tokens: readonly Token[], { layout }: Sheet): Box[] {
  const lines = layout.lines.filter((line) => line.tokens.some((token) => tokens.includes(token)));
  return lines.map((line) => {
    const own = line.tokens.filter((token) => tokens.includes(token));
    const box = boxAround(own.map(({ word }) => word));
    const margin = 0.9 * (box.y1 - box.y0);
    const others = line.tokens.filter((token) => !own.includes(token)).map(({ word }) => word);
    const left = Math.max(0, ...others.filter((word) => word.x1 <= box.x0).map((word) => word.x1 + 2));
    const right = Math.min(...others.filter((word) => word.x0 >= box.x1).map((word) => word.x0 - 2));
    return {
      ...box,
      x0: Math.min(box.x0, Math.max(left, box.x0 - margin)),
      x1: Math.max(box.x1, Math.min(right, box.x1 + margin)),
    };
  });
}

/** An engine that guesses guesses the same twice: agreement counts only where the second look was sure of itself. */
const SURE_READING = 0.7;

function compared(
  kind: FieldKind,
  finding: Finding<string>,
  parts: readonly SecondReading[],
  sheet: Sheet,
): Finding<string> {
  const text = parts.map((part) => part.text).join(' ');
  const sure = parts.every(({ confidence }) => confidence >= SURE_READING);
  const second = sameKind(kind, finding.value, text, sheet);
  if (second === finding.value) {
    return { ...finding, evidence: [...finding.evidence, sure ? 'two-readings' : 'unsure-reading'] };
  }
  const others = second === null ? finding.others : [{ value: second, score: finding.score }, ...finding.others];
  return { ...finding, others, evidence: [...finding.evidence, 'readings-differ'] };
}

/** The second text as a value of the finding's kind; a label that got into the crop is left out. */
function sameKind(kind: FieldKind, value: string | null, text: string, sheet: Sheet): string | null {
  const clean = withoutRules(text);
  const tail = clean.split(/[:#]\s*/).at(-1) ?? clean;
  if (kind === 'date') return parseDate(tail, sheet.dayOrder.order) ?? (isTwoWayDate(clean) ? null : parseDate(clean));
  if (kind === 'money') return parseMoney(tail.replace(/[|\]]$/, ''));
  if (kind === 'quantity') return parseQuantity(tail.replace(/[^\d.,-]+$/, ''), sheet.decimalMark);
  if (kind === 'name') return squeezed(clean) === squeezed(value ?? '') ? value : clean;
  const identifier = parseIdentifier(clean);
  if (identifier === null) return null;
  return squeezed(identifier) === squeezed(value ?? '') ? value : (parseIdentifier(tail) ?? identifier);
}

/** Lines of a form beside the value look like `|` and brackets; set against a digit, such a stroke may be a 1 and stays. */
function withoutRules(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^(?:[|[\]\\~_{}©®‘’'"=<>.-]+ )+|(?: [|[\]\\~_{}©®‘’'"=<>.-]+)+$/g, '')
    .trim();
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}
