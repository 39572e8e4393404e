import sharp, { type Sharp } from 'sharp';
import type { Rotation, Size } from './geometry.ts';

/** Pixels of a side of what an OCR engine is shown: tesseract refuses pictures from 32,768 on. */
export const LONGEST_SIDE = 32_000;

/** Pixels of one byte each, 0 black to 255 white, row by row. */
export interface Grey extends Size {
  readonly data: Uint8Array;
}

const WHITE = { r: 255, g: 255, b: 255 };

/** The plainest picture file there is: no time is lost on compressing what is read once. */
export function toPgm({ data, width, height }: Grey): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), data]);
}

/** sharp on grey pixels; the colour space is said again because resizing would give three channels back. */
export async function throughSharp(image: Grey, work: (pipeline: Sharp) => Sharp): Promise<Grey> {
  const raw = { width: image.width, height: image.height, channels: 1 as const };
  return toGrey(work(sharp(image.data, { raw, limitInputPixels: false })));
}

export async function toGrey(pipeline: Sharp): Promise<Grey> {
  const flat = pipeline.flatten({ background: WHITE }).greyscale().toColourspace('b-w');
  const { data, info } = await flat.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export async function turn(image: Grey, rotation: Rotation): Promise<Grey> {
  return rotation === 0 ? image : throughSharp(image, (pipeline) => pipeline.rotate(rotation));
}

export async function resize(image: Grey, width: number, height: number): Promise<Grey> {
  if (width === image.width && height === image.height) return image;
  return throughSharp(image, (pipeline) => pipeline.resize(width, height, { fit: 'fill', kernel: 'cubic' }));
}

/** Turns by a small angle, clockwise; the canvas grows around the same centre, in white. */
export async function tilt(image: Grey, degrees: number): Promise<Grey> {
  return throughSharp(image, (pipeline) => pipeline.rotate(degrees, { background: WHITE }));
}

export async function crop(image: Grey, left: number, top: number, width: number, height: number): Promise<Grey> {
  return throughSharp(image, (pipeline) => pipeline.extract({ left, top, width, height }));
}

const DARK = 100;

/** Whether a picture is dark for the most part: a negative, as microfilm gives it, or a paper lost on a dark ground. */
export function isDark({ data }: Grey): boolean {
  let sum = 0;
  for (let index = 0; index < data.length; index++) sum += data[index]!;
  return sum < DARK * data.length;
}

export function negative(image: Grey): Grey {
  return { ...image, data: image.data.map((value) => 255 - value) };
}
