import { RekeyError, type Word } from '#core';
import type { BatchLine, BatchOptions } from './batch.ts';
import { paperFile } from './paperFile.ts';
import { isEngineFailure, ReadError, type ReadErrorKind, type Readers } from './readers/index.ts';
import { splitPages } from './splitting/splitPages.ts';

/** What a line says of a file that could not be read. */
export interface Failure {
  readonly error: string;
  /** `ocr-failed` is the engine's failure, not the paper's. */
  readonly error_kind: ReadErrorKind | 'ocr-failed' | null;
}

/** The lines of `rekey read`: what stands on each paper, word by word and split into its papers where asked. */
export function readBatch(
  readers: Readers,
  { words, split = false, password }: { words: boolean; split?: boolean; password?: string | undefined },
): Pick<BatchOptions, 'workOne' | 'onFailure'> {
  return {
    async workOne(file) {
      const { pages, text, ms, doubts } = await readers.read(
        await paperFile(file),
        password === undefined ? {} : { password },
      );
      const line: BatchLine = {
        file,
        ms,
        pages: pages.map(({ number, width, height, source, rotation, attached, notes }) => ({
          page: number,
          width,
          height,
          source,
          rotation,
          ...(attached !== undefined && { attached }),
          ...(notes && { notes }),
        })),
        text,
      };
      const found = words && { words: pages.flatMap((page) => page.words.map(wordOfLine)) };
      const papers = split && { papers: splitPages(pages) };
      const amiss = doubts.length > 0 && { doubts };
      return { ...line, ...amiss, ...papers, ...found, error: null, error_kind: null };
    },
    onFailure: (file, ms, error) => ({
      file,
      ms,
      pages: [],
      text: '',
      ...(words && { words: [] }),
      ...failureOf(error),
    }),
  };
}

/** Throws on what would meet every other paper too: an engine that is not installed, a process that cannot be started. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ReadError) return { error: error.message, error_kind: error.kind };
  if (isEngineFailure(error)) return { error: error.message, error_kind: 'ocr-failed' };
  if (error instanceof RekeyError) throw error;
  const isNoFile = error instanceof Error && 'syscall' in error;
  return { error: isNoFile ? 'The file cannot be opened.' : 'Reading failed unexpectedly.', error_kind: null };
}

function wordOfLine({ page, text, x0, y0, x1, y1, confidence }: Word): object {
  return { page, text, x0, y0, x1, y1, conf: confidence };
}
