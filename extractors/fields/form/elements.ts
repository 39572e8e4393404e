import { type Layout, type Line, type Segment, type Token, toSegment } from '../lines.ts';
import { labelPrefix, labelSuffix } from './labelWords.ts';
import { type SignedLine, signedLine } from './minusSigns.ts';

/** A part of a form's line: what asks, what may answer, or a box to be ticked. */
export interface Element extends Segment {
  readonly kind: 'question' | 'text' | 'box';
  readonly line: Line;
  /** A question that says so by its colon. */
  readonly colon: boolean;
  /** A box with a mark in it. */
  readonly marked: boolean;
  /** An empty field, drawn as a line of dots or strokes, stands before it. */
  readonly afterField: boolean;
  /** Holds an amount that a dash stands beside, which may be its sign. */
  readonly unsureSign: boolean;
}

const MOST_LABEL_WORDS = 9;
const EMPTY_FIELD = /^[\s_.…\-–—=]*[_.…]{3,}[\s_.…\-–—=]*$/u;
const RULE = /^[|¦[\]{}_~=—–\\/.,'`"*-]+$/u;
const MARKED_BOX = /^(?:[☒☑✓✔✗✘☓]|[[(]\s*[xX✓✔✗]\s*[\])]|[[(][xX]|[xX][\])])$/u;
const BRACKETS = /^(?:\[ ?[xX✓✔]? ?\]|\( ?[xX✓✔]? ?\))$/u;
const EMPTY_BOX = /^(?:[☐□◻▢❏❑]|\[\s*\]|\(\s*\)|_+[xX]?_*\)?)$/u;

/** `__init__`: strokes that belong to a name stand on both of its sides; what a field is written on is longer, or on one. */
const STROKED_NAME = /^(_{1,2})[\p{L}\d]+(?:_[\p{L}\d]+)*\1:?$/u;

export function isStrokedName(text: string): boolean {
  return STROKED_NAME.test(text);
}

/** The lines of a form as questions, texts and boxes, from left to right. */
export function formLines(layout: Layout): Element[][] {
  const lines = layout.lines.map((line) => ({ line, pieces: piecesOf(line, layout) }));
  const items = lines.flatMap(({ pieces }) => pieces).filter(({ box, tokens }) => !box && isItem(tokens));
  // Captions with numbers: `1. Name of applicant`.
  const numbered = items.length >= LEAST_ITEMS;
  return lines.map(({ line, pieces }) => {
    const elements = pieces.flatMap((piece) => elementsOfPiece(piece, line, numbered));
    return elements.map((element, i) => (isNameBehindColon(elements, i) ? { ...element, kind: 'text' } : element));
  });
}

/** `To: Sales department`: the last words of a line, close behind a colon, answer, though they look like a label. */
function isNameBehindColon(elements: readonly Element[], at: number): boolean {
  const [asking, said] = [elements[at - 1], elements[at]!];
  if (said.kind !== 'question' || said.colon || said.tokens.length < 2 || !asking?.colon) return false;
  const next = elements[at + 1];
  const isClose = said.x0 - asking.x1 < CLOSE_ANSWER * (said.y1 - said.y0);
  return isClose && (next === undefined || next.colon);
}

/** In heights of the answer. */
const CLOSE_ANSWER = 8;

/** Fewer numbered captions may be anything: a list, a house number. */
const LEAST_ITEMS = 3;

/** A caption with its number in the form: `4. City`, `12b) Date of hire`. */
export function isItem(tokens: readonly Token[]): boolean {
  if (tokens.length > MOST_LABEL_WORDS) return false;
  const text = textOf(tokens);
  return /^\(?\d{1,2}[a-z]?[.)]\s?\p{Lu}\p{L}/u.test(text) && !/\p{Ll}{2}[.,;]$/u.test(text);
}

interface Piece {
  readonly tokens: readonly Token[];
  readonly afterField: boolean;
  readonly unsure: SignedLine['unsure'];
  readonly box?: 'marked' | 'empty';
}

