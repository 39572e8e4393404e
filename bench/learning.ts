/**
 * What one corrected paper of a layout does for the next ones: a learning curve over layouts the memory has never seen.
 * Papers come one after the other, as they would; the memory itself decides which are of one layout. Of each layout the
 * first `--examples` papers are corrected with their truth, the others are only read. With REKEY_EVAL_DATA also on the
 * public papers there. `--labels` writes what the memory said of the later papers as labels for bench/calibration.
 *
 *   node bench/learning.ts --made 240 --seed 300000 --examples 1 --cache .rekey/readings
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type LayoutMemory, type Page, type Reading, sha256, silentLogger } from '#core';
import {
  advertisingOrderExtractor,
  deliveryNoteExtractor,
  type Extractor,
  invoiceExtractor,
  kindOfField,
  normaliseField,
  openReaders,
  type Readers,
  receiptExtractor,
  recognise,
  teach,
  withMemory,
} from '#extractors';
import { openStore } from '#store';
import type { Label } from './calibration/label.ts';
import { madePapers, publicPapers, type TruePaper } from './calibration/papers.ts';

const EXTRACTORS: readonly Extractor<object>[] = [
  invoiceExtractor,
  deliveryNoteExtractor,
  receiptExtractor,
  advertisingOrderExtractor,
];

/** One field of a paper after the first ones of its layout: right or not, without and with the memory. */
interface Outcome {
  readonly set: string;
  readonly field: string;
  readonly paper: string;
  readonly alone: boolean;
  readonly remembered: boolean;
  readonly reading: Reading<unknown>;
  readonly wanted: string;
}

interface Tested {
  readonly outcomes: readonly Outcome[];
  readonly labels: readonly Label[];
  readonly examples: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      made: { type: 'string', default: '240' },
      seed: { type: 'string', default: '300000' },
      examples: { type: 'string', default: '1' },
      cache: { type: 'string' },
      labels: { type: 'string' },
      set: { type: 'string', multiple: true },
      verbose: { type: 'boolean', default: false },
    },
  });
  const readers = openReaders({ workers: 1, cache: values.cache, log: silentLogger });
  const store = await openStore({ kind: 'memory' }, { log: silentLogger });
  try {
    const papers = await chosenPapers(Number(values.seed), Number(values.made), values.set);
    const tested = await testAll(papers, readers, store.memory, Number(values.examples));
    report(tested);
    if (values.verbose) reportWrong(tested.outcomes);
    if (values.labels) await writeFile(values.labels, `${JSON.stringify(tested.labels)}\n`);
  } finally {
    await store.close();
    await readers.close();
  }
}

async function chosenPapers(seed: number, count: number, sets: readonly string[] | undefined): Promise<TruePaper[]> {
  const made: TruePaper[] = [];
  for await (const paper of madePapers({ seed, digital: count, batches: 0 })) made.push(paper);
  const folder = process.env['REKEY_EVAL_DATA'];
  const all = [...made, ...(folder ? await publicPapers(folder) : [])];
  return all.filter(({ set }) => sets === undefined || sets.includes(set));
}

async function testAll(
  papers: readonly TruePaper[],
  readers: Readers,
  memory: LayoutMemory,
  examples: number,
): Promise<Tested> {
  const outcomes: Outcome[] = [];
  const labels: Label[] = [];
  const taught: Record<string, number> = {};
  for (const [i, paper] of papers.entries()) {
    if (i % 20 === 19) process.stderr.write(`${i + 1} of ${papers.length} papers\n`);
    const seen = await testOne(paper, readers, memory, examples).catch((error: unknown) => {
      process.stderr.write(`${paper.name} was left out: ${error instanceof Error ? error.message : 'unknown'}\n`);
      return undefined;
    });
    if (seen === 'example') taught[paper.set] = (taught[paper.set] ?? 0) + 1;
    else if (seen) {
      outcomes.push(...seen);
      labels.push(...seen.flatMap((outcome) => labelOf(paper, outcome)));
    }
  }
  return { outcomes, labels, examples: taught };
}

