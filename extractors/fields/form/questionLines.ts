import { isUnder, type Sheet } from './answers.ts';
import type { Element } from './elements.ts';

const MOST_WORDS_ABOVE = 10;
const MOST_WORDS_BELOW = 4;
/** In text heights: to the other line of a question, and how much farther the next question is. */
const LINE_ABOVE = 0.7;
const LINE_BELOW = 0.5;
const FARTHER = 0.15;
const SAME_LEFT = 0.6;

/** A question that begins in small letters goes on from the line above it. */
export function lineAbove({ lines, layout, taken }: Sheet, question: Element): Element[] {
  if (!question.colon || !/^\p{Ll}/u.test(question.text)) return [];
  const above = lines[question.line.index - 1]?.find(({ x0 }) => Math.abs(x0 - question.x0) < layout.textHeight);
  const close = above && above.page === question.page && question.y0 - above.y1 < LINE_ABOVE * layout.textHeight;
  const isFree = close && above.kind !== 'box' && !above.colon && !taken.has(above);
  return isFree && above.tokens.length <= MOST_WORDS_ABOVE ? [above] : [];
}

/**
 * A caption too long for its column goes on in the line below it, beside which nothing but its answer stands, and which is
 * closer to it than to the next caption.
 */
export function lineBelow({ lines, layout, taken }: Sheet, question: Element, answer: readonly Element[]): Element[] {
  const { textHeight } = layout;
  const [below, ...beside] = lines[question.line.index + 1] ?? [];
  if (question.colon || !below || beside.some((element) => !answer.includes(element))) return [];
  const isWords = below.kind !== 'box' && !taken.has(below) && !/\d{2}/.test(below.text);
  const isPart = isWords && below.tokens.length <= MOST_WORDS_BELOW;
  const isInLine = Math.abs(below.x0 - question.x0) < SAME_LEFT * textHeight;
  if (!isPart || !isInLine || !isUnder(question, below, LINE_BELOW * textHeight)) return [];
  const next = lines[below.line.index + 1]?.[0];
  const space = below.y0 - question.y1;
  const isApart = next?.page === below.page && next.y0 - below.y1 > space + FARTHER * textHeight;
  return isApart ? [below] : [];
}
