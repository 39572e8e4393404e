/**
 * Fits what tells a first page of a pile, and measures it: families of papers (sellers, advertisers) are left out in turn.
 * Papers are made by the demo's maker; with REKEY_EVAL_DATA the public ones there take part.
 *
 *   node bench/splitting/main.ts fit     (`check` measures and writes nothing)
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { silentLogger } from '#core';
import { seeded } from '#demo';
import { openReaders, SPLIT_CLUES, type SplitClue, type SplitWeights, splitFacts } from '#extractors';
import { fitLogistic, type Row } from '../calibration/logistic.ts';
import { type Joint, jointsOfPile, madePapers, makePile, type Pile, publicPapers, type WholePaper } from './piles.ts';

const FILE = new URL('../../extractors/splitting/weights.json', import.meta.url);
const FOLDS = 5;
const PILES = 4;
const PENALTY = 0.5;
/** What these say is plain, and rare in the papers at hand: weights are held towards it. */
const EXPECTED: Partial<Record<SplitClue, number>> = {
  'says-first': 2,
  'says-next': -4,
  'says-later': -1.5,
  'previous-was-last': 2,
  'carried-over': -1.5,
  'same-number': -1,
  'other-party': 1,
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: 'string', default: '77000' }, papers: { type: 'string', default: '160' } },
  });
  const seed = Number(values.seed);
  const readers = openReaders({ workers: availableParallelism(), cache: '.rekey/readings', log: silentLogger });
  const made = await madePapers(readers, seed, Number(values.papers));
  const folder = process.env['REKEY_EVAL_DATA'];
  const known = folder ? await publicPapers(readers, folder) : [];
  await readers.close();
  const chance = chanceOf(seed);
  crossValidate('made', made, [...made, ...known], chance);
  if (known.length > 0) crossValidate('public', known, [...made, ...known], chance);
  const joints = pilesOf([...made, ...known], chance).flatMap(jointsOfPile);
  const origin = { by: 'bench/splitting fit', seed, made: made.length, public: known.length, joints: joints.length };
  if (positionals[0] === 'fit') await writeFile(FILE, `${JSON.stringify(fitWeights(joints, origin), null, 2)}\n`);
}

function chanceOf(seed: number): () => number {
  const chance = seeded(String(seed));
  return () => chance.next();
}

function pilesOf(papers: readonly WholePaper[], chance: () => number): Pile[] {
  return Array.from({ length: PILES }, (_, i) => makePile(papers, chance, i % 2 === 1));
}

/** Fits on the other families of all papers and splits piles of the tested ones. */
function crossValidate(
  name: string,
  tested: readonly WholePaper[],
  all: readonly WholePaper[],
  chance: () => number,
): void {
  const families = [...new Set(all.map(({ family }) => family))].sort();
  const foldOf = (paper: WholePaper) => families.indexOf(paper.family) % FOLDS;
  const total = { joints: 0, right: 0, papers: 0, whole: 0, sure: 0, sureWhole: 0 };
  for (let fold = 0; fold < FOLDS; fold++) {
    const joints = pilesOf(
      all.filter((paper) => foldOf(paper) !== fold),
      chance,
    ).flatMap(jointsOfPile);
    const weights = fitWeights(joints, {});
    for (const pile of pilesOf(
      tested.filter((paper) => foldOf(paper) === fold),
      chance,
    ))
      count(pile, weights, total);
  }
  const percent = (part: number, of: number) => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
  console.log(
    `${name}: ${percent(total.right, total.joints)} of ${total.joints} joints right, ${percent(total.whole, total.papers)} of ${total.papers} papers whole; ` +
      `at 0.9 and above ${percent(total.sure, total.papers)} of papers, ${percent(total.sureWhole, total.sure)} of them whole`,
  );
}

function count(pile: Pile, weights: SplitWeights, total: Record<string, number>): void {
  const ranges = splitFacts(pile.pages, weights);
  const found = new Set(ranges.map(({ from }) => from));
  const ends = new Set([...pile.starts].map((start) => start - 1).concat(pile.pages.length - 1));
  for (let page = 1; page < pile.pages.length; page++) {
    total['joints']! += 1;
    if (found.has(page) === pile.starts.has(page)) total['right']! += 1;
  }
  total['papers']! += pile.starts.size;
  for (const { from, to, probability } of ranges) {
    const between = [...pile.starts].some((start) => start > from && start <= to);
    const whole = pile.starts.has(from) && ends.has(to) && !between;
    if (whole) total['whole']! += 1;
    if (probability >= 0.9) total['sure']! += 1;
    if (probability >= 0.9 && whole) total['sureWhole']! += 1;
  }
}

function fitWeights(joints: readonly Joint[], origin: SplitWeights['origin']): SplitWeights {
  const rows = joints.map(({ clues, first }): Row => {
    const filled = SPLIT_CLUES.flatMap((clue, i) => (clues[clue] === 0 ? [] : [[i + 1, clues[clue]] as const]));
    return {
      at: [0, ...filled.map(([at]) => at)],
      size: [1, ...filled.map(([, size]) => size)],
      right: first,
      weight: 1,
    };
  });
  const fitted = fitLogistic(rows, {
    free: [0],
    prior: Float64Array.from([0, ...SPLIT_CLUES.map((clue) => EXPECTED[clue] ?? 0)]),
    penalty: PENALTY,
  });
  const rounded = [...fitted].map((weight) => Math.round(1000 * weight) / 1000);
  const clues = Object.fromEntries(SPLIT_CLUES.map((clue, i) => [clue, rounded[i + 1]!])) as SplitWeights['clues'];
  return { origin, start: rounded[0]!, clues };
}

await main();
