import { placeOf } from './drawnPlaces.ts';
import { hasMiddleIn, type Rectangle } from './geometry.ts';
import { IMAGE, type PageObject } from './pageObjects.ts';
import type { Pdfium, Scratch } from './pdfium.ts';

/** A picture with this share of solid pixels shows nothing of what lies under it; a watermark or a stamp has fewer. */
const SOLID_SHARE = 0.95;
const SOLID = 250;
const BYTES_A_PIXEL = 4;

/** Whether a picture was painted over a text object at a place: scanners lay what they recognised under their scan. */
export type IsCovered = (textObject: number, place: Rectangle) => boolean;

export function coveringPictures(
  pdfium: Pdfium,
  scratch: Scratch,
  { document, page, objects }: { document: number; page: number; objects: readonly PageObject[] },
  cells: number,
): IsCovered {
  const pictures = objects.flatMap((one, order) => {
    const place = one.kind === IMAGE ? placeOf(pdfium, scratch, one, cells) : undefined;
    return place ? [{ order, place, isSolid: once(() => isSolid(pdfium, document, page, one.object)) }] : [];
  });
  const orders = once(() => new Map(objects.map(({ object }, order) => [object, order])));
  return (textObject, place) => {
    const over = pictures.filter((picture) => hasMiddleIn(place, picture.place));
    if (over.length === 0) return false;
    const own = orders().get(textObject) ?? Number.POSITIVE_INFINITY;
    return over.some(({ order, isSolid }) => order > own && isSolid());
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** By the picture as it is painted, masks and all: a pixel to the point. */
function isSolid(pdfium: Pdfium, document: number, page: number, picture: number): boolean {
  if (pdfium.FPDFPageObj_HasTransparency(picture) !== 0) return false;
  const bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, page, picture);
  if (bitmap === 0) return false;
  const [width, height] = [pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)];
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const bytes = new Uint8Array(pdfium.memory.buffer, pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height);
  let solid = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (bytes[y * stride + x * BYTES_A_PIXEL + 3]! >= SOLID) solid++;
    }
  }
  pdfium.FPDFBitmap_Destroy(bitmap);
  return solid >= SOLID_SHARE * width * height;
}
