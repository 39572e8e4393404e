import { hasMiddleIn, liesIn, type Rectangle } from './geometry.ts';
import type { Grey } from './grey.ts';
import type { Mark } from './marks.ts';
import type { OcrWord } from './ocr.ts';
import { setInto } from './pageFusion.ts';

/** A square drawn to be ticked. */
export interface TickBox extends Rectangle {
  readonly ticked: boolean;
}

/** What is darker than the threshold is ink. */
export interface Inked {
  readonly image: Grey;
  readonly threshold: number;
}

/** A page as far as its boxes go by it. */
export interface MarkedPage extends Inked {
  readonly marks: readonly Mark[];
  readonly letterHeight: number;
}

/** Sides of a box, in heights of the page's letters. */
const SMALLEST = 0.8;
const LARGEST = 2.8;
const LEAST_PIXELS = 9;
const MOST_OBLONG = 1.3;
/** How deep its frame may lie within its rectangle, as a share of its side. */
const FRAME = 0.2;
/** A frame has ink along so much of each side: round letters have none at their corners. */
const UNBROKEN = 0.94;
/** Frames this near each other, in their sides, are cells of one field. */
const NEXT_CELL = 0.5;
/** Of what lies well inside the frame: less is a speck, more is a bullet. */
export const LEAST_TICK = 0.05;
const MOST_TICK = 0.8;
const INSIDE = 0.26;

/** The boxes on a page, and the marks that are neither a box nor the tick in one. */
export function findTickBoxes(page: MarkedPage): { boxes: readonly TickBox[]; others: readonly Mark[] } {
  const framed = page.marks.filter((mark) => hasBoxSize(mark, page.letterHeight) && isFrame(mark, page));
  const alone = framed.filter((frame) => !framed.some((other) => isNextCell(frame, other)));
  const boxes = alone.flatMap((frame): TickBox[] => {
    const ink = inkInside(frame, page);
    return ink > MOST_TICK
      ? []
      : [{ x0: frame.x0, y0: frame.y0, x1: frame.x1, y1: frame.y1, ticked: ink > LEAST_TICK }];
  });
  if (boxes.length === 0) return { boxes, others: page.marks };
  return { boxes, others: page.marks.filter((mark) => !boxes.some((box) => liesIn(mark, box))) };
}

/** Frames set side by side are a field's cells, a letter in each. */
export function isNextCell(a: Rectangle, b: Rectangle): boolean {
  const gap = Math.max(a.x0, b.x0) - Math.min(a.x1, b.x1);
  const apart = Math.abs(a.y0 - b.y0);
  return a !== b && gap < NEXT_CELL * (a.x1 - a.x0) && apart < NEXT_CELL * (a.y1 - a.y0);
}

function hasBoxSize({ x0, y0, x1, y1 }: Mark, letterHeight: number): boolean {
  const [short, long] = [x1 - x0, y1 - y0].sort((a, b) => a - b) as [number, number];
  if (short < LEAST_PIXELS || long > MOST_OBLONG * short) return false;
  return short >= SMALLEST * letterHeight && long <= LARGEST * letterHeight;
}

/** Whether there is ink along all four sides of a rectangle in whole pixels. */
export function isFrame(box: Rectangle, page: Inked): boolean {
  const deep = Math.max(2, Math.round(FRAME * Math.min(box.x1 - box.x0, box.y1 - box.y0)));
  const top = { ...box, y1: box.y0 + deep };
  const bottom = { ...box, y0: box.y1 - deep };
  const left = { ...box, x1: box.x0 + deep };
  const right = { ...box, x0: box.x1 - deep };
  return (
    [top, bottom].every((band) => inkedShare(band, page, 'columns') >= UNBROKEN) &&
    [left, right].every((band) => inkedShare(band, page, 'rows') >= UNBROKEN)
  );
}

/** Share of a rectangle's columns or rows with ink in them. */
function inkedShare({ x0, y0, x1, y1 }: Rectangle, page: Inked, what: 'columns' | 'rows'): number {
  const inked = new Set<number>();
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) if (isInk(page, x, y)) inked.add(what === 'columns' ? x : y);
  }
  return inked.size / (what === 'columns' ? x1 - x0 : y1 - y0);
}

/** Share of ink (0 to 1) in the middle of a frame in whole pixels. */
export function inkInside({ x0, y0, x1, y1 }: Rectangle, page: Inked): number {
  const inset = Math.ceil(INSIDE * Math.min(x1 - x0, y1 - y0));
  let ink = 0;
  let all = 0;
  for (let y = y0 + inset; y < y1 - inset; y++) {
    for (let x = x0 + inset; x < x1 - inset; x++) {
      all++;
      if (isInk(page, x, y)) ink++;
    }
  }
  return all === 0 ? 1 : ink / all;
}

function isInk({ image, threshold }: Inked, x: number, y: number): boolean {
  return image.data[y * image.width + x]! < threshold;
}

/** Sides and corners are clear, the tick may be a speck: a person's look settles it. */
const SURE_OF_BOX = 0.9;

/** A page's words with its boxes as signs among them, in the place of what an engine took them for. */
export function withBoxes(lines: readonly (readonly OcrWord[])[], boxes: readonly TickBox[]): OcrWord[][] {
  return withSigns(lines, boxes.map(signOf));
}

export function signOf({ ticked, ...place }: TickBox): OcrWord {
  return { ...place, text: ticked ? '☒' : '☐', confidence: SURE_OF_BOX };
}

/** Lines of words with signs among them, in the place of what stood there. */
export function withSigns<W extends Rectangle>(lines: readonly (readonly W[])[], signs: readonly W[]): W[][] {
  const all = lines.map((line) => line.filter((word) => !signs.some((sign) => hasMiddleIn(word, sign))));
  for (const sign of signs) setInto(all, sign);
  return all.filter((line) => line.length > 0);
}
