import path from 'node:path';
import type { BatchOptions } from '../batch.ts';
import type { Gate } from '../confidence/gate.ts';
import { extractPaper } from '../extractPaper.ts';
import { paperFile } from '../paperFile.ts';
import { failureOf, readBatch } from '../readBatch.ts';
import type { Readers, ReadOptions } from '../readers/index.ts';
import { type ExtractAs, toExtractLine, toFailedExtractLine } from '../types/extractLine.ts';

/** How the files of a set are taken: only read, or read and extracted as a kind of paper. */
export type Treatment = ExtractAs | 'read';

/** A set is of the kind that bears its name, in the singular or the plural; odd files are only read. */
export function treatmentOf(set: string, kinds: readonly ExtractAs[]): Treatment {
  if (set === 'malformed') return 'read';
  return kinds.find((kind) => set === kind || set === `${kind}s`) ?? 'auto';
}

/** Lines that hold what `rekey read --words` and `rekey extract` would say, read once. */
export function predictBatch(
  readers: Readers,
  treatment: Treatment,
  gate: Pick<Gate, 'accepts'>,
  options: ReadOptions,
): Pick<BatchOptions, 'workOne' | 'onFailure'> {
  if (treatment === 'read') return readBatch(readers, { words: true, ...options });
  return {
    async workOne(file) {
      const began = performance.now();
      const { reading, extracted } = await extractPaper(readers, await paperFile(file), treatment, options);
      const ms = Math.round(performance.now() - began);
      const { pages, text, doubts } = reading;
      const words = pages.flatMap((page) =>
        page.words.map(({ confidence, ...word }) => ({ ...word, conf: confidence })),
      );
      return { ...toExtractLine(file, ms, extracted, gate, doubts), pages: pages.length, text, words };
    },
    onFailure(file, ms, error) {
      const failure = failureOf(error);
      return {
        ...toFailedExtractLine(file, ms, { message: failure.error, kind: failure.error_kind }),
        text: '',
        words: [],
      };
    },
  };
}

/** Where the files of a set lie, in the order of its manifest. */
export function filesOf(root: string, files: readonly string[]): string[] {
  return files.map((file) => path.join(root, file));
}
