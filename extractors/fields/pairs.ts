import { findAmounts, findLoneAmounts } from './form/amountRows.ts';
import { answerBelow, answerRight, type Sheet } from './form/answers.ts';
import { findCaptioned } from './form/boxCaptions.ts';
import { boxedLine } from './form/boxes.ts';
import { findCrossCells } from './form/crossTables.ts';
import { type Element, formLines, isItem, isStrokedName } from './form/elements.ts';
import { findCells } from './form/grids.ts';
import { mendedLabel } from './form/labelWords.ts';
import { inAskingColumn, inListOfTwo, partedAtColumns } from './form/lists.ts';
import { bareName, findParties } from './form/namedParties.ts';
import { findPartyBlocks } from './form/partyBlocks.ts';
import { lineAbove, lineBelow } from './form/questionLines.ts';
import type { Layout, Token } from './lines.ts';

/** A question of a form and what was filled in. */
export interface Pair {
  readonly question: string;
  readonly answer: string;
  readonly questionTokens: readonly Token[];
  readonly answerTokens: readonly Token[];
}

/**
 * Questions and answers on any form: behind a colon or a label, under it, in a table's column, or a ticked box.
 * A question nobody answered gives no pair. Top to bottom, left to right by question.
 */
export function findPairs(layout: Layout): Pair[] {
  const lines = partedAtColumns(formLines(layout), layout);
  const sheet: Sheet = { layout, lines, taken: new Set(lines.flatMap(rowsOfUnsureSign)) };
  const pairs = [
    ...ticked(sheet),
    ...parties(sheet),
    ...captioned(sheet),
    ...roles(sheet),
    ...listed(sheet, findAmounts),
    ...tabled(sheet),
    ...listed(sheet, findLoneAmounts),
    ...answered(sheet),
  ];
  return pairs.sort((a, b) => order(a) - order(b));
}

/** An amount that may be the opposite of what its digits say answers nothing, and its caption has no other answer. */
function rowsOfUnsureSign(line: readonly Element[]): readonly Element[] {
  return line.flatMap((element, i) => {
    if (!element.unsureSign) return [];
    const caption = line.slice(0, i).findLastIndex(({ text }) => /\p{L}{2}/u.test(text));
    return line.slice(caption < 0 ? i : caption, i + 1);
  });
}

function order({ questionTokens }: Pair): number {
  const first = questionTokens[0];
  return first ? first.page * 1e6 + first.y0 + first.x0 / 1e4 : 0;
}

/** Ticked options are the answer to the question before them; without one, the option is asked and the mark answers. */
function ticked(sheet: Sheet): Pair[] {
  return sheet.lines.flatMap((line) => {
    const boxed = boxedLine(line);
    if (!boxed) return [];
    for (const part of boxed.parts) sheet.taken.add(part);
    const { question } = boxed;
    const options = boxed.ticked.map(({ option }) => option);
    // A question's boxes are its answer, though none may be ticked.
    if (question?.kind === 'question' || (question && options.length > 0)) sheet.taken.add(question);
    if (question && options.length > 0) return [pairOf([question], options.flat())];
    if (question?.kind === 'question') {
      const own = boxed.parts.find(({ marked }) => marked);
      return own ? [{ ...pairOf([question], [own]), answer: 'X' }] : [];
    }
    return boxed.ticked.map(({ box, option }) => ({ ...pairOf(option, [box]), answer: 'X' }));
  });
}

function parties(sheet: Sheet): Pair[] {
  return findParties(sheet).map(({ role, party }) => {
    const used = new Set([...role, ...party]);
    claim(
      sheet,
      sheet.lines.flat().filter(({ tokens }) => tokens.some((token) => used.has(token))),
    );
    const [question, answer] = [role.map(({ text }) => bareName(text)), party.map(({ text }) => text)];
    const said = answer.join(' ').replace(/[,;\s–—-]+$/u, '');
    return { question: question.join(' '), answer: said, questionTokens: role, answerTokens: party };
  });
}

/** Captions with amounts: what a table of heads would tear apart. */
function listed(sheet: Sheet, find: typeof findAmounts): Pair[] {
  const amounts = find(sheet);
  for (const { from } of amounts) claim(sheet, from);
  return amounts.map(({ question, amount }) => pairOf(question, [amount]));
}

function roles(sheet: Sheet): Pair[] {
  const blocks = findPartyBlocks(sheet);
  for (const { role, block } of blocks) claim(sheet, [role, ...block]);
  return blocks.map(({ role, block }) => pairOf([role], block));
}

