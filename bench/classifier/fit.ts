import { type ClassifierWeights, PAPER_CLASSES, paperClues, paperShares } from '#extractors';
import { fitLogistic } from '../calibration/logistic.ts';
import type { KnownPaper } from './papers.ts';

const PENALTY = 2;
const FOLDS = 5;

export interface Example {
  readonly type: string;
  readonly family: string;
  readonly clues: Readonly<Record<string, number>>;
}

export interface Judgement {
  readonly truth: string;
  readonly said: string;
  readonly probability: number;
}

export function exampleOf({ type, family, pages }: KnownPaper): Example {
  return { type, family, clues: paperClues(pages) };
}

/** One logistic regression a kind, kinds weighing alike however many papers each has; then one temperature for all. */
export function fitClassifier(examples: readonly Example[], origin: Readonly<Record<string, unknown>>) {
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = fitWeights(examples.filter((each) => foldOf(each) !== fold));
    return examples.filter((each) => foldOf(each) === fold).map((each) => ({ each, weights }));
  }).flat();
  const temperature = bestTemperature(folds);
  const judgements = folds.map(({ each, weights }) => judge(each, { ...weights, temperature }));
  const classifier: ClassifierWeights = { origin, ...fitWeights(examples), temperature };
  return { classifier, judgements };
}

/** Papers of a family fall into the same fold. */
function foldOf({ family }: Example): number {
  return [...family].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) % 9973, 7) % FOLDS;
}

function fitWeights(examples: readonly Example[]): Pick<ClassifierWeights, 'clues' | 'weights'> {
  const clues = [...new Set(examples.flatMap((example) => Object.keys(example.clues)))].sort();
  const column = new Map(clues.map((clue, i) => [clue, i + 1]));
  const counts = Map.groupBy(examples, ({ type }) => type);
  const weights = PAPER_CLASSES.map((type): [string, number[]] => {
    const rows = examples.map((example) => {
      const present = Object.entries(example.clues).filter(([, size]) => size !== 0);
      return {
        at: [0, ...present.map(([clue]) => column.get(clue)!)],
        size: [1, ...present.map(([, size]) => size)],
        right: example.type === type,
        weight: examples.length / PAPER_CLASSES.length / counts.get(example.type)!.length,
      };
    });
    const fitted = fitLogistic(rows, { free: [0], prior: new Float64Array(clues.length + 1), penalty: PENALTY });
    return [type, [...fitted].map((weight) => Math.round(weight * 1000) / 1000)];
  });
  return { clues, weights: Object.fromEntries(weights) };
}

type Held = { each: Example; weights: Pick<ClassifierWeights, 'clues' | 'weights'> };

/** The temperature under which held-out papers are least surprising. */
function bestTemperature(held: readonly Held[]): number {
  const steps = Array.from({ length: 30 }, (_, i) => Math.round(100 * 0.3 * 1.12 ** i) / 100);
  const surprise = (temperature: number) =>
    held.reduce((sum, { each, weights }) => {
      const share =
        paperShares(each.clues, { ...weights, temperature }).find(({ type }) => type === each.type)?.share ?? 0;
      return sum - Math.log(Math.max(1e-6, share));
    }, 0);
  return steps.reduce((best, step) => (surprise(step) < surprise(best) ? step : best));
}

function judge({ type, clues }: Example, weights: Omit<ClassifierWeights, 'origin'>): Judgement {
  const [best] = paperShares(clues, weights);
  return { truth: type, said: best!.type, probability: best!.share };
}
