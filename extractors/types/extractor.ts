import type { Box, Draft, Page, Statement } from '#core';

/** Reads one kind of paper into a draft of `T`. */
export interface Extractor<T> {
  /** As tasks and lines of output name it: `invoice`. */
  readonly name: string;
  readonly version: string;
  /** Kinds of paper, in the classifier's names, that it reads; with none, whoever chooses it answers for the paper. */
  readonly accepts: readonly string[];
  extract(pages: readonly Page[], context: ExtractContext): Promise<Draft<T>>;
}

export interface SecondReading {
  readonly text: string;
  /** That of the least sure word, 0 to 1. */
  readonly confidence: number;
  /** Its words one by one, where the reader tells them apart. */
  readonly words?: readonly { readonly text: string; readonly confidence: number }[];
}

export interface ExtractContext {
  /** sha256 of the paper's bytes. */
  readonly paper: string;
  /** What the paper carries as data; its word outweighs print, and where the two differ a person looks. */
  readonly statements?: readonly Statement[];
  /** Reads boxes of the paper a second time, one answer a box; absent where pages did not come from OCR. */
  readonly reread?: (boxes: readonly Box[]) => Promise<readonly SecondReading[]>;
}
