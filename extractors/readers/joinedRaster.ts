import { ReadError } from './errors.ts';
import type { Raster } from './raster.ts';

/** A paper among others, in the place of so many pages; its raster is opened when one of them is asked for. */
export interface JoinedPart {
  readonly pages: number;
  open(): Promise<Raster>;
}

/** The pages of several papers as those of one. Its sizes are in the pixels that OCR wants of each page. */
export function joinRasters(parts: readonly JoinedPart[]): Raster {
  const opened = new Map<JoinedPart, Promise<Raster>>();
  const rasterOf = (part: JoinedPart) => {
    const raster = opened.get(part) ?? part.open();
    opened.set(part, raster);
    return raster;
  };
  const pages = parts.flatMap((part) => Array.from({ length: part.pages }, (_, index) => ({ part, own: index + 1 })));
  const at = async (number: number) => {
    const page = pages[number - 1];
    const raster = page && (await rasterOf(page.part));
    if (!raster || page.own > raster.pages) throw new ReadError('unsupported');
    return { raster, own: page.own };
  };
  return {
    pages: pages.length,
    ocrScale: 1,
    async size(number) {
      const { raster, own } = await at(number);
      const { width, height } = await raster.size(own);
      return { width: width * raster.ocrScale, height: height * raster.ocrScale };
    },
    async grey(number, scale, mostPixels) {
      const { raster, own } = await at(number);
      return raster.grey(own, scale * raster.ocrScale, mostPixels);
    },
    async picture(number, width, rotation) {
      const { raster, own } = await at(number);
      return raster.picture(own, width, rotation);
    },
    async close() {
      const open = await Promise.allSettled(opened.values());
      await Promise.all(open.map(async (one) => one.status === 'fulfilled' && one.value.close()));
    },
  };
}
