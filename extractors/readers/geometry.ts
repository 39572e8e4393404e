import type { Page } from '#core';

export type Rotation = Page['rotation'];

export interface Rectangle {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Six numbers that map points, as PDF writes them: `x' = a x + c y + e`, `y' = b x + d y + f`. */
export type Matrix = readonly number[];

/** The upright rectangle around a rectangle's four corners, mapped. */
export function mapRectangle(
  { x0, y0, x1, y1 }: Rectangle,
  [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix,
): Rectangle {
  return {
    x0: Math.min(a * x0, a * x1) + Math.min(c * y0, c * y1) + e,
    y0: Math.min(b * x0, b * x1) + Math.min(d * y0, d * y1) + f,
    x1: Math.max(a * x0, a * x1) + Math.max(c * y0, c * y1) + e,
    y1: Math.max(b * x0, b * x1) + Math.max(d * y0, d * y1) + f,
  };
}

/** Whether the middle of the one lies within the other. */
export function hasMiddleIn({ x0, y0, x1, y1 }: Rectangle, box: Rectangle): boolean {
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return liesIn({ x0: x, y0: y, x1: x, y1: y }, box);
}

export function liesIn(inner: Rectangle, outer: Rectangle): boolean {
  return inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1;
}

/** A rectangle larger on each side; smaller by what is less than nothing. */
export function grown({ x0, y0, x1, y1 }: Rectangle, by: number): Rectangle {
  return { x0: x0 - by, y0: y0 - by, x1: x1 + by, y1: y1 + by };
}

/** The nearest quarter turn to an angle in degrees. */
export function quarterTurn(degrees: number): Rotation {
  const turns = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[turns]!;
}

export function turnSize({ width, height }: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Where a rectangle lies after its page, of the given size, was turned clockwise. */
export function turnRectangle({ x0, y0, x1, y1 }: Rectangle, page: Size, rotation: Rotation): Rectangle {
  const { width, height } = page;
  if (rotation === 90) return { x0: height - y1, y0: x0, x1: height - y0, y1: x1 };
  if (rotation === 180) return { x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0 };
  if (rotation === 270) return { x0: y0, y0: width - x1, x1: y1, y1: width - x0 };
  return { x0, y0, x1, y1 };
}

export function scaleRectangle({ x0, y0, x1, y1 }: Rectangle, byX: number, byY: number): Rectangle {
  return { x0: x0 * byX, y0: y0 * byY, x1: x1 * byX, y1: y1 * byY };
}

/** Tenths of a pixel, inside the page: finer would pretend, and lines of output stay short. */
export function tidyRectangle({ x0, y0, x1, y1 }: Rectangle, { width, height }: Size): Rectangle {
  const tidy = (value: number, most: number) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
  return { x0: tidy(x0, width), y0: tidy(y0, height), x1: tidy(x1, width), y1: tidy(y1, height) };
}
