import { type Rectangle, type Rotation, type Size, scaleRectangle, turnRectangle } from './geometry.ts';
import { type Grey, LONGEST_SIDE, resize, tilt, turn } from './grey.ts';
import { groundOf, lightPrintDarkened, withoutSurround } from './ground.ts';
import { evenLight } from './illumination.ts';
import { findMarks, inkThreshold, type Mark } from './marks.ts';
import { type Upright, withoutRules } from './rules.ts';
import { skewOf, turnNeeded } from './stance.ts';

/** A page made ready to be read: even light, upright, level, without rules; and the way back to its own pixels. */
export interface Prepared {
  readonly image: Grey;
  /** The same with its rules, for an engine that finds its own way. */
  readonly ruled: Grey;
  /** Darker than this is ink. */
  readonly threshold: number;
  readonly marks: readonly Mark[];
  /** Where its upright rules stood. */
  readonly uprights: readonly Upright[];
  /** Height of its usual letters, in pixels; the typical one where it has none. */
  readonly letterHeight: number;
  /** Degrees clockwise by which the original was turned to stand upright. */
  readonly rotation: Rotation;
  /** The size of the original, so turned. */
  readonly upright: Size;
  /** From the prepared image's pixels to the upright original's. */
  toUpright(box: Rectangle): Rectangle;
}

/** The engine was trained on text of about 10 points at 300 dpi: letters without ascender 20 pixels high. */
const GOOD_LETTER_HEIGHT = 20;
const LEAST_SCALE = 0.4;
const MOST_SCALE = 4;
const CLOSE_ENOUGH = 1.15;
const MOST_PIXELS = 20_000_000;
/** Less is left to the strips, which follow the slope of their own text. */
const LEAST_SKEW = 0.7;

/** `rotation` overrules what the letters say of how the page lies. */
export async function prepare(original: Grey, rotation?: Rotation): Promise<Prepared> {
  const lit = await litPaper(original);
  const threshold = inkThreshold(lit);
  const letters = lettersOf(findMarks(lit, threshold));
  const firstHeight = heightOf(letters);
  const needed = rotation ?? turnNeeded(letters, firstHeight, lit);
  const upright = await turn(lit, needed);
  const standing = letters.map((letter) => turnRectangle(letter, lit, needed));
  const skew = skewOf(standing, firstHeight);
  const level = Math.abs(skew) < LEAST_SKEW ? upright : await tilt(upright, -skew);

  const { image, uprights } = withoutRules(level, threshold, firstHeight);
  const marks = findMarks(image, threshold);
  return {
    image,
    ruled: level,
    threshold,
    marks,
    uprights,
    letterHeight: heightOf(lettersOf(marks)),
    rotation: needed,
    upright: { width: upright.width, height: upright.height },
    toUpright: (box) => (level === upright ? box : tiltBack(box, upright, level, skew)),
  };
}

/** Light print darkened, light even, nothing around the paper: dark print on white. */
async function litPaper(original: Grey): Promise<Grey> {
  const ground = await groundOf(original);
  if (!ground) return evenLight(original);
  return withoutSurround(await evenLight(lightPrintDarkened(original, ground)), ground);
}

/** The page with its rules in the size the engine reads best as a whole, and how many times as large it is. */
export async function inGoodSize({ ruled: image, letterHeight }: Prepared): Promise<{ image: Grey; scale: number }> {
  const wanted = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, GOOD_LETTER_HEIGHT / letterHeight));
  const near = wanted < CLOSE_ENOUGH && wanted > 1 / CLOSE_ENOUGH ? 1 : wanted;
  const longest = Math.max(image.width, image.height);
  const scale = Math.min(near, Math.sqrt(MOST_PIXELS / (image.width * image.height)), LONGEST_SIDE / longest);
  const sized = await resize(image, Math.round(image.width * scale), Math.round(image.height * scale));
  return { image: sized, scale: sized.width / image.width };
}

export function toPrepared(box: Rectangle, scale: number): Rectangle {
  return scaleRectangle(box, 1 / scale, 1 / scale);
}

/** Marks of the size and shape of letters. */
function lettersOf(marks: readonly Mark[]): Mark[] {
  return marks.filter(({ x0, y0, x1, y1 }) => {
    const width = x1 - x0;
    const height = y1 - y0;
    return height >= 5 && height <= 150 && width >= 2 && width < height * 3 && height < width * 6;
  });
}

function heightOf(letters: readonly Mark[]): number {
  return median(letters.map((letter) => letter.y1 - letter.y0)) || GOOD_LETTER_HEIGHT;
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