/** A paper of a layout with too few examples becomes one; every other is read with and without the memory. */
async function testOne(
  paper: TruePaper,
  readers: Readers,
  memory: LayoutMemory,
  examples: number,
): Promise<'example' | Outcome[] | undefined> {
  const extractor = EXTRACTORS.find(({ name }) => name === paper.as);
  if (!extractor) return undefined;
  const bytes = await paper.bytes();
  const { pages, statements } = await readers.read(bytes);
  const scanned = pages.some(({ source }) => source === 'ocr');
  const context = {
    ...{ paper: sha256(bytes), statements: paper.origin === 'public' ? [] : statements },
    ...(scanned && { reread: (boxes: Parameters<Readers['reread']>[1]) => readers.reread(bytes, boxes, pages) }),
  };
  const { layouts } = await recognise(memory, extractor.name, pages);
  const [layout] = layouts;
  const alone: Readings = { ...(await extractor.extract(pages, context)) };
  if (!layout || (await memory.papers(layout.id)).length < examples) {
    await correct(memory, extractor.name, paper, pages, context.paper, alone);
    return 'example';
  }
  const fixed = { ...extractor, extract: async () => alone };
  const remembered: Readings = { ...(await withMemory<object>(fixed, memory).extract(pages, context)) };
  return Object.entries(alone).flatMap(([field, reading]): Outcome[] => {
    const wanted = paper.truth[field];
    if (typeof wanted !== 'string') return [];
    const right = ({ value }: Reading<unknown>) => isRight(paper, field, value, wanted);
    const now = remembered[field] ?? reading;
    const { set, name } = paper;
    return [{ set, field, paper: name, alone: right(reading), remembered: right(now), reading: now, wanted }];
  });
}

type Readings = Record<string, Reading<unknown>>;

/** What a person would say, who knows the truth and leaves alone what it does not speak of. */
function correct(
  memory: LayoutMemory,
  extractor: string,
  { truth }: TruePaper,
  pages: readonly Page[],
  paper: string,
  alone: Readings,
): Promise<boolean> {
  const fields = Object.entries(alone).flatMap(([field, { value }]): [string, string | null, string | null][] => {
    const said = truth[field];
    const isText = typeof said === 'string' || said === null;
    return isText && (value === null || typeof value === 'string') ? [[field, value, said]] : [];
  });
  const read = Object.fromEntries(fields.map(([field, value]) => [field, value]));
  const values = Object.fromEntries(fields.map(([field, , said]) => [field, said]));
  return teach(memory, { extractor, sha256: paper, pages, read, values, by: 'truth' });
}

/** Public truth was typed by many hands: it is compared as the scorer does. */
function isRight({ dayFirst }: TruePaper, field: string, value: unknown, wanted: string): boolean {
  if (typeof value !== 'string') return false;
  return normaliseField(field, value, { dayFirst }) === normaliseField(field, wanted, { dayFirst });
}

/** Only what a lesson spoke of: the rest is known from papers without a memory. */
function labelOf({ origin, set, family, as }: TruePaper, { field, paper, reading, remembered }: Outcome): Label[] {
  if (!reading.evidence.some((word) => word === 'learned' || word === 'lesson-differs')) return [];
  const kind = kindOfField(field);
  const medium = reading.group?.startsWith('ocr/') ? 'ocr' : 'text';
  const { evidence, clues = {} } = reading;
  const absent = reading.value === null;
  return [
    {
      ...{ origin, set, family, paper, extractor: as, field, kind, medium, evidence, clues, absent },
      right: remembered,
      // The budget counts every field once: as it was read without a lesson.
      posted: false,
    },
  ];
}

function report({ outcomes, examples }: Tested): void {
  const sets = [...Map.groupBy(outcomes, ({ set }) => set)];
  console.table(sets.map(([set, all]) => ({ set, examples: examples[set] ?? 0, ...figures(all) })));
  const fields = [...Map.groupBy(outcomes, ({ set, field }) => `${set} ${field}`)];
  console.table(fields.map(([field, all]) => ({ field, ...figures(all) })));
}

function figures(outcomes: readonly Outcome[]) {
  const share = (of: readonly Outcome[], is: (outcome: Outcome) => boolean) =>
    of.length === 0 ? '' : ((100 * of.filter(is).length) / of.length).toFixed(1);
  const spoke = outcomes.filter(({ reading }) => reading.evidence.includes('learned'));
  const overruled = spoke.filter(({ reading }) => reading.evidence.includes('overruled'));
  return {
    papers: new Set(outcomes.map(({ paper }) => paper)).size,
    fields: outcomes.length,
    'alone %': share(outcomes, ({ alone }) => alone),
    'with memory %': share(outcomes, ({ remembered }) => remembered),
    learned: spoke.length,
    'learned right %': share(spoke, ({ remembered }) => remembered),
    overruled: overruled.length,
    'made right': overruled.filter(({ alone, remembered }) => !alone && remembered).length,
    'made wrong': overruled.filter(({ alone, remembered }) => alone && !remembered).length,
  };
}

function reportWrong(outcomes: readonly Outcome[]): void {
  for (const { set, field, paper, wanted, reading, alone, remembered } of outcomes) {
    if (!remembered)
      console.log(JSON.stringify({ set, field, paper, wanted, got: reading.value, alone, evidence: reading.evidence }));
  }
}

await main();
