import { type Layout, type Token, toSegment } from '../lines.ts';
import type { Element } from './elements.ts';

type Lines = readonly (readonly Element[])[];

const LEAST_LINES = 3;
/** How many lines up and down belong to one list. */
const NEAR = 4;
/** In text heights: how far apart captions and answers of a list begin, and a word in its column. */
const SAME_LEFT = 1.2;
const SAME_COLUMN = 0.5;
const IN_COLUMN = 0.35;
/** An engine's boxes are lower than a text layer's, so its spaces look wider. */
const MORE_THAN_A_SPACE = { text: 0.4, ocr: 0.7 } as const;

/**
 * Whether these two begin where captions and answers of a list of two columns do. Numbers before the captions are no
 * column; beside a list something else may stand, but not beside most of it.
 */
export function inListOfTwo(lines: Lines, layout: Layout, left: Element, right: Element): boolean {
  const alike = linesNear(lines, left).filter((line) =>
    hasPair(line, left.x0, right.x0, SAME_LEFT * layout.textHeight),
  );
  const alone = alike.filter((line) => withoutNumber(line).length === 2);
  return alike.length >= LEAST_LINES && alone.length >= alike.length / 2;
}

/** Whether most texts that begin where this one does, in lines near it, are known to ask: then the others do too. */
export function inAskingColumn(lines: Lines, { textHeight }: Layout, element: Element): boolean {
  const column = linesNear(lines, element).flatMap((line) =>
    line.filter(
      (other, i) => Math.abs(other.x0 - element.x0) < SAME_COLUMN * textHeight && line[i + 1]?.kind === 'text',
    ),
  );
  const asking = column.filter(({ kind, colon }) => kind === 'question' && !colon);
  return asking.length >= LEAST_LINES && asking.length > column.length / 2;
}

function linesNear(lines: Lines, { line, page }: Element): Lines {
  const near = lines.slice(Math.max(0, line.index - NEAR), line.index + NEAR + 1);
  return near.filter((other) => other[0]?.page === page);
}

function hasPair(line: readonly Element[], left: number, right: number, reach: number): boolean {
  return line.some((a, i) => {
    const b = line[i + 1];
    return b !== undefined && Math.abs(a.x0 - left) < reach && Math.abs(b.x0 - right) < reach;
  });
}

/** `7 | Address of the shop | 8 Bridge Street`: a number of its own says which line of the form this is. */
function withoutNumber(line: readonly Element[]): readonly Element[] {
  return line.length > 2 && /^\d{1,3}[a-z]?[.)]?$/.test(line[0]!.text) ? line.slice(1) : line;
}

/** The longest caption of a list may come close to its answer: that begins where the answers above and below do. */
export function partedAtColumns(lines: Lines, layout: Layout): Element[][] {
  return lines.map((line) =>
    line.flatMap((element) => (element.kind === 'text' ? partedAtColumn(lines, layout, element) : [element])),
  );
}

function partedAtColumn(lines: Lines, { textHeight, ocr }: Layout, element: Element): Element[] {
  const { tokens } = element;
  const space = ocr ? MORE_THAN_A_SPACE.ocr : MORE_THAN_A_SPACE.text;
  const begin = answerStarts(lines, element, SAME_LEFT * textHeight);
  const at = tokens.findIndex((token, i) => {
    const isApart = i > 0 && token.x0 - tokens[i - 1]!.x1 > space * textHeight;
    return isApart && begin.filter((x0) => Math.abs(x0 - token.x0) < IN_COLUMN * textHeight).length >= LEAST_LINES - 1;
  });
  return at > 0 ? [part(element, tokens.slice(0, at)), part(element, tokens.slice(at))] : [element];
}

/** Where answers begin behind captions that begin where this text does. */
function answerStarts(lines: Lines, caption: Element, reach: number): number[] {
  const near = linesNear(lines, caption);
  return near.flatMap((other) => {
    const at = other.findIndex((element) => Math.abs(element.x0 - caption.x0) < reach);
    const answer = at < 0 ? undefined : other[at + 1];
    return answer ? [answer.x0] : [];
  });
}

function part(element: Element, tokens: readonly Token[]): Element {
  return { ...element, ...toSegment(tokens) };
}
