/**
 * What corrected papers of a layout do for the next ones: a learning curve over layouts the memory has never seen.
 * Papers come one after the other, as they would; the memory itself decides which are of one layout. Every paper is read
 * with what the memory knows by then, and of each layout the first `--examples` are then corrected with their truth. With
 * REKEY_EVAL_DATA also on the public papers there. What passes is told at `--budget` wrong in 1,000, on the labels of
 * public papers. `--labels` writes what the memory said as labels for bench/calibration.
 *
 *   node bench/learning.ts --made 240 --seed 300000 --examples 4 --budget 50 --cache .rekey/readings
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type LayoutMemory, type Page, type Reading, sha256, silentLogger } from '#core';
import {
  advertisingOrderExtractor,
  deliveryNoteExtractor,
  type Extractor,
  type Gate,
  invoiceExtractor,
  kindOfField,
  normaliseField,
  openGate,
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

/** One field of a paper: right or not, without and with the memory. */
interface Outcome {
  readonly set: string;
  /** Corrected papers of its layout that the memory had by then. */
  readonly examples: number;
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
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      made: { type: 'string', default: '240' },
      seed: { type: 'string', default: '300000' },
      examples: { type: 'string', default: '4' },
      budget: { type: 'string', default: '50' },
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
    report(tested, openGate({ wrongPerThousand: Number(values.budget) }));
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
  for (const [i, paper] of papers.entries()) {
    if (i % 20 === 19) process.stderr.write(`${i + 1} of ${papers.length} papers\n`);
    const seen = await testOne(paper, readers, memory, examples).catch((error: unknown) => {
      process.stderr.write(`${paper.name} was left out: ${error instanceof Error ? error.message : 'unknown'}\n`);
      return undefined;
    });
    outcomes.push(...(seen ?? []));
    labels.push(...(seen ?? []).flatMap((outcome) => labelOf(paper, outcome)));
  }
  return { outcomes, labels };
}

/** A paper is read without and with the memory; one of a layout with too few examples then becomes one. */
async function testOne(
  paper: TruePaper,
  readers: Readers,
  memory: LayoutMemory,
  examples: number,
): Promise<Outcome[] | undefined> {
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
  const known = layout ? (await memory.papers(layout.id)).length : 0;
  const alone: Readings = { ...(await extractor.extract(pages, context)) };
  const fixed = { ...extractor, extract: async () => alone };
  const remembered: Readings = { ...(await withMemory<object>(fixed, memory).extract(pages, context)) };
  if (known < examples) await correct(memory, extractor.name, paper, pages, context.paper, alone);
  return Object.entries(alone).flatMap(([field, reading]): Outcome[] => {
    const wanted = paper.truth[field];
    if (typeof wanted !== 'string') return [];
    const right = ({ value }: Reading<unknown>) => isRight(paper, field, value, wanted);
    const now = remembered[field] ?? reading;
    const seen = { set: paper.set, examples: known, field, paper: paper.name };
    return [{ ...seen, alone: right(reading), remembered: right(now), reading: now, wanted }];
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

function report({ outcomes }: Tested, gate: Gate): void {
  const tables = [
    Map.groupBy(outcomes, ({ set, examples }) => `${set}, ${examples} examples`),
    Map.groupBy(
      outcomes.filter(({ examples }) => examples > 0),
      ({ set, field }) => `${set} ${field}`,
    ),
  ];
  for (const table of tables) {
    console.table(
      Object.fromEntries([...table].sort().map(([name, all]) => [name, { ...figures(all), ...passing(all, gate) }])),
    );
  }
}

/** What the gate lets pass, by fields and by whole papers: those all of whose fields with a truth pass. */
function passing(outcomes: readonly Outcome[], gate: Gate) {
  const passes = ({ reading }: Outcome) => gate.accepts(reading);
  const papers = [...Map.groupBy(outcomes, ({ paper }) => paper).values()];
  const whole = papers.filter((fields) => fields.every(passes));
  return {
    'fields pass %': share(outcomes, passes),
    'right of these %': share(outcomes.filter(passes), ({ remembered }) => remembered),
    'papers pass %': share(papers, (fields) => fields.every(passes)),
    'papers right of these %': share(whole, (fields) => fields.every(({ remembered }) => remembered)),
  };
}

function figures(outcomes: readonly Outcome[]) {
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

function share<T>(of: readonly T[], is: (each: T) => boolean): string {
  return of.length === 0 ? '' : ((100 * of.filter(is).length) / of.length).toFixed(1);
}

function reportWrong(outcomes: readonly Outcome[]): void {
  for (const { set, field, paper, wanted, reading, alone, remembered } of outcomes) {
    if (!remembered)
      console.log(JSON.stringify({ set, field, paper, wanted, got: reading.value, alone, evidence: reading.evidence }));
  }
}

await main();
