/** What one paper may cost before its reader is stopped. */
export interface Limits {
  readonly bytes: number;
  readonly pages: number;
  /** Pixels of one image, and of one picture in a PDF, as its header says before it is decoded. */
  readonly pixels: number;
  /**
   * Resident memory of a reader while it looks at structure and text layers. One that has grown in recognising before
   * gets `TEXT_ROOM` on top of what it holds.
   */
  readonly textMegabytes: number;
  /**
   * Resident memory of a reader while it draws a page of a PDF. One that has grown before gets `DRAWING_ROOM` on top of
   * what it holds.
   */
  readonly drawMegabytes: number;
  /** Resident memory of a reader while it decodes images and recognises. */
  readonly imageMegabytes: number;
  /** Processor time of a probe. Steps are limited in processor time, so that a busy machine refuses nothing it can read. */
  readonly probeMs: number;
  /** Processor time of a step without recognition: opening a document, one page's text layer. */
  readonly textStepMs: number;
  /** Processor time of all such steps of one document. Where nothing is said, it grows with the pages. */
  readonly textMs: number;
  /** Processor time of drawing a page of a PDF once. */
  readonly drawStepMs: number;
  /** Processor time of a step with recognition: one page. */
  readonly imageStepMs: number;
  /** The whole document, by the clock. Where nothing is said, it grows with the pages. */
  readonly documentMs: number;
}

const MS_A_PAGE = 6_000;
/** Twenty times what a full page of text takes. */
const TEXT_MS_A_PAGE = 150;

export const defaultLimits: Limits = {
  bytes: 100_000_000,
  pages: 200,
  pixels: 150_000_000,
  textMegabytes: 450,
  drawMegabytes: 512,
  imageMegabytes: 1_500,
  probeMs: 2_000,
  textStepMs: 10_000,
  textMs: 200 * TEXT_MS_A_PAGE,
  drawStepMs: 10_000,
  imageStepMs: 120_000,
  documentMs: 200 * MS_A_PAGE,
};

export function limitsWith(given: Partial<Limits> = {}): Limits {
  const { pages = defaultLimits.pages } = given;
  const growing = {
    textMs: Math.max(defaultLimits.textMs, pages * TEXT_MS_A_PAGE),
    documentMs: Math.max(defaultLimits.documentMs, pages * MS_A_PAGE),
  };
  return { ...defaultLimits, ...growing, ...given };
}

/** Megabytes a text layer may take in a process that is larger than its limit already. */
export const TEXT_ROOM = 150;

/** Megabytes the drawing of a page may take in a process that is larger than its limit already. */
export const DRAWING_ROOM = 280;

/** By the clock a step may take so many times its processor time; then its process counts as hanging. */
export const PATIENCE = 4;
