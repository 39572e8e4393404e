import { ReadError } from './errors.ts';
import type { Raster } from './raster.ts';

/** The pages of several papers as those of one. Its sizes are in the pixels that OCR wants of each page. */
export function joinRasters(parts: readonly Raster[]): Raster {
  const pages = parts.flatMap((part) =>
    Array.from({ length: part.pages }, (_, index) => ({ part, number: index + 1 })),
  );
  const at = (number: number) => {
    const page = pages[number - 1];
    if (!page) throw new ReadError('unsupported');
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
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}
