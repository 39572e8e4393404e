import { median } from '../lines.ts';
import { answerBelow, isUnder, type Sheet } from './answers.ts';
import type { Element } from './elements.ts';

/** The caption of a box or of a line to sign on, in smaller print than its answer. */
export interface CaptionedAnswer {
  readonly caption: Element;
  readonly answer: readonly Element[];
}

/** Fewer may be a letter's head: a small line over a large one. */
const LEAST_CAPTIONS = 3;
const LEAST_SIGNED = 2;
/** How much of an answer's size a caption has at most: as height times width of a letter, and as height alone. */
const SMALLER = 0.7;
const LOWER = 0.85;
/** In text heights. */
const SAME_LEFT = 1.2;
const REACH = 2.2;
const MOST_WORDS = 8;

/** Small print at the left edge of larger print: its caption, where it stands above, and under a line to sign on below. */
export function findCaptioned(sheet: Sheet): CaptionedAnswer[] {
  const over = sheet.lines.flatMap((line) => captionsOver(sheet, line));
  const boxed = over.length < LEAST_CAPTIONS ? [] : over;
  // No answer goes on into the caption of the next box.
  for (const caption of boxed) sheet.taken.add(caption);
  const below = boxed.map((caption) => claimed(sheet, caption, answerUnder(sheet, caption)));
  return [...below, ...signed(sheet)];
}

/** Captions side by side are of one size, though a worn one may look larger. */
function captionsOver(sheet: Sheet, line: readonly Element[]): Element[] {
  const captions = line.filter((element) => isCaption(element) && !sheet.taken.has(element));
  const answered = captions.filter((caption) => beginsWith(sheet, caption, answerUnder(sheet, caption)[0]));
  const small = answered.filter((caption) => isSmaller(sheet, caption, answerUnder(sheet, caption)[0]!));
  return small.length > answered.length / 2 ? answered : [];
}

/** An answer may look like a label, such as `Sales office`: larger print than its caption is none. */
function answerUnder(sheet: Sheet, caption: Element): readonly Element[] {
  const answer = answerBelow(sheet, caption);
  if (answer.length > 0) return answer;
  const next = sheet.lines[caption.line.index + 1]?.find((element) => beginsWith(sheet, caption, element));
  const isFree = next?.kind === 'question' && !next.colon && !sheet.taken.has(next);
  const isNear = isFree && isUnder(caption, next, REACH * sheet.layout.textHeight);
  return isNear && isSmaller(sheet, caption, next) ? [next] : [];
}

function claimed({ taken }: Sheet, caption: Element, answer: readonly Element[]): CaptionedAnswer {
  for (const element of [caption, ...answer]) taken.add(element);
  return { caption, answer };
}

function signed(sheet: Sheet): CaptionedAnswer[] {
  return sheet.lines.flatMap((line) => {
    const free = line.filter((element) => isCaption(element) && !sheet.taken.has(element));
    const found = free.flatMap((caption) => {
      const above = sheet.lines[caption.line.index - 1]?.find((element) => beginsWith(sheet, caption, element));
      const near =
        above && isSmaller(sheet, caption, above) && isUnder(above, caption, REACH * sheet.layout.textHeight);
      return near && above.kind === 'text' && !sheet.taken.has(above) ? [{ caption, above }] : [];
    });
    if (found.length < Math.max(LEAST_SIGNED, line.length)) return [];
    return found.map(({ caption, above }) => claimed(sheet, caption, [above]));
  });
}

function isCaption({ kind, colon, text, tokens }: Element): boolean {
  return kind !== 'box' && !colon && /\p{L}{2}/u.test(text) && !/\d{3}/.test(text) && tokens.length <= MOST_WORDS;
}

function beginsWith({ layout }: Sheet, caption: Element, print: Element | undefined): print is Element {
  return print !== undefined && Math.abs(print.x0 - caption.x0) <= SAME_LEFT * layout.textHeight;
}

function isSmaller({ layout }: Sheet, caption: Element, print: Element): boolean {
  // A text layer's boxes are as high as its fonts.
  if (!layout.ocr) return caption.y1 - caption.y0 < LOWER * (print.y1 - print.y0);
  return sizeOf(caption) < SMALLER * sizeOf(print);
}

/** Of a usual letter. Height alone tells too little: capitals and digits are lower than letters with feet. */
function sizeOf({ tokens }: Element): number {
  const width = tokens.reduce((sum, { x0, x1 }) => sum + x1 - x0, 0);
  const letters = tokens.reduce((sum, { text }) => sum + text.length, 0);
  return (width / letters) * median(tokens.map(({ y0, y1 }) => y1 - y0));
}
