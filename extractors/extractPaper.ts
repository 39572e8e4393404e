import { sha256 } from '#core';
import type { Doubt, Readers, ReadOptions, ReadResult } from './readers/index.ts';
import { readItself } from './readItself.ts';
import { dataOfPapers, doubtsOfData } from './splitting/dataOfPapers.ts';
import { type PaperPages, splitPages } from './splitting/splitPages.ts';
import { type ExtractAs, type Extracted, extractAs, type OwnExtractor } from './types/extractLine.ts';
import type { ExtractContext } from './types/extractor.ts';

export interface ExtractedPaper {
  readonly reading: ReadResult;
  readonly extracted: Extracted;
}

/** Reads a paper and extracts its fields; what pixels show is read a second time where that settles a doubt. */
export async function extractPaper(
  readers: Readers,
  bytes: Uint8Array,
  as: ExtractAs | OwnExtractor,
  options: ReadOptions = {},
): Promise<ExtractedPaper> {
  const { read, itself: own } = await readItself(readers, bytes, options);
  const context = contextOf(readers, bytes, own, options);
  const extracted = await extractAs(as, own.pages, context);
  const doubts = [...own.doubts, ...doubtsOfData(own.statements), ...(extracted.doubts ?? [])];
  return { reading: { ...read, doubts }, extracted };
}

/** One paper of a pile, with the pages that are its own. What is amiss with the file is so with each of its papers. */
export interface PileMember {
  readonly pages: PaperPages;
  readonly doubts: readonly Doubt[];
  readonly extracted: Extracted;
}

/** Reads a file that holds several papers, splits it at first pages, and extracts each paper by itself. */
export async function extractPile(
  readers: Readers,
  bytes: Uint8Array,
  as: ExtractAs | OwnExtractor,
  options: ReadOptions = {},
): Promise<PileMember[]> {
  const reading = await readers.read(bytes, options);
  const ranges = splitPages(reading.pages);
  const papers = ranges.map(({ from, to }) => reading.pages.filter(({ number }) => number >= from && number <= to));
  const data = dataOfPapers(papers, reading.statements);
  const members: PileMember[] = [];
  for (const [at, pages] of papers.entries()) {
    const context = contextOf(readers, bytes, { ...reading, pages, statements: data.statements[at]! }, options);
    const extracted = await extractAs(as, pages, context);
    const doubts = [...reading.doubts, ...data.doubts[at]!, ...(extracted.doubts ?? [])];
    members.push({ pages: ranges[at]!, doubts, extracted });
  }
  return members;
}

function contextOf(
  readers: Readers,
  bytes: Uint8Array,
  { pages, statements }: Pick<ReadResult, 'pages' | 'statements'>,
  options: ReadOptions,
): ExtractContext {
  const scanned = pages.some(({ source }) => source === 'ocr');
  return {
    paper: sha256(bytes),
    statements,
    ...(scanned && { reread: (boxes) => readers.reread(bytes, boxes, pages, options) }),
  };
}
