import type { Rectangle } from './geometry.ts';
import type { Grey } from './grey.ts';

/** A picture made ready for the OCR engine, and the way back to the pixels it was made of. */
export interface Prepared {
  readonly image: Grey;
  readonly dpi: number;
  toOriginal(box: Rectangle): Rectangle;
}

export async function prepare(image: Grey): Promise<Prepared> {
  return { image, dpi: 300, toOriginal: (box) => box };
}
