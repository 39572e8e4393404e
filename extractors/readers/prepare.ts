import type { Rectangle } from './geometry.ts';
import { type Grey, resize, tilt } from './grey.ts';
import { evenLight } from './illumination.ts';
import { findMarks, inkThreshold } from './marks.ts';
import { skewOf } from './skew.ts';

/** A picture made ready for the OCR engine, and the way back to the pixels it was made of. */
export interface Prepared {
  readonly image: Grey;
  readonly dpi: number;
  toOriginal(box: Rectangle): Rectangle;
}

/** The engine was trained on text of about 10 points at 300 dpi: letters without ascender 20 pixels high. */
const GOOD_LETTER_HEIGHT = 20;
const GOOD_DPI = 300;
const LEAST_SCALE = 0.4;
const MOST_SCALE = 4;
const CLOSE_ENOUGH = 1.15;
const MOST_PIXELS = 20_000_000;
const LEAST_SKEW = 0.15;

/** Even light, letters of the size the engine reads best, lines level. */
export async function prepare(original: Grey): Promise<Prepared> {
  const lit = await evenLight(original);
  const letters = lettersOf(lit);
  const letterHeight = median(letters.map((letter) => letter.y1 - letter.y0)) || GOOD_LETTER_HEIGHT;
  const scale = goodScale(letterHeight, original);
  const skew = skewOf(letters, letterHeight);

  const scaled = await resize(lit, Math.round(original.width * scale), Math.round(original.height * scale));
  const image = Math.abs(skew) < LEAST_SKEW ? scaled : await tilt(scaled, -skew);
  const byX = original.width / scaled.width;
  const byY = original.height / scaled.height;
  return {
    image,
    dpi: GOOD_DPI,
    toOriginal: (box) => {
      const level = image === scaled ? box : tiltBack(box, scaled, image, skew);
      return { x0: level.x0 * byX, y0: level.y0 * byY, x1: level.x1 * byX, y1: level.y1 * byY };
    },
  };
}

/** Marks of the size and shape of letters. */
function lettersOf(image: Grey): Rectangle[] {
  const marks = findMarks(image, inkThreshold(image));
  return marks.filter(({ x0, y0, x1, y1 }) => {
    const width = x1 - x0;
    const height = y1 - y0;
    return height >= 5 && height <= 150 && width >= 2 && width < height * 3 && height < width * 6;
  });
}

function goodScale(letterHeight: number, { width, height }: Grey): number {
  const wanted = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, GOOD_LETTER_HEIGHT / letterHeight));
  const scale = wanted < CLOSE_ENOUGH && wanted > 1 / CLOSE_ENOUGH ? 1 : wanted;
  return Math.min(scale, Math.sqrt(MOST_PIXELS / (width * height)));
}

/** The upright rectangle around where a box of the levelled picture lay before; both turn around their centres. */
function tiltBack(box: Rectangle, before: Grey, after: Grey, skew: number): Rectangle {
  const angle = (skew * Math.PI) / 180;
  const turnBack = (x: number, y: number) => {
    const dx = x - after.width / 2;
    const dy = y - after.height / 2;
    return {
      x: before.width / 2 + dx * Math.cos(angle) - dy * Math.sin(angle),
      y: before.height / 2 + dx * Math.sin(angle) + dy * Math.cos(angle),
    };
  };
  const middle = (box.y0 + box.y1) / 2;
  const half = (box.y1 - box.y0) / 2;
  const left = turnBack(box.x0, middle);
  const right = turnBack(box.x1, middle);
  return {
    x0: Math.min(left.x, right.x),
    y0: Math.min(left.y, right.y) - half,
    x1: Math.max(left.x, right.x),
    y1: Math.max(left.y, right.y) + half,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
