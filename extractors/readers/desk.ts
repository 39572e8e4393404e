import { limitPassed } from './errors.ts';
import type { Grey } from './grey.ts';
import type { Limits } from './limits.ts';
import type { OcrEngine } from './ocr.ts';
import type { Raster } from './raster.ts';

/** Kinds of work, each with bounds of its own: structure and text layers, drawing a PDF's page, pixels and recognition. */
export type Step = 'text' | 'draw' | 'image';

/** What reading one document needs besides its bytes. `step` says that work goes on, and what kind comes next. */
export interface Desk {
  readonly engine: OcrEngine;
  readonly limits: Limits;
  step(kind: Step): void;
  /** Asked before a page's pixels are read; false where its file has had its share. Where it is missing, all are. */
  mayRecognise?(): boolean;
}

export interface Paper {
  readonly bytes: Uint8Array;
  readonly password?: string | undefined;
}

const MOST_OCR_PIXELS = 25_000_000;

export function allowedPages(pages: number, limits: Limits): number {
  if (pages > limits.pages) throw limitPassed({ of: 'pages', most: limits.pages, has: pages });
  return pages;
}

/** Grey pixels of a page as good as OCR needs them. */
export function ocrPixels(raster: Raster, number: number): Promise<Grey> {
  return raster.grey(number, raster.ocrScale, MOST_OCR_PIXELS);
}