function captioned(sheet: Sheet): Pair[] {
  return findCaptioned(sheet).map(({ caption, answer }) => pairOf([caption], answer));
}

function tabled(sheet: Sheet): Pair[] {
  const crossed = findCrossCells(untaken(sheet));
  for (const { question, cell } of crossed) claim(sheet, [...question, cell]);
  const cells = findCells(untaken(sheet));
  for (const { head, cell } of cells) claim(sheet, [head, cell]);
  return [
    ...crossed.map(({ question, cell }) => pairOf(question, [cell])),
    ...cells.map(({ head, cell }) => pairOf([head], [cell])),
  ];
}

function untaken(sheet: Sheet): Sheet {
  return { ...sheet, lines: sheet.lines.map((line) => line.filter((element) => !sheet.taken.has(element))) };
}

function answered(sheet: Sheet): Pair[] {
  const asked = sheet.lines.flat().filter((element) => !sheet.taken.has(element) && asks(sheet, element));
  const right = asked.map((question) => ({ question, answer: claim(sheet, answerRight(sheet, question)) }));
  return right.flatMap(({ question, answer }) => {
    const found = answer.length > 0 ? answer : claim(sheet, under(sheet, question));
    if (found.length === 0) return [];
    const goesOn = claim(sheet, answer.length > 0 ? lineBelow(sheet, question, answer) : []);
    return [pairOf([...lineAbove(sheet, question), question, ...goesOn], found)];
  });
}

/** Without a colon a label may be a heading: what stands under it answers where it holds a number, or fills a numbered cell. */
function under(sheet: Sheet, question: Element): Element[] {
  // What begins in small letters and says nothing behind its colon ends a sentence: `the parties agree as follows:`.
  if (/^\p{Ll}/u.test(question.text) && lineAbove(sheet, question).length === 0) return [];
  const below = answerBelow(sheet, question);
  const answers = isItem(question.tokens) ? !isProse(below) : below.some(({ text }) => /\d/.test(text));
  return question.colon || answers ? below : [];
}

/** Sections of a contract have numbers too, and sentences under them. */
function isProse(elements: readonly Element[]): boolean {
  const words = elements.flatMap(({ tokens }) => tokens);
  return words.length > MOST_ANSWER_WORDS || /\p{Ll}{3}[.!?]$/u.test(words.at(-1)?.text ?? '');
}

const MOST_ANSWER_WORDS = 9;

function claim({ taken }: Sheet, answer: readonly Element[]): readonly Element[] {
  for (const element of answer) taken.add(element);
  return answer;
}

const MOST_WORDS = 6;

/** Colons and labels ask; so does a short text before a filled field, and the left column of a list with two. */
function asks(sheet: Sheet, element: Element): boolean {
  if (element.kind !== 'text') return element.kind === 'question';
  const line = sheet.lines[element.line.index] ?? [];
  const next = line[line.indexOf(element) + 1];
  const short = element.tokens.length <= MOST_WORDS && /\p{L}{2}/u.test(element.text) && !/\d{2}/.test(element.text);
  if (!short || next?.kind !== 'text') return false;
  return (
    next.afterField ||
    (sheet.layout.ocr && endsInSpeck(element, next)) ||
    inListOfTwo(sheet.lines, sheet.layout, element, next) ||
    inAskingColumn(sheet.lines, sheet.layout, element)
  );
}

/** A worn colon is read as a full stop: `Justification.   The present instrument …`. */
function endsInSpeck(element: Element, next: Element): boolean {
  const opens = element.tokens.length <= 3 && /^\p{Lu}\p{L}.*\p{L}{2}[.,;]$/u.test(element.text);
  return opens && next.x0 - element.x1 > element.y1 - element.y0;
}

function pairOf(question: readonly Element[], answer: readonly Element[]): Pair {
  return {
    question: textOf(question, mendedLabel),
    answer: textOf(answer, ({ text }) => text),
    questionTokens: question.flatMap(({ tokens }) => tokens),
    answerTokens: answer.flatMap(({ tokens }) => tokens),
  };
}

/** Without the strokes and dots of the field it was written on. */
function textOf(elements: readonly Element[], spell: (token: Token) => string): string {
  const words = elements.flatMap(({ tokens }) => tokens.map(spell));
  return words
    .map((word) => (isStrokedName(word) ? word : word.replace(/_{2,}|\.{3,}|…/g, ' ')))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}
