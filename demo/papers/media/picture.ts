import { setImmediate } from 'node:timers/promises';
import sharp, { type Sharp } from 'sharp';

/** Raw pixels, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

export type Point = readonly [x: number, y: number];
export type Corners = readonly [Point, Point, Point, Point];

export function asSharp(picture: Picture): Sharp {
  const { width, height, channels } = picture;
  const image = sharp(picture.data, { raw: { width, height, channels } });
  // sharp turns one raw channel into three on the way unless told otherwise.
  return channels === 1 ? image.toColourspace('b-w') : image;
}

export async function fromSharp(image: Sharp, channels: 1 | 3): Promise<Picture> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels, data };
}

/** Gives way to other work every so many rows: a page has millions of pixels. */
export async function eachRow(height: number, work: (y: number) => void): Promise<void> {
  for (let y = 0; y < height; y++) {
    work(y);
    if (y % 256 === 255) await setImmediate();
  }
}

export interface Laying {
  readonly width: number;
  readonly height: number;
  /** Where the corners of the paper come to lie: top left, top right, bottom right, bottom left. */
  readonly corners: Corners;
  /** How far the paper bends upwards in its middle, as a share of its height. */
  readonly curl: number;
  /** What lies under the paper, a value per channel. */
  readonly under: readonly number[];
}

/** The paper as it lies in a picture: each pixel of the picture is looked up on the paper. */
export async function layPaper(paper: Picture, laying: Laying): Promise<Picture> {
  const { width, height } = laying;
  const { channels } = paper;
  const data = new Uint8Array(width * height * channels);
  const matrix = paperFromPicture(laying.corners);
  await eachRow(height, (y) => layRow(paper, laying, matrix, y, data));
  return { width, height, channels, data };
}

function layRow(paper: Picture, laying: Laying, matrix: Matrix, y: number, out: Uint8Array): void {
  const { curl, under } = laying;
  const { width, height, channels } = paper;
  const [a, b, c, d, e, f, g, h, i] = matrix;
  let at = y * laying.width * channels;
  for (let x = 0; x < laying.width; x++, at += channels) {
    const scale = 1 / (g * x + h * y + i);
    const u = (a * x + b * y + c) * scale;
    const v = (d * x + e * y + f) * scale + (curl && curl * Math.sin(Math.PI * u));
    if (u < 0 || u >= 1 || v < 0 || v >= 1) for (let k = 0; k < channels; k++) out[at + k] = under[k]!;
    else sample(paper, u * width - 0.5, v * height - 0.5, out, at);
  }
}

/** Bilinear, in 256ths. Plain loops over plain numbers: this runs for each of millions of pixels. */
function sample(picture: Picture, x: number, y: number, out: Uint8Array, at: number): void {
  const { width, height, channels, data } = picture;
  const x0 = x < 0 ? 0 : x | 0;
  const y0 = y < 0 ? 0 : y | 0;
  const right = x0 + 1 < width ? channels : 0;
  const below = y0 + 1 < height ? width * channels : 0;
  const fx = x < 0 ? 0 : ((x - x0) * 256) | 0;
  const fy = y < 0 ? 0 : ((y - y0) * 256) | 0;
  let p = (y0 * width + x0) * channels;
  for (let k = 0; k < channels; k++, p++) {
    const topLeft = data[p]!;
    const topRight = data[p + right]!;
    const bottomLeft = data[p + below]!;
    const bottomRight = data[p + below + right]!;
    const top = (topLeft << 8) + (topRight - topLeft) * fx;
    const bottom = (bottomLeft << 8) + (bottomRight - bottomLeft) * fx;
    out[at + k] = ((top << 8) + (bottom - top) * fy + 32768) >> 16;
  }
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The projection from the picture to the unit square of the paper: the inverse of square to corners. */
function paperFromPicture(corners: Corners): Matrix {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const [dx1, dx2, sx] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, sy] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / det;
  const h = (dx1 * sy - sx * dy1) / det;
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
  return [
    e - f * h,
    c * h - b,
    b * f - c * e,
    f * g - d,
    a - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

/** The corners of a box turned about its middle by so many degrees. */
export function turnedCorners(x0: number, y0: number, x1: number, y1: number, degrees: number): Corners {
  const [cx, cy, angle] = [(x0 + x1) / 2, (y0 + y1) / 2, (degrees * Math.PI) / 180];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turn = (x: number, y: number): Point => [
    cx + (x - cx) * cos - (y - cy) * sin,
    cy + (x - cx) * sin + (y - cy) * cos,
  ];
  return [turn(x0, y0), turn(x1, y0), turn(x1, y1), turn(x0, y1)];
}
