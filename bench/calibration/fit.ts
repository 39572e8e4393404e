import { createHash } from 'node:crypto';
import {
  type Calibration,
  classOf,
  countLabels,
  featuresOf,
  groupOf,
  type LabelOrigin,
  onCurve,
  perClass,
  type Ranker,
  reliabilityOf,
} from '#extractors';
import { risingCurve } from './isotonic.ts';
import type { Label } from './label.ts';
import { fitLogistic, logOddsOf, type Row } from './logistic.ts';

/** A label with how sure a model was of it that had not seen its family. */
export interface Judgement {
  readonly label: Label;
  readonly trust: number;
}

export interface Fitted {
  readonly calibration: Calibration;
  readonly judgements: readonly Judgement[];
}

const FOLDS = 10;
const PENALTY = 2;
/**
 * Evidence that comes up only where people have taught, and so has few labels of its own yet or none: what it is thought
 * to be worth, in log-odds, until labels say more.
 */
const PRIOR: Readonly<Record<string, number>> = {
  'saw learned': 2,
  'saw overruled': -1,
  'saw lesson-differs': -1.5,
  'saw sources-differ': -1.5,
};
/** Marks made papers in the fitting; never set at run time, where papers are taken to be as hard as public ones. */
const MADE = 'made';

/** Weights from all labels; the curve and the counts from labels whose families the weights had not seen. */
export function fitCalibration(labels: readonly Label[], origin: Readonly<Record<string, unknown>>): Fitted {
  const values = fitRanker(labels.filter(({ absent }) => !absent));
  const absences = fitRanker(labels.filter(({ absent }) => absent));
  const judgements = [...values.judgements, ...absences.judgements];
  return {
    judgements,
    calibration: { origin, values: values.ranker, absences: absences.ranker, ...counted(judgements) },
  };
}

function fitRanker(labels: readonly Label[]): { ranker: Ranker; judgements: Judgement[] } {
  const { rows, names } = design(labels);
  const prior = Float64Array.from(names, (name) => PRIOR[name] ?? 0);
  const free = [names.indexOf('always')].filter((at) => at >= 0);
  const weigh = (some: readonly Row[]) => fitLogistic(some, { free, prior, penalty: PENALTY });
  const unseen = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = labels.map(({ family }) => foldOf(family) === fold);
    const weights = withoutMade(weigh(rows.filter((_, i) => !inFold[i])), names);
    for (const [i, row] of rows.entries()) if (inFold[i]) unseen[i] = logOddsOf(row, weights);
  }
  const curve = curveOf(labels, unseen);
  const weights = weigh(rows);
  const named = names.flatMap((name, i): [string, number][] => (name === MADE ? [] : [[name, rounded(weights[i]!)]]));
  const ranker = { weights: Object.fromEntries(named.filter(([, weight]) => weight !== 0)), curve };
  const judgements = labels.map((label, i) => ({ label, trust: onCurve(curve, unseen[i]!) }));
  return { ranker, judgements };
}

/** By public documents where there are enough: made papers are easier, and would lift it. */
function curveOf(labels: readonly Label[], unseen: Float64Array): [number, number][] {
  const points = labels.map(({ right, origin }, i) => ({ at: unseen[i]!, right, weight: 1, origin }));
  const real = points.filter(({ origin }) => origin === 'public');
  const curve = risingCurve(real.length >= ENOUGH_FOR_A_CURVE ? real : points);
  return curve.map(([at, share]) => [rounded(at), rounded(share)]);
}

const ENOUGH_FOR_A_CURVE = 100;

function design(labels: readonly Label[]): { rows: Row[]; names: string[] } {
  const columns = new Map(Object.keys(PRIOR).map((name, i): [string, number] => [name, i]));
  const column = (name: string) => columns.get(name) ?? columns.set(name, columns.size).get(name)!;
  const isMade = ({ origin }: Label) => origin === 'demo';
  const made = labels.filter(isMade).length;
  // However many were made, together they weigh as much as the public ones.
  const weight = made === 0 ? 1 : Math.min(1, Math.max(1, labels.length - made) / made);
  const rows = labels.map((label): Row => {
    const features = featuresOf(label);
    if (isMade(label)) features.set(MADE, 1);
    const at = [...features.keys()].map(column);
    return { at, size: [...features.values()], right: label.right, weight: isMade(label) ? weight : 1 };
  });
  return { rows, names: [...columns.keys()] };
}

function withoutMade(weights: Float64Array, names: readonly string[]): Float64Array {
  return weights.map((weight, i) => (names[i] === MADE ? 0 : weight));
}

function foldOf(family: string): number {
  return createHash('sha256').update(family).digest().readUInt32BE() % FOLDS;
}

function counted(judgements: readonly Judgement[]): Pick<Calibration, 'labels' | 'reliability'> {
  const fields = judgements.map(({ label, trust }) => ({ ...label, trust }));
  const of = (origin: LabelOrigin) =>
    perClass((wanted) =>
      countLabels(
        fields.filter(
          (each) => each.origin === origin && each.posted && classOf(groupOf(each.medium, each.kind)) === wanted,
        ),
      ),
    );
  const open = fields.filter(({ origin }) => origin === 'public');
  const kinds = [...Map.groupBy(open, ({ kind }) => kind)].sort(([a], [b]) => a.localeCompare(b));
  return {
    labels: { public: of('public'), demo: of('demo') },
    reliability: Object.fromEntries(kinds.map(([kind, each]) => [kind, reliabilityOf(each)])),
  };
}

function rounded(number: number): number {
  return Math.round(number * 1e4) / 1e4;
}
