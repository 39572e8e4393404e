import type { Box } from '#core';
import { addressWords } from '../../fields/addressWords.ts';
import { alignWords, type WordPair } from '../../fields/alignment.ts';
import { boxAround, type Layout, type Token } from '../../fields/lines.ts';
import type { SecondReading } from '../extractor.ts';
import { type HeadLine, withTokens } from './head.ts';
import { hasLegalForm, hasTrade } from './names.ts';
import type { Question } from './question.ts';
import { isReceiptWord } from './words.ts';

/** The lines of the head that tell who and where, read a second time and settled word by word. */
export function headQuestion(head: readonly HeadLine[], layout: Layout): Question<readonly HeadLine[]> {
  const wanted = layout.ocr ? head.filter(({ role }) => role === 'name' || role === 'address') : [];
  const middle = middleOf(head, layout);
  const places = wanted.map((line) => boxOf(line, middle, layout));
  const seen = wordsSeen(layout);
  return {
    boxes: places.map(({ box }) => box),
    settle: (answers) =>
      head.map((line) => {
        const i = wanted.indexOf(line);
        const answer = answers[i];
        if (!answer || answer.text === '') return line;
        const isKnown = (word: string) => isKnownWord(word) || (seen.get(plain(word)) ?? 0) > countIn(line, word);
        return settled(line, answer, places[i]!.widened, isKnown, layout);
      }),
  };
}

/** Where the lines of a centred head have their middle, in pixels; null where the head is not centred. */
function middleOf(head: readonly HeadLine[], { textHeight }: Layout): number | null {
  const lines = head.filter(({ role }) => role !== 'noise').map(({ tokens }) => boxAround(tokens));
  const middles = lines.map(({ x0, x1 }) => (x0 + x1) / 2).sort((a, b) => a - b);
  const middle = middles[middles.length >> 1];
  if (middle === undefined || lines.length < 4) return null;
  const centred = middles.filter((each) => Math.abs(each - middle) < textHeight).length;
  const left = lines.filter(({ x0 }) => Math.abs(x0 - lines[0]!.x0) < textHeight).length;
  return centred * 2 > lines.length && left * 2 < lines.length ? middle : null;
}

interface LineBox {
  readonly box: Box;
  /** Words of the line may have been missed on one side: a line of a centred head stands off its middle. */
  readonly widened: boolean;
}

function boxOf({ tokens }: HeadLine, middle: number | null, { textHeight, pages }: Layout): LineBox {
  const straight = boxAround(tokens);
  const box = boxAround(tokens.map(({ word }) => word));
  const margin = 0.9 * Math.min(box.y1 - box.y0, 1.5 * textHeight);
  const width = pages.find(({ number }) => number === box.page)?.width ?? box.x1;
  const off = middle === null ? 0 : 2 * middle - straight.x0 - straight.x1;
  const widened = Math.abs(off) > 2 * textHeight;
  const left = widened && off < 0 ? -off : 0;
  const right = widened && off > 0 ? off : 0;
  return {
    widened,
    box: { ...box, x0: Math.max(0, box.x0 - margin - left), x1: Math.min(width, box.x1 + margin + right) },
  };
}

function plain(word: string): string {
  return word.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Words the engine saw surely, and how often: what stands twice on a paper was hardly misread. */
function wordsSeen({ lines }: Layout): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { text, confidence } of lines.flatMap((line) => line.tokens)) {
    if (confidence >= 0.85 && plain(text).length > 3) seen.set(plain(text), (seen.get(plain(text)) ?? 0) + 1);
  }
  return seen;
}

function countIn({ tokens }: HeadLine, word: string): number {
  return tokens.filter(({ text }) => plain(text) === plain(word)).length;
}

function isKnownWord(word: string): boolean {
  const letters = word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (letters.length < 3) return false;
  return addressWords.has(letters) || isReceiptWord(letters) || hasLegalForm(letters) || hasTrade(letters);
}

/** The line with each word as the two readings make it likeliest. */
function settled(
  line: HeadLine,
  answer: SecondReading,
  widened: boolean,
  isKnown: (word: string) => boolean,
  layout: Layout,
): HeadLine {
  const second = answer.words ?? answer.text.split(/\s+/).map((text) => ({ text, confidence: answer.confidence }));
  const pairs = alignWords(
    line.tokens.map(({ text }) => plain(text)),
    second.map(({ text }) => plain(text)),
  );
  let agrees = true;
  const tokens = pairs.flatMap((pair): Token[] => {
    const ours = pair.first.map((i) => line.tokens[i]!);
    const theirs = pair.second.map((j) => second[j]!);
    const same = plain(textOf(ours)) === plain(textOf(theirs));
    agrees &&= same;
    if (same || theirs.length === 0) return ours;
    if (ours.length === 0) return missed(pair, pairs, line, theirs, widened);
    return prefersSecond(ours, theirs, isKnown) ? [replaced(ours, theirs)] : ours;
  });
  return { ...withTokens(line, tokens, layout), agreement: agrees ? 'agrees' : 'differs' };
}

interface Seen {
  readonly text: string;
  readonly confidence: number;
}

function textOf(words: readonly Seen[]): string {
  return words.map(({ text }) => text).join(' ');
}

function least(words: readonly Seen[]): number {
  return Math.min(1, ...words.map(({ confidence }) => confidence));
}

/** The page's reading sees more of the paper than a cut line: it gives way only where it doubted itself. */
const DOUBTFUL = 0.5;
const SURER = 0.2;

/** A known word wins over an unknown one; between two of a kind, the surer. */
function prefersSecond(ours: readonly Seen[], theirs: readonly Seen[], isKnown: (word: string) => boolean): boolean {
  const known = (words: readonly Seen[]) =>
    words.some(({ text }) => isKnown(text)) || isKnown(words.map(({ text }) => text).join(''));
  if (known(ours) !== known(theirs)) return known(theirs);
  return least(ours) < DOUBTFUL && least(theirs) > least(ours) + SURER;
}

function replaced(ours: readonly Token[], theirs: readonly Seen[]): Token {
  return { ...ours[0]!, ...boxAround(ours), text: textOf(theirs), confidence: Math.min(least(ours), least(theirs)) };
}

/** A word only the second reading saw: taken where the first left room for it and it was seen surely. */
function missed(
  pair: WordPair,
  pairs: readonly WordPair[],
  line: HeadLine,
  theirs: readonly Seen[],
  widened: boolean,
): Token[] {
  const at = pairs.indexOf(pair);
  const before = pairs.slice(0, at).findLast(({ first }) => first.length > 0);
  const after = pairs.slice(at + 1).find(({ first }) => first.length > 0);
  const edge = !before || !after;
  const sure = least(theirs) >= 0.6 && (plain(textOf(theirs)).length > 1 || /\d/.test(textOf(theirs)));
  if (!sure || (edge && !widened)) return [];
  const near = line.tokens[before?.first.at(-1) ?? after?.first[0] ?? 0]!;
  return theirs.map((seen) => ({ ...near, ...seen }));
}