/** Lines up and down in which a table's column shows. */
const NEAR_LINES = 12;

/** Words without a column's gap, an empty field or a box between them. */
function piecesOf(line: Line, { lines, ocr }: Layout): Piece[] {
  const pieces: Piece[] = [];
  const near = lines.slice(Math.max(0, line.index - NEAR_LINES), line.index + NEAR_LINES + 1);
  const { runs, spans, unsure } = signedLine(line, near);
  let afterField = false;
  for (const tokens of runs) {
    let run: Token[] = [];
    const close = () => {
      if (run.length > 0) pieces.push({ tokens: run, afterField, unsure });
      if (run.length > 0) afterField = false;
      run = [];
    };
    bracketsJoined(tokens).forEach((token, i, all) => {
      const box = boxSign(token.text, all[i - 1]?.text, all[i + 1]?.text);
      if (box) {
        close();
        pieces.push({ tokens: [token], afterField: false, unsure, box });
      } else if (EMPTY_FIELD.test(token.text)) {
        close();
        afterField = true;
      } else if (spans.has(token) || !isNoise(token, ocr)) run.push(token);
    });
    close();
  }
  return pieces;
}

/** `[ ]` and `[ x ]` set as several words are one sign. */
function bracketsJoined(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const length = [2, 3].find((count) => BRACKETS.test(textOf(tokens.slice(i, i + count)))) ?? 1;
    const parts = tokens.slice(i, i + length);
    joined.push(length === 1 ? tokens[i]! : { ...tokens[i]!, text: textOf(parts), x1: parts.at(-1)!.x1 });
    i += length - 1;
  }
  return joined;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

/** An X of its own before a word is a tick; between numbers it multiplies. */
function boxSign(text: string, before: string | undefined, after: string | undefined): Piece['box'] {
  if (MARKED_BOX.test(text)) return 'marked';
  if (text === 'X' && after !== undefined && /^\p{L}{2}/u.test(after) && !/\d$|:$/.test(before ?? '')) return 'marked';
  return EMPTY_BOX.test(text) && !EMPTY_FIELD.test(text) ? 'empty' : undefined;
}

/** Rules of a form and specks of a scan that an engine took for signs. */
function isNoise({ text, confidence }: Token, ocr: boolean): boolean {
  return RULE.test(text) || (ocr && text.length <= 2 && confidence < 0.3 && !/\d/.test(text));
}

function elementsOfPiece(piece: Piece, line: Line, numbered: boolean): Element[] {
  const { tokens, afterField, unsure, box } = piece;
  const element = (kind: Element['kind'], part: readonly Token[], about: Partial<Element> = {}): Element => ({
    ...toSegment(part),
    ...{ kind, line, colon: false, marked: false, afterField: afterField && part[0] === tokens[0] },
    unsureSign: part.some((token) => unsure.has(token)),
    ...about,
  });
  if (box) return [element('box', tokens, { marked: box === 'marked' })];
  const colons = tokens.flatMap((token, i) => (endsQuestion(token, i, tokens) ? [i] : []));
  if (colons.length === 0) {
    return numbered && isItem(tokens) ? [element('question', tokens)] : plainElements(tokens, element);
  }
  const elements: Element[] = [];
  let from = 0;
  for (const at of colons) {
    const start = elements.length === 0 && at < MOST_LABEL_WORDS ? 0 : questionStart(tokens, from, at);
    if (start > from) elements.push(element('text', tokens.slice(from, start)));
    elements.push(element('question', tokens.slice(start, at + 1), { colon: true }));
    from = at + 1;
  }
  return from < tokens.length ? [...elements, element('text', tokens.slice(from))] : elements;
}

