/**
 * Fits the classifier of papers (`extractors/types/classifier.json`) on papers of the demo's maker, on written pages of
 * other kinds, and, where REKEY_EVAL_DATA names a folder, on the public documents there; prints how held-out families fared.
 *
 *   node bench/classifier/main.ts fit --cache .rekey/readings     (`check` measures and writes nothing)
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { silentLogger } from '#core';
import { openReaders } from '#extractors';
import { exampleOf, fitClassifier, type Judgement } from './fit.ts';
import { type KnownPaper, madePapers, publicPapers, smudged } from './papers.ts';
import { writtenPapers } from './written.ts';

const FILE = new URL('../../extractors/types/classifier.json', import.meta.url);
const SEED = 7000;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      made: { type: 'string', default: '160' },
      written: { type: 'string', default: '40' },
      cache: { type: 'string', default: '.rekey/readings' },
    },
  });
  const readers = openReaders({ workers: 1, cache: values.cache, log: silentLogger });
  const folder = process.env['REKEY_EVAL_DATA'];
  const known = folder ? await publicPapers(readers, folder) : [];
  const made = await madePapers(readers, SEED, Number(values.made));
  await readers.close();
  const clean = [...known, ...made, ...writtenPapers(SEED, Number(values.written))];
  const worn = clean
    .filter(({ pages }) => pages.every(({ source }) => source === 'text'))
    .map((paper, i) => smudged(paper, String(i)));
  const papers = [...clean, ...worn];
  const origin = { by: 'bench/classifier fit', seed: SEED, ...values, public: known.length, papers: tally(papers) };
  const { classifier, judgements } = fitClassifier(papers.map(exampleOf), origin);
  if (positionals[0] === 'fit') await writeFile(FILE, `${JSON.stringify(classifier)}\n`);
  report(judgements);
}

function tally(papers: readonly KnownPaper[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(papers, ({ type }) => type)].map(([type, all]) => [type, all.length]));
}

function report(judgements: readonly Judgement[]): void {
  for (const [type, all] of Map.groupBy(judgements, ({ truth }) => truth)) {
    const wrong = Map.groupBy(
      all.filter(({ said, truth }) => said !== truth),
      ({ said }) => said,
    );
    const mistaken = [...wrong].map(([said, each]) => `${said} ${each.length}`).join(', ');
    console.log(
      `${type}: ${all.length - all.filter(({ said, truth }) => said !== truth).length} of ${all.length} right; said ${mistaken || '-'}`,
    );
  }
  for (const least of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
    const sure = judgements.filter(({ probability }) => probability >= least);
    const right = sure.filter(({ said, truth }) => said === truth).length;
    const mean = sure.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, sure.length);
    console.log(
      `at least ${least}: ${sure.length} of ${judgements.length}, ${((100 * right) / sure.length).toFixed(1)} % right, ${(100 * mean).toFixed(1)} % promised`,
    );
  }
}

await main();
