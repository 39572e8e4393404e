/**
 * Measures how far readings may be trusted, on papers made by the demo's maker: `fit` writes the table that extractors
 * ship with (with REKEY_EVAL_DATA also on the real invoices there), `check` shows on other papers what that table lets through and what of it is wrong.
 *
 *   node bench/calibrate.ts fit   --digital 400 --batches 6 --seed 100000 --cache .rekey/calibration
 *   node bench/calibrate.ts check --digital 150 --batches 3 --seed 200000 --cache .rekey/calibration
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Page, sha256, silentLogger } from '#core';
import { type MadePaper, makeBatch, planBatch } from '#demo';
import {
  deliveryNoteExtractor,
  type Extractor,
  errorBudget,
  fitCalibration,
  invoiceExtractor,
  isRight,
  lowerBound,
  type Observation,
  observe,
  openReaders,
  type Readers,
} from '#extractors';

const BATCH = 48;
const TABLE = new URL('../extractors/confidence/table.json', import.meta.url);

interface Paper {
  readonly medium: string;
  readonly observations: readonly Observation[];
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      digital: { type: 'string', default: '400' },
      batches: { type: 'string', default: '6' },
      seed: { type: 'string', default: '100000' },
      cache: { type: 'string' },
      workers: { type: 'string', default: '2' },
    },
  });
  const opened = openReaders({ workers: Number(values.workers), cache: values.cache, log: silentLogger });
  const readers = values.cache === undefined ? opened : await rememberingSecondReadings(opened, values.cache);
  const made = chosenPapers(Number(values.seed), Number(values.digital), Number(values.batches));
  const papers = await observeAll(made, readers, Number(values.workers));
  const folder = process.env['REKEY_EVAL_DATA'];
  if (positionals[0] === 'fit' && folder) papers.push(...(await observeInvoices(folder, readers)));
  await readers.close();
  if (positionals[0] === 'fit') await writeTable(papers, values);
  report(papers);
}

/** Second readings cost seconds a paper: they are kept beside the first, so that a measurement can go on where it was cut. */
async function rememberingSecondReadings(readers: Readers, folder: string): Promise<Readers> {
  await mkdir(folder, { recursive: true });
  return {
    ...readers,
    async reread(bytes, boxes, pages, options) {
      const file = join(folder, `${sha256(sha256(bytes) + JSON.stringify(boxes))}.second.json`);
      const known = await readFile(file, 'utf8').catch(() => undefined);
      if (known !== undefined) return secondReadings.parse(JSON.parse(known));
      const answers = await readers.reread(bytes, boxes, pages, options);
      await writeFile(file, JSON.stringify(answers));
      return answers;
    },
  };
}

const secondReadings = z.array(z.object({ text: z.string(), confidence: z.number() }));

async function observeAll(made: AsyncIterable<MadePaper>, readers: Readers, workers: number): Promise<Paper[]> {
  const papers: Paper[] = [];
  const running = new Set<Promise<void>>();
  for await (const paper of made) {
    const work = observePaper(paper, readers).then((observed) => {
      papers.push(observed);
      running.delete(work);
      if (papers.length % 20 === 0) process.stderr.write(`${papers.length} papers\n`);
    });
    running.add(work);
    if (running.size > workers) await Promise.race(running);
  }
  await Promise.all(running);
  return papers;
}

/** Digital papers are cheap, scans and photographs take seconds each: their numbers are chosen apart. */
async function* chosenPapers(seed: number, digital: number, batches: number): AsyncGenerator<MadePaper> {
  for (const plan of planBatch({ seed, count: digital })) {
    const { name, truth, how } = plan;
    const bytes = await plan.drawPdf();
    yield { name, mime: 'application/pdf', bytes, truth, how: { ...how, medium: 'digital', damage: null } };
  }
  for (let batch = 1; batch <= batches; batch++) {
    for await (const made of makeBatch({ seed: seed + batch, count: BATCH })) {
      if (made.how.medium !== 'digital') yield made;
    }
  }
}

async function observePaper({ bytes, truth, how }: MadePaper, readers: Readers): Promise<Paper> {
  const { pages } = await readers.read(bytes);
  const extractor = truth.type === 'invoice' ? invoiceExtractor : deliveryNoteExtractor;
  const observations = await observeWith<object>(extractor, pages, bytes, readers, comparable(truth));
  return { medium: how.medium, observations };
}

