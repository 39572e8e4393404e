/**
 * Measures how far readings may be trusted, and writes what extractors ship with (`extractors/confidence/calibration.json`).
 * Papers are made by the demo's maker; with REKEY_EVAL_DATA the public documents there take part, and their labels are
 * what probabilities and the default budget go by. Readings are kept in the cache folder: cut off, it goes on from there.
 *
 *   node bench/calibration/main.ts fit --cache .rekey/calibration     (`check` measures and writes nothing)
 *
 * `--learned labels.json` adds labels of lessons, as `bench/learning.ts --labels labels.json` writes them.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { silentLogger } from '#core';
import { openReaders, type Readers } from '#extractors';
import { fitCalibration } from './fit.ts';
import type { Label } from './label.ts';
import { labelsOf, rememberingSecondReadings } from './observe.ts';
import { madePapers, publicPapers, type TruePaper } from './papers.ts';
import { report } from './report.ts';

const FILE = new URL('../../extractors/confidence/calibration.json', import.meta.url);

async function main(): Promise<void> {
  const began = performance.now();
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      digital: { type: 'string', default: '800' },
      batches: { type: 'string', default: '7' },
      seed: { type: 'string', default: '100000' },
      cache: { type: 'string', default: '.rekey/calibration' },
      workers: { type: 'string', default: '2' },
      learned: { type: 'string' },
    },
  });
  const workers = Number(values.workers);
  const opened = openReaders({ workers, cache: values.cache, log: silentLogger });
  const readers = await rememberingSecondReadings(opened, values.cache);
  const [seed, digital, batches] = [values.seed, values.digital, values.batches].map(Number) as [
    number,
    number,
    number,
  ];
  const folder = process.env['REKEY_EVAL_DATA'];
  const labels = await labelAll(allPapers(folder, { seed, digital, batches }), readers, workers);
  await readers.close();
  if (values.learned) labels.push(...(JSON.parse(await readFile(values.learned, 'utf8')) as Label[]));
  const origin = { by: 'bench/calibration fit', seed, digital, batches, papers: papersBySet(labels) };
  const fitted = fitCalibration(labels, origin);
  if (positionals[0] === 'fit') await writeFile(FILE, `${JSON.stringify(fitted.calibration, null, 1)}\n`);
  report(fitted);
  console.log(`Took ${Math.round((performance.now() - began) / 1000)} seconds.`);
}

async function* allPapers(folder: string | undefined, made: Parameters<typeof madePapers>[0]) {
  if (folder) yield* await publicPapers(folder);
  yield* madePapers(made);
}

async function labelAll(papers: AsyncIterable<TruePaper>, readers: Readers, workers: number): Promise<Label[]> {
  const labels: Label[] = [];
  const running = new Set<Promise<void>>();
  let done = 0;
  for await (const paper of papers) {
    const work: Promise<void> = labelsOf(paper, readers).then((found) => {
      labels.push(...found);
      running.delete(work);
      if (++done % 50 === 0) process.stderr.write(`${done} papers\n`);
    });
    running.add(work);
    if (running.size > workers) await Promise.race(running);
  }
  await Promise.all(running);
  // Papers end in any order; the fit must not depend on it.
  return labels.sort((a, b) => (a.set + a.paper + a.field < b.set + b.paper + b.field ? -1 : 1));
}

function papersBySet(labels: readonly Label[]): Record<string, number> {
  const sets = [...Map.groupBy(labels, ({ set, medium }) => `${set} ${medium}`)].sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(sets.map(([set, each]) => [set, new Set(each.map(({ paper }) => paper)).size]));
}

await main();
