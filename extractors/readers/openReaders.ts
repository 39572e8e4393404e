import type { Box, Logger, Page, Statement } from '#core';
import type { Beside } from './beside.ts';
import type { Rotation } from './geometry.ts';
import type { Doubt } from './layout.ts';
import { type Limits, limitsWith } from './limits.ts';
import type { PageFrame, SecondReading } from './messages.ts';
import { type ChooseOcr, type ChosenOcr, DEFAULT_OCR, isEngine } from './ocr.ts';
import { unpackReading } from './packedReading.ts';
import { openProcessPool } from './processPool.ts';
import type { Probe } from './readDocument.ts';
import { openReadingCache } from './readingCache.ts';
import type { Environment } from './readingChild.ts';

export interface ReadResult {
  readonly pages: readonly Page[];
  readonly statements: readonly Statement[];
  /** Why this may not be all that the paper says; empty where nothing is amiss. */
  readonly doubts: readonly Doubt[];
  /** Words joined by spaces, a line feed after each line, a form feed between pages. */
  readonly text: string;
  readonly ms: number;
}

export interface ReadOptions {
  readonly password?: string;
  readonly signal?: AbortSignal;
  /** Of the files beside a paper `read` reads all, unless told that their first pages will do. */
  readonly beside?: Beside;
}

/** Papers in, pages out. Every paper is read in a process of its own that may be stopped; see `ReadError` for refusals. */
export interface Readers {
  read(bytes: Uint8Array, options?: ReadOptions): Promise<ReadResult>;
  /** What a paper is, quickly and without OCR. Rejects like `read` for what could not be read anyway. */
  probe(bytes: Uint8Array, options?: ReadOptions): Promise<Probe>;
  /** A WebP picture of a page as upright as its boxes; `rotation` is the one found in reading an image. */
  renderPage(bytes: Uint8Array, number: number, options?: PictureOptions): Promise<Uint8Array>;
  /** Second readings of boxes of pages that came from OCR, one for each box. */
  reread(
    bytes: Uint8Array,
    boxes: readonly Box[],
    pages: readonly PageFrame[],
    options?: ReadOptions,
  ): Promise<readonly SecondReading[]>;
  /** Deletes what is kept of papers with these names (sha256). */
  forget(papers: readonly string[]): Promise<void>;
  /** Opens what reads pictures before there is a paper: rejects as it does where it does not open. */
  openEngine(): Promise<void>;
  close(): Promise<void>;
}

export interface PictureOptions extends ReadOptions {
  readonly width?: number;
  readonly rotation?: Rotation;
}

export interface ReadersOptions {
  /** Papers read at the same time, each in a process that takes 200 to 700 MB. */
  readonly workers: number;
  readonly limits?: Partial<Limits>;
  /**
   * tesseract.js with English and German where nothing is said. An engine of one's own is closed with the readers; a
   * function opens it when a paper is first looked at.
   */
  readonly ocr?: ChosenOcr | ChooseOcr;
  /** A folder for readings that took OCR; papers that were handed over with a password are not kept there. */
  readonly cache?: string | undefined;
  /** What the reading processes find in their environment; this process's own where nothing is said. */
  readonly environment?: Environment;
  readonly log: Logger;
}

const PICTURE_WIDTH = 1_000;

export function openReaders({
  workers,
  limits: given,
  ocr = DEFAULT_OCR,
  cache: folder,
  environment,
  log,
}: ReadersOptions): Readers {
  const limits = limitsWith(given);
  const engine = engineOnDemand(ocr);
  const reading = openProcessPool({ size: workers, limits, ocr: engine.chosen, environment, log });
  // Quick answers do not queue behind OCR.
  const quick = openProcessPool({ size: 1, limits, ocr: engine.chosen, environment, log });
  const cache = folder === undefined ? undefined : openReadingCache(folder, engine.chosen);

  /** The paper is read all the same, only not for the next time. */
  const notKept = (error: NodeJS.ErrnoException) => log.warn({ code: error.code }, 'a reading could not be kept');

  return {
    async read(bytes, { password, signal, beside = 'all' } = {}) {
      const started = performance.now();
      const kept = password === undefined ? cache : undefined;
      const known = await kept?.find(bytes, beside);
      const job = { kind: 'read', paper: { bytes, password }, beside } as const;
      const found = known ?? unpackReading(await reading.run(job, signal));
      if (!known) await kept?.keep(bytes, beside, found).catch(notKept);
      return {
        pages: found.pages.map(({ page }) => page),
        statements: found.statements,
        doubts: found.doubts,
        text: found.pages.map(({ text }) => text).join('\f'),
        ms: Math.round(performance.now() - started),
      };
    },
    probe: (bytes, { password, signal } = {}) => quick.run({ kind: 'probe', paper: { bytes, password } }, signal),
    renderPage: (bytes, number, { password, signal, width = PICTURE_WIDTH, rotation = 0 } = {}) =>
      quick.run({ kind: 'picture', paper: { bytes, password }, number, width, rotation }, signal),
    reread: (bytes, boxes, pages, { password, signal } = {}) => {
      const frames = pages.map(({ number, width, height, rotation }) => ({ number, width, height, rotation }));
      return reading.run({ kind: 'reread', paper: { bytes, password }, boxes: [...boxes], pages: frames }, signal);
    },
    forget: async (papers) => cache?.forget(papers),
    openEngine: async () => void (await engine.chosen()),
    async close() {
      await Promise.all([reading.close(), quick.close()]);
      await engine.close();
    },
  };
}

/** What reads pictures, chosen when it is first asked for; one that does not open is asked again the next time. */
function engineOnDemand(ocr: ChosenOcr | ChooseOcr): { readonly chosen: ChooseOcr; close(): Promise<void> } {
  const choose: ChooseOcr = typeof ocr === 'function' ? ocr : async () => ocr;
  let opened = typeof ocr === 'function' ? undefined : choose();
  const chosen: ChooseOcr = () => {
    opened ??= choose().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    chosen,
    async close() {
      const engine = await opened?.catch(() => undefined);
      if (engine && isEngine(engine)) await engine.close();
    },
  };
}
