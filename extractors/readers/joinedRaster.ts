import { ReadError } from './errors.ts';
import type { Raster } from './raster.ts';

/** A paper's raster among others, in the place of so many pages. */
export interface JoinedPart {
  readonly raster: Raster;
  readonly pages: number;
}

/** The pages of several papers as those of one. Its sizes are in the pixels that OCR wants of each page. */
export function joinRasters(parts: readonly JoinedPart[]): Raster {
  const pages = parts.flatMap(({ raster, pages }) =>
    Array.from({ length: pages }, (_, index) => ({ part: raster, number: index + 1 })),
  );
  const at = (number: number) => {
    const page = pages[number - 1];
    if (!page || page.number > page.part.pages) throw new ReadError('unsupported');
    return page;
  };
  return {
    pages: pages.length,
    ocrScale: 1,
    async size(number) {
      const { part, number: own } = at(number);
      const { width, height } = await part.size(own);
      return { width: width * part.ocrScale, height: height * part.ocrScale };
    },
    async grey(number, scale, mostPixels) {
      const { part, number: own } = at(number);
      return part.grey(own, scale * part.ocrScale, mostPixels);
    },
    async picture(number, width, rotation) {
      const { part, number: own } = at(number);
      return part.picture(own, width, rotation);
    },
    async close() {
      await Promise.all(parts.map(({ raster }) => raster.close()));
    },
  };
}
