/** What one paper may cost before its reader is stopped. */
export interface Limits {
  readonly bytes: number;
  readonly pages: number;
  /** Pixels of one image, checked from its header before it is decoded. */
  readonly pixels: number;
  /** Resident memory of a reader while it looks at structure and text layers, beyond what it held before. */
  readonly textMegabytes: number;
  /** Resident memory of a reader while it rasterises and recognises. */
  readonly imageMegabytes: number;
  /** A probe, from the moment its reader begins. */
  readonly probeMs: number;
  /** One step without recognition: opening a document, one page's text layer. */
  readonly textStepMs: number;
  /** One step with recognition: one page. */
  readonly imageStepMs: number;
  /** The whole document. */
  readonly documentMs: number;
}

export const defaultLimits: Limits = {
  bytes: 100_000_000,
  pages: 200,
  pixels: 150_000_000,
  textMegabytes: 350,
  imageMegabytes: 1_500,
  probeMs: 2_000,
  textStepMs: 10_000,
  imageStepMs: 120_000,
  documentMs: 1_200_000,
};
