import { SystemException, type Word } from '#core';
import { grown, hasMiddleIn, type Rectangle, scaleRectangle } from './geometry.ts';
import { type Grey, turn } from './grey.ts';
import { linesOf, textOf } from './mixedPage.ts';
import { isSamePlace } from './pageFusion.ts';
import type { TypedPage } from './pdfText.ts';
import type { Raster } from './raster.ts';
import { inkInside, isFrame, isNextCell, LEAST_TICK, signOf, type TickBox, withSigns } from './tickBoxes.ts';

/** A box of five points has 15 pixels to a side. */
const LOOK_SCALE = 3;
const MOST_PIXELS = 10_000_000;

/** What is typed into a box to tick it, also in fonts of signs, which call theirs otherwise. */
const MARK = /^(?:[xXvV×✓✔✕✖✗✘☓■●•√+*]|[\uf021-\uf0ff]|[üûþý])$/u;
const SIGN = /^[☐☑☒□◻▢❏❑]$/u;
/** Of the heights of box and caption, the smaller one. */
const LEVEL = 0.3;
/** Sides of a box, in heights of its caption. */
const LOW = 0.4;
const HIGH = 2.2;
/** In sides of the box. */
const REACH = 4;
/** Boxes of one form differ by less. */
const SAME_SIZE = 0.15;

/** A frame may be pale; what fills a box is not. */
const FRAME_CONTRAST = 25;
const TICK_CONTRAST = 50;
/** Where the ground around a frame is seen, in pixels, and within it, in its sides: past its stroke. */
const OUTSIDE = { from: 1, to: 4 };
const INSIDE = { from: 0.1, to: 0.2 };
const WHITE = 255;
/** Grey, a box may not be used; in a colour it may be a legend's. */
const BLACK = 80;

/**
 * A page whose text layer says all but its boxes: the squares it draws beside a caption become signs among the words, in
 * the place of an X typed into them. Whether one is ticked, the page's picture tells, which is looked at for nothing else;
 * a page that cannot be drawn keeps the words it has.
 */
export async function withDrawnBoxes(typed: TypedPage, picture: () => Promise<Raster>): Promise<TypedPage> {
  const squares = squaresWithCaption(typed);
  if (squares.length === 0) return typed;
  const image = await closeLook(typed, picture).catch((error: unknown) => {
    if (error instanceof SystemException) throw error;
    return undefined;
  });
  const boxes = image ? boxesSeen(squares, typed, image) : [];
  if (boxes.length === 0) return typed;
  const { page } = typed;
  const signs = boxes.map((box): Word => ({ ...signOf(box), page: page.number }));
  const lines = withSigns(linesOf(page.words, typed.text), signs);
  return { ...typed, page: { ...page, words: lines.flat() }, text: textOf(lines) };
}

/** Squares with a text beside them on their line, and nothing in them but what may be a tick. */
function squaresWithCaption({ page, unprinted, squares }: TypedPage): Rectangle[] {
  if (squares.length === 0) return [];
  const printed = page.words.filter((word) => !unprinted.has(word));
  const captions = printed.filter(
    (word) => /[\p{L}\p{N}]/u.test(word.text) && !squares.some((square) => hasMiddleIn(word, square)),
  );
  return squares.filter((square) => {
    const within = printed.filter((word) => hasMiddleIn(word, square));
    const isTaken = printed.some((word) => SIGN.test(word.text) && isSamePlace(word, square));
    return !isTaken && within.every(({ text }) => MARK.test(text)) && captions.some((word) => isBeside(word, square));
  });
}

function isBeside(caption: Rectangle, square: Rectangle): boolean {
  const side = square.y1 - square.y0;
  const height = caption.y1 - caption.y0;
  const level = Math.min(caption.y1, square.y1) - Math.max(caption.y0, square.y0);
  const gap = Math.max(caption.x0 - square.x1, square.x0 - caption.x1);
  return (
    level >= LEVEL * Math.min(side, height) && side >= LOW * height && side <= HIGH * height && gap <= REACH * side
  );
}

async function closeLook({ page }: TypedPage, picture: () => Promise<Raster>): Promise<Grey> {
  return turn(await (await picture()).grey(page.number, LOOK_SCALE, MOST_PIXELS), page.rotation);
}

/** Squares as the page's picture shows them. One that is filled is ticked where the page has like ones that are not. */
function boxesSeen(squares: readonly Rectangle[], { page, unprinted }: TypedPage, image: Grey): TickBox[] {
  const scale = image.width / page.width;
  const seen = squares.flatMap((square) => {
    const fill = fillOf(pixelsOf(square, scale, image), image);
    return fill ? [{ square, fill }] : [];
  });
  const alone = seen.filter(({ square }) => !seen.some((other) => isNextCell(square, other.square)));
  const hollow = alone.filter(({ fill }) => fill !== 'solid');
  const isMarked = (square: Rectangle) => page.words.some((word) => !unprinted.has(word) && hasMiddleIn(word, square));
  return alone.flatMap(({ square, fill }) => {
    if (fill === 'solid' && !hollow.some((other) => isSameSize(square, other.square))) return [];
    return [{ ...square, ticked: fill !== 'empty' || isMarked(square) }];
  });
}

function isSameSize(a: Rectangle, b: Rectangle): boolean {
  const side = b.x1 - b.x0;
  return Math.abs(a.x1 - a.x0 - side) < SAME_SIZE * side && Math.abs(a.y1 - a.y0 - (b.y1 - b.y0)) < SAME_SIZE * side;
}

type Fill = 'empty' | 'ticked' | 'solid';

/** What is in a frame; undefined where no frame is seen. A dark ground may be a bullet, or a tick as thick as its box. */
function fillOf(box: Rectangle, image: Grey): Fill | undefined {
  const side = Math.min(box.x1 - box.x0, box.y1 - box.y0);
  const around = groundOf(image, grown(box, OUTSIDE.to), grown(box, OUTSIDE.from));
  const within = groundOf(image, grown(box, -INSIDE.from * side), grown(box, -INSIDE.to * side));
  if (!isFrame(box, { image, threshold: around - FRAME_CONTRAST })) return undefined;
  if (within < around - TICK_CONTRAST) return within < BLACK ? 'solid' : undefined;
  return inkInside(box, { image, threshold: within - TICK_CONTRAST }) > LEAST_TICK ? 'ticked' : 'empty';
}

/** How bright the ground is between a rectangle and one within it: most of what is drawn on it is darker. */
function groundOf(image: Grey, outer: Rectangle, inner: Rectangle): number {
  const values: number[] = [];
  for (let y = Math.max(0, Math.round(outer.y0)); y < Math.min(image.height, outer.y1); y++) {
    for (let x = Math.max(0, Math.round(outer.x0)); x < Math.min(image.width, outer.x1); x++) {
      const isBetween = x < inner.x0 || x >= inner.x1 || y < inner.y0 || y >= inner.y1;
      if (isBetween) values.push(image.data[y * image.width + x]!);
    }
  }
  return values.sort((a, b) => a - b)[Math.floor(0.75 * values.length)] ?? WHITE;
}

function pixelsOf(square: Rectangle, scale: number, { width, height }: Grey): Rectangle {
  const { x0, y0, x1, y1 } = scaleRectangle(square, scale, scale);
  return {
    x0: Math.max(0, Math.floor(x0)),
    y0: Math.max(0, Math.floor(y0)),
    x1: Math.min(width, Math.ceil(x1)),
    y1: Math.min(height, Math.ceil(y1)),
  };
}