async function observeWith<T extends object>(
  extractor: Extractor<T>,
  pages: readonly Page[],
  bytes: Uint8Array,
  readers: Readers,
  truth: Readonly<Record<string, unknown>>,
): Promise<Observation[]> {
  const ocr = pages.some((page) => page.source === 'ocr');
  const draft = await extractor.extract(pages, {
    paper: sha256(bytes),
    ...(ocr && { reread: (boxes) => readers.reread(bytes, boxes, pages) }),
  });
  return observe(extractor.name, ocr ? 'ocr' : 'text', draft, truth);
}

/** Real invoices with truth, of which only what can be seen on the page counts. */
async function observeInvoices(folder: string, readers: Readers): Promise<Paper[]> {
  const lines = (await readFile(join(folder, 'invoices', 'manifest.jsonl'), 'utf8')).trim().split('\n');
  const papers: Paper[] = [];
  for (const line of lines) {
    const { file, fields, visible } = realInvoice.parse(JSON.parse(line));
    if (!file.endsWith('.pdf')) continue;
    const bytes = await readFile(join(folder, file));
    const { pages } = await readers.read(bytes);
    const truth = Object.fromEntries(Object.entries(fields).filter(([name]) => visible.includes(name)));
    papers.push({
      medium: 'real',
      observations: await observeWith<object>(invoiceExtractor, pages, bytes, readers, truth),
    });
  }
  return papers;
}

const realInvoice = z.object({
  file: z.string(),
  fields: z.record(z.string(), z.string()),
  visible: z.array(z.string()),
});

/** The truth in the shape of the draft: counts as texts, columns that delivery notes lack as null. */
function comparable(truth: MadePaper['truth']): Record<string, unknown> {
  if (truth.type === 'invoice') return { ...truth };
  const items = truth.items.map((item) => ({ ...item, unit_price: null, line_total: null }));
  return { ...truth, parcels: String(truth.parcels), items };
}

async function writeTable(
  papers: readonly Paper[],
  options: { digital: string; batches: string; seed: string },
): Promise<void> {
  const media = Object.fromEntries([...Map.groupBy(papers, ({ medium }) => medium)].map(([m, all]) => [m, all.length]));
  const { digital, batches, seed } = options;
  const origin = { by: 'bench/calibrate.ts fit', digital, batches, seed, papers: media };
  const observations = papers.flatMap((paper) => paper.observations);
  await writeFile(TABLE, `${JSON.stringify(fitCalibration(observations, origin), null, 2)}\n`);
}

function trust({ reading }: Observation): number {
  return reading.value === null ? reading.absent : reading.probability;
}

/** What the shipped table accepts at the default budget, and what of it is wrong. */
function report(papers: readonly Paper[]): void {
  const threshold = errorBudget();
  const accepted = (each: Observation) => trust(each) >= threshold;
  const heads = papers.map(({ medium, observations }) => ({
    medium,
    fields: observations.filter(({ field }) => field !== 'items'),
  }));
  const media = [...Map.groupBy(heads, ({ medium }) => medium)].map(([medium, group]) => {
    const through = group.filter(({ fields }) => fields.every(accepted));
    const wrong = through.filter(({ fields }) => !fields.every(isRight)).length;
    return { medium, papers: group.length, through: through.length, wrong };
  });
  const fields = [
    ...Map.groupBy(
      papers.flatMap((paper) => paper.observations),
      ({ medium, field }) => `${medium} ${field}`,
    ),
  ];
  console.table(media);
  const letThrough = papers.flatMap((paper) => paper.observations).filter(accepted);
  const tally = { n: letThrough.length, right: letThrough.filter(isRight).length };
  const bound = (1000 * (1 - lowerBound(tally))).toFixed(1);
  console.log(`Accepted fields: ${tally.n}, wrong ${tally.n - tally.right}: at most ${bound} in 1,000 at 95 %.`);
  console.table(
    fields.map(([name, group]) => ({
      field: name,
      n: group.length,
      right: group.filter(isRight).length,
      accepted: group.filter(accepted).length,
      'accepted wrong': group.filter((each) => accepted(each) && !isRight(each)).length,
    })),
  );
}

await main();
