import type { Note } from '#core';
import type { Matrix, Rectangle, Size } from './geometry.ts';
import type { Fragment } from './layout.ts';

/** Pages of a PDF are measured at 144 dpi: two pixels to the point. */
export const PIXELS_PER_POINT = 2;

/** The readers of text layers with the versions of their packages, as values read by them are marked. */
export const PDFIUM = 'pdfium 2.1.13';
export const PDF_JS = 'pdf.js 5.4.296';

/** What one reader found on a page of a PDF, in the order it found it, on the page as the document turns it. */
export interface PrintedPage {
  readonly size: Size;
  /** From the page's own coordinates to those pixels. */
  readonly toPixels: Matrix;
  readonly fragments: readonly Fragment[];
  /** Letters of which the font does not say what they are. */
  readonly unmapped: number;
  /** Where pictures and rich shapes lie; none where the reader does not know of them. */
  readonly drawn: readonly Rectangle[];
  /** Small squares standing free, which may be boxes to tick; none where the reader does not know of them. */
  readonly squares: readonly Rectangle[];
  /** Fields, typed notes or stamps lie on the page: they are no part of `fragments`. */
  readonly hasForms: boolean;
  /** A file is pinned to the page that is not among the document's files: only the first pages are searched for them. */
  readonly keepsFile: boolean;
  /** Comments; none where the reader does not know of them. */
  readonly notes: readonly Note[];
}
