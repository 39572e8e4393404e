import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { silentLogger } from '#core';
import type { BatchOptions, ExtractAs, OwnExtractor, Readers, ReadOptions } from '#extractors';
import { paperKind } from './paperKind.ts';
import { readerChoice, settings } from './surroundings.ts';

interface BatchFlags {
  readonly out?: string;
  readonly resume: boolean;
  readonly quiet: boolean;
  readonly password?: string;
}

export function paperCommands(program: Command): void {
  batchCommand(program, 'read', 'Print what stands on papers: a JSON line per file.')
    .option('--words', 'every word with its box', false)
    .option('--split', 'say where papers of a pile begin and end, and how sure that is', false)
    .action((inputs: string[], flags: BatchFlags & { words: boolean; split: boolean }) =>
      batch(inputs, flags, async (readers) => (await reading()).readBatch(readers, flags)),
    );

  batchCommand(program, 'extract', 'Print the fields of papers: a JSON line per file.')
    .option('--as <kind>', 'invoice, delivery-note, receipt, adbuy, form, auto, or a file with an extractor', 'auto')
    .option('--split', 'files are piles: extract each paper in them by itself', false)
    .action((inputs: string[], flags: BatchFlags & { as: string; split: boolean }) =>
      batch(inputs, flags, async (readers) => {
        const kind = await paperKind(flags.as);
        const options = flags.password === undefined ? {} : { password: flags.password };
        return flags.split ? extractPiles(readers, kind, options) : extractBatch(readers, kind, options);
      }),
    );
}

function batchCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('<inputs...>', 'files and folders')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--resume', 'go on where --out was cut off', false)
    .option('--quiet', 'no progress bar', false)
    .option('--password <text>', 'opens encrypted PDFs');
}

/** Loaded only by commands that read: it takes a second. */
const reading = () => import('#extractors');

type Work = Pick<BatchOptions, 'workOne' | 'onFailure'>;

async function batch(
  inputs: string[],
  { out, resume, quiet }: BatchFlags,
  work: (readers: Readers) => Promise<Work>,
): Promise<void> {
  const { readers: chosen, setBy, data } = settings();
  // Nothing else runs beside a batch, so it takes every core unless told otherwise.
  const workers = setBy.has('REKEY_READERS') ? chosen : availableParallelism();
  const { openReaders, runBatch } = await reading();
  const choice = await readerChoice();
  const readers = openReaders({ workers, ...choice, cache: path.join(data, 'readings'), log: silentLogger });
  try {
    await runBatch({ inputs, out, resume, progress: !quiet, workers, onPassedOver, ...(await work(readers)) });
  } finally {
    await readers.close();
  }
}

function onPassedOver(file: string, why: string): void {
  process.stderr.write(`rekey: ${file}: ${why}\n`);
}

async function extractBatch(readers: Readers, as: ExtractAs | OwnExtractor, options: ReadOptions): Promise<Work> {
  const { extractPaper, failureOf, openGate, paperFile, toExtractLine, toFailedExtractLine } = await reading();
  const { wrongPerThousand, labels } = settings();
  const gate = openGate({ wrongPerThousand, labels });
  return {
    async workOne(file) {
      const began = performance.now();
      const { reading, extracted } = await extractPaper(readers, await paperFile(file), as, options);
      return { ...toExtractLine(file, Math.round(performance.now() - began), extracted, gate, reading.doubts) };
    },
    onFailure: (file, ms, error) => {
      const failure = failureOf(error);
      return { ...toFailedExtractLine(file, ms, { message: failure.error, kind: failure.error_kind }) };
    },
  };
}

/** A line a file, its papers in it: each with its pages and all that a paper's own line says. */
async function extractPiles(readers: Readers, as: ExtractAs | OwnExtractor, options: ReadOptions): Promise<Work> {
  const { extractPile, openGate, paperFile, toPaperLine } = await reading();
  const { wrongPerThousand, labels } = settings();
  const gate = openGate({ wrongPerThousand, labels });
  const { onFailure } = await extractBatch(readers, as, options);
  return {
    async workOne(file) {
      const began = performance.now();
      const members = await extractPile(readers, await paperFile(file), as, options);
      const ms = Math.round(performance.now() - began);
      const papers = members.map(({ pages, extracted, doubts }) => ({
        pages,
        ...toPaperLine(extracted, gate, doubts),
      }));
      return { file, ms, papers, error: null, error_kind: null };
    },
    onFailure: (file, ms, error) => ({ ...onFailure(file, ms, error), papers: [] }),
  };
}