function endsQuestion({ text }: Token, i: number, tokens: readonly Token[]): boolean {
  const before = tokens[i - 1];
  if (text === ':') return before !== undefined && /[\p{L})#.]$/u.test(before.text);
  if (text.endsWith('?')) return i === tokens.length - 1 && i > 0;
  if (/[\p{L})#.?\]]:$/u.test(text) || (text.endsWith(':') && isStrokedName(text))) return !/^https?:$/i.test(text);
  return i < 4 && isMisreadColon(text) && labelSuffix(tokens.slice(0, i + 1)) === i + 1;
}

/** A speck makes a semicolon of a colon. */
function isMisreadColon(text: string): boolean {
  return /\p{L};$/u.test(text);
}

/** Where a question begins that follows an answer in the same run of words: at a wide space, a known label, or its last word. */
function questionStart(tokens: readonly Token[], from: number, at: number): number {
  const first = from + 1;
  if (at <= first) return Math.min(first, at);
  const gaps = tokens.slice(first, at + 1).map((token, i) => token.x0 - tokens[first + i - 1]!.x1);
  const widest = Math.max(...gaps);
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1]!;
  const height = tokens[at]!.y1 - tokens[at]!.y0;
  if (widest > 0.7 * height && widest > 1.6 * usual) return first + gaps.indexOf(widest);
  return at + 1 - Math.max(1, labelSuffix(tokens.slice(first, at + 1)));
}

type Make = (kind: Element['kind'], part: readonly Token[]) => Element;

/** A run without a colon asks where it is nothing but a label, or begins with one and goes on otherwise: `Date 3/1/98`. */
function plainElements(tokens: readonly Token[], element: Make): Element[] {
  const words = tokens.map(({ text }) => text);
  const numbered = numberPrefix(words);
  const length = isNamed(tokens) ? words.length : Math.max(labelPrefix(tokens), numbered);
  const short = words.length <= MOST_LABEL_WORDS;
  if (length === 0 || !short || words.some(isSentenceEnd)) return [element('text', tokens)];
  if (length === words.length) return [element('question', tokens)];
  const rest = words.slice(length);
  const written =
    length === numbered || /\d/.test(rest[0]!) || (isCapitals(words.slice(0, length)) && !isCapitals(rest));
  if (!written || /^\p{Ll}/u.test(words[0]!)) return [element('text', tokens)];
  return [element('question', tokens.slice(0, length)), element('text', tokens.slice(length))];
}

/** `Agreement No. SA-2026-118`: words up to one for a number, where a number follows and little else. */
function numberPrefix(words: readonly string[]): number {
  const at = words.findIndex((word, i) => (i > 0 && NUMBER.test(word)) || NUMBER_OF_ITS_OWN.test(word));
  const said = words.slice(at + 1);
  const isAsked = at >= 0 && at < MOST_WORDS_TO_NUMBER && /^\p{Lu}/u.test(words[0]!);
  // `Apartment number 5 is yours` is a sentence.
  const isSentence = /^\p{Ll}/u.test(said[0] ?? '') || said.some((word) => /^\p{Ll}{2,}[.,;]?$/u.test(word));
  const isNumber = /\d/.test(said.join('')) && !isSentence;
  return isAsked && isNumber && said.length <= MOST_NUMBER_WORDS ? at + 1 : 0;
}

const NUMBER = /^(?:(?:no|nr|number|nummer)\.?|#)$/i;
/** `Vermittler-Nr.`, `Vertragsnummer` */
const NUMBER_OF_ITS_OWN = /\p{L}{3}(?:-(?:no|nr)\.?|nr\.|nummer)$/iu;
const MOST_WORDS_TO_NUMBER = 4;
const MOST_NUMBER_WORDS = 3;

/** `First name`, `Vendor Tax ID`: few words in capitals or with a capital that end in a label's word. */
function isNamed(tokens: readonly Token[]): boolean {
  return tokens.length <= 4 && /^\p{Lu}\D*$/u.test(textOf(tokens)) && labelSuffix(tokens) > 0;
}

function isSentenceEnd(word: string, i: number, words: readonly string[]): boolean {
  return i < words.length - 1 && /\p{Ll}{3,}[.!?]$/u.test(word);
}

function isCapitals(words: readonly string[]): boolean {
  const text = words.join('');
  return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}
