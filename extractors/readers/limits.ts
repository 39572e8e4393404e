/** What one paper may cost before its reader is stopped. */
export interface Limits {
  readonly bytes: number;
  readonly pages: number;
  /** Pixels of one image, checked from its header before it is decoded. */
  readonly pixels: number;
  /**
   * Resident memory of a reader while it looks at structure and text layers. One that has grown in recognising before
   * gets `TEXT_ROOM` on top of what it holds.
   */
  readonly textMegabytes: number;
  /** Resident memory of a reader while it rasterises and recognises. */
  readonly imageMegabytes: number;
  /** Processor time of a probe. Steps are limited in processor time, so that a busy machine refuses nothing it can read. */
  readonly probeMs: number;
  /** Processor time of a step without recognition: opening a document, one page's text layer. */
  readonly textStepMs: number;
  /** Processor time of a step with recognition: one page. */
  readonly imageStepMs: number;
  /** The whole document, by the clock. */
  readonly documentMs: number;
}

export const defaultLimits: Limits = {
  bytes: 100_000_000,
  pages: 200,
  pixels: 150_000_000,
  textMegabytes: 450,
  imageMegabytes: 1_500,
  probeMs: 2_000,
  textStepMs: 10_000,
  imageStepMs: 120_000,
  documentMs: 1_200_000,
};

/** Megabytes a text layer may take in a process that is larger than its limit already. */
export const TEXT_ROOM = 150;

/** By the clock a step may take so many times its processor time; then its process counts as hanging. */
export const PATIENCE = 4;
