import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp, { type Sharp } from 'sharp';
import { z } from 'zod';
import { limitPassed, ReadError } from './errors.ts';
import { type Rotation, type Size, turnSize } from './geometry.ts';
import { type Grey, toGrey } from './grey.ts';
import { mostPixelsOnPage } from './pageObjects.ts';
import { exportsOf, pageSize } from './pdfium.ts';

/** The pixels of a document's pages. Pages count from 1. */
export interface Raster {
  readonly pages: number;
  /** The scale at which `grey` gives what OCR needs: an image's own pixels, 300 dpi of a PDF. */
  readonly ocrScale: number;
  /** Pixels (images) or points (PDF) of a page as the document itself turns it. */
  size(number: number): Promise<Size>;
  /** Grey pixels at `scale` times that size, fewer where there would be more than `mostPixels`. */
  grey(number: number, scale: number, mostPixels: number): Promise<Grey>;
  /** A picture for people, turned and scaled to `width`. */
  picture(number: number, width: number, rotation: Rotation): Promise<Uint8Array>;
  close(): Promise<void>;
}

const MOST_PICTURE_PIXELS = 16_000_000;

let pdfium: Promise<PDFiumLibrary> | undefined;

/** What the library's package keeps of a document and of a page that it loaded. */
const loadedDocument = z.object({ documentIdx: z.number() });
const loadedPage = z.object({ pageIdx: z.number() });

/** Refuses to draw a page with a picture of more than `mostPixels`. */
export async function openPdfRaster(
  bytes: Uint8Array,
  password?: string,
  mostPixels = Number.POSITIVE_INFINITY,
): Promise<Raster> {
  pdfium ??= PDFiumLibrary.init();
  const library = await pdfium;
  const document = await library.loadDocument(bytes, password).catch((cause: unknown) => {
    throw new ReadError('corrupt', undefined, { cause });
  });
  const own = exportsOf(library);
  const { documentIdx } = loadedDocument.parse(document);
  // Drawn once and closed by it: a page is loaded for its picture alone.
  const drawable = (number: number) => {
    const page = document.getPage(number - 1);
    const { pageIdx } = loadedPage.parse(page);
    try {
      const has = mostPixelsOnPage(own, pageIdx);
      if (has > mostPixels) throw limitPassed({ of: 'pixels', most: mostPixels, has });
      return page;
    } catch (error) {
      own.FPDF_ClosePage(pageIdx);
      throw error;
    }
  };
  const size = async (number: number) => {
    const { width, height } = pageSize(own, documentIdx, number);
    return { width: Math.max(1, width), height: Math.max(1, height) };
  };
  return {
    pages: document.getPageCount(),
    ocrScale: 300 / 72,
    size,
    grey: async (number, scale, mostPixels) => {
      const page = sizeWithin(await size(number), scale, mostPixels);
      const rendered = await drawable(number).render({ ...page, scale: 1, colorSpace: 'Gray', renderFormFields: true });
      return { data: rendered.data, width: rendered.width, height: rendered.height };
    },
    picture: async (number, width, rotation) => {
      const paper = await size(number);
      const scale = width / turnSize(paper, rotation).width;
      const page = sizeWithin(paper, scale, MOST_PICTURE_PIXELS);
      const rendered = await drawable(number).render({ ...page, scale: 1, renderFormFields: true });
      const raw = { width: rendered.width, height: rendered.height, channels: 4 as const };
      return toPicture(sharp(rendered.data, { raw }), rotation, width);
    },
    close: async () => document.destroy(),
  };
}

export async function openImageRaster(bytes: Uint8Array, mostPixels: number): Promise<Raster> {
  restrictDecoders();
  const options = { limitInputPixels: false, failOn: 'error', sequentialRead: true } as const;
  const header = await decoding(sharp(bytes, options).metadata());
  const isTiff = header.format === 'tiff';
  const open = (number: number) => sharp(bytes, { ...options, ...(isTiff && { page: number - 1 }) });
  const size = async (number: number) => {
    const { autoOrient, width, height } = isTiff ? await decoding(open(number).metadata()) : header;
    if (width * height > mostPixels) throw limitPassed({ of: 'pixels', most: mostPixels, has: width * height });
    return autoOrient;
  };
  await size(1);
  return {
    pages: isTiff ? (header.pages ?? 1) : 1,
    ocrScale: 1,
    size,
    grey: async (number, scale, most) => {
      const { width, height } = sizeWithin(await size(number), scale, most);
      return decoding(toGrey(open(number).autoOrient().resize(width, height, { fit: 'fill' })));
    },
    picture: async (number, width, rotation) => {
      await size(number);
      return decoding(toPicture(open(number).autoOrient(), rotation, width));
    },
    close: async () => {},
  };
}

async function toPicture(source: Sharp, rotation: Rotation, width: number): Promise<Uint8Array> {
  const upright = source.flatten({ background: '#ffffff' }).rotate(rotation);
  return upright
    .resize({ width: Math.round(width) })
    .webp({ quality: 82 })
    .toBuffer();
}

function sizeWithin(size: Size, scale: number, mostPixels: number): Size {
  const by = Math.min(scale, Math.sqrt(mostPixels / (size.width * size.height)));
  return { width: Math.max(1, Math.round(size.width * by)), height: Math.max(1, Math.round(size.height * by)) };
}

async function decoding<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof ReadError) throw cause;
    throw new ReadError('corrupt', undefined, { cause });
  }
}

/** Only the decoders that are asked for: libvips brings many more, not all of them hardened against hostile files. */
function restrictDecoders(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  const wanted = ['Jpeg', 'Png', 'Tiff', 'Webp'].map((format) => `VipsForeignLoad${format}`);
  sharp.unblock({ operation: wanted });
}
