import { type Rectangle, type Rotation, type Size, scaleRectangle, turnRectangle } from './geometry.ts';
import { type Grey, resize, tilt, turn } from './grey.ts';
import { evenLight } from './illumination.ts';
import { findMarks, inkThreshold } from './marks.ts';
import { skewOf, turnNeeded } from './stance.ts';

/** A picture made ready for the OCR engine, and the way back to the pixels it was made of. */
export interface Prepared {
  readonly image: Grey;
  readonly dpi: number;
  /** Degrees clockwise by which the original was turned to stand upright. */
  readonly rotation: Rotation;
  /** The size of the original, so turned. */
  readonly upright: Size;
  /** From the prepared image's pixels to the upright original's. */
  toUpright(box: Rectangle): Rectangle;
}

/** The engine was trained on text of about 10 points at 300 dpi: letters without ascender 20 pixels high. */
const GOOD_LETTER_HEIGHT = 20;
const GOOD_DPI = 300;
const LEAST_SCALE = 0.4;
const MOST_SCALE = 4;
const CLOSE_ENOUGH = 1.15;
const MOST_PIXELS = 20_000_000;
const LEAST_SKEW = 0.15;

/** Even light, upright, letters of the size the engine reads best, lines level. `rotation` overrules what the letters say. */
export async function prepare(original: Grey, rotation?: Rotation): Promise<Prepared> {
  const lit = await evenLight(original);
  const letters = lettersOf(lit);
  const letterHeight = median(letters.map((letter) => letter.y1 - letter.y0)) || GOOD_LETTER_HEIGHT;
  const needed = rotation ?? turnNeeded(letters, letterHeight, lit);
  const upright = await turn(lit, needed);
  const standing = letters.map((letter) => turnRectangle(letter, lit, needed));
  const skew = skewOf(standing, letterHeight);

  const scale = goodScale(letterHeight, upright);
  const scaled = await resize(upright, Math.round(upright.width * scale), Math.round(upright.height * scale));
  const image = Math.abs(skew) < LEAST_SKEW ? scaled : await tilt(scaled, -skew);
  return {
    image,
    dpi: GOOD_DPI,
    rotation: needed,
    upright: { width: upright.width, height: upright.height },
    toUpright: (box) => {
      const level = image === scaled ? box : tiltBack(box, scaled, image, skew);
      return scaleRectangle(level, upright.width / scaled.width, upright.height / scaled.height);
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
