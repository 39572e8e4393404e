import type { Layout } from '../lines.ts';
import type { Element } from './elements.ts';

/** How far right of a question its answer may begin, and the next run of the same answer, in text heights. */
const ANSWER_REACH = 22;
const SAME_ANSWER = 2.4;
/** How far under a question its answer may begin. */
const BELOW_REACH = 2.2;
const MOST_LINES = 12;

/** A form's lines, and what of them is an answer already. */
export interface Sheet {
  readonly layout: Layout;
  readonly lines: readonly (readonly Element[])[];
  readonly taken: Set<Element>;
}

/** What stands right of the question, up to the next one, and goes on below it. */
export function answerRight(sheet: Sheet, question: Element): Element[] {
  const line = sheet.lines[question.line.index] ?? [];
  const behind = line.slice(line.indexOf(question) + 1);
  const first = behind[0];
  if (first?.kind !== 'text' || sheet.taken.has(first)) return [];
  if (first.x0 - question.x1 > ANSWER_REACH * sheet.layout.textHeight) return [];
  const run = runFrom(behind, sheet);
  return [...run, ...furtherLines(sheet, question, run)];
}

/** What stands under the question, within its column. */
export function answerBelow(sheet: Sheet, question: Element): Element[] {
  const height = sheet.layout.textHeight;
  const line = sheet.lines[question.line.index] ?? [];
  const right = line[line.indexOf(question) + 1]?.x0 ?? Number.POSITIVE_INFINITY;
  const below = sheet.lines[question.line.index + 1] ?? [];
  const at = below.findIndex(
    ({ x0 }) => x0 > question.x0 - 1.2 * height && x0 < Math.min(right - 0.5 * height, question.x1 + height),
  );
  const first = below[at];
  if (first?.kind !== 'text' || sheet.taken.has(first) || !isUnder(question, first, BELOW_REACH * height)) return [];
  const run = runFrom(below.slice(at), sheet).filter(({ x0 }) => x0 < right - 0.5 * height);
  return [...run, ...furtherLines(sheet, question, run)];
}

/** Texts without a column's gap between them. */
function runFrom(elements: readonly Element[], { layout, taken }: Sheet): Element[] {
  const run: Element[] = [];
  for (const element of elements) {
    const before = run.at(-1);
    const near = !before || element.x0 - before.x1 < SAME_ANSWER * layout.textHeight;
    if (element.kind !== 'text' || taken.has(element) || !near) break;
    run.push(element);
  }
  return run;
}

/** An answer goes on in lines set close below it that begin where it began, or where its question did after a full line. */
function furtherLines(sheet: Sheet, question: Element, run: readonly Element[]): Element[] {
  const { layout, lines } = sheet;
  const first = run[0];
  const further: Element[] = [];
  let above = run;
  for (let i = 1; first && i <= MOST_LINES; i++) {
    const line = lines[first.line.index + i] ?? [];
    const next = line.find(({ x1 }) => x1 > question.x0 - layout.textHeight);
    const full = above.at(-1)!.x1 > 0.72 * (layout.pages.find(({ number }) => number === first.page)?.width ?? 0);
    if (next?.kind !== 'text' || sheet.taken.has(next)) break;
    const sameStart = Math.abs(next.x0 - first.x0) < 1.3 * layout.textHeight;
    const wrapped = full && Math.abs(next.x0 - question.x0) < 1.5 * layout.textHeight;
    const followed = line[line.indexOf(next) + 1]?.kind === 'text' && !sameStart;
    if ((!sameStart && !wrapped) || followed || !isUnder(above[0]!, next, lineSpace(layout))) break;
    above = runFrom(line.slice(line.indexOf(next)), sheet);
    further.push(...above);
  }
  return further;
}

/** Pixels that lines of one text stand apart at most. Boxes of a text layer have room for the feet and accents of any letter, those of an engine end with the ink. */
export function lineSpace({ ocr, textHeight }: Layout): number {
  return (ocr ? 0.85 : 0.55) * textHeight;
}

export function isUnder(above: Element, below: Element, most: number): boolean {
  const drop = below.y0 - above.y1;
  return above.page === below.page && drop < most && drop > -0.5 * (above.y1 - above.y0);
}
