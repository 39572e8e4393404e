import { readFileSync } from 'node:fs';
import type { Reading, TrustClass } from '#core';
import { featuresOf, type Judged } from './features.ts';
import type { LabelCounts } from './labelCounts.ts';
import type { ReliabilityPoint } from './reliability.ts';

/** Log-odds by weights, then what such log-odds were worth on papers the weights had not seen. */
export interface Ranker {
  readonly weights: Readonly<Record<string, number>>;
  /** Rising points of log-odds and probability; straight between them, level beyond. */
  readonly curve: readonly (readonly [number, number])[];
}

/** Papers whose labels come with a release: public documents, and papers made by the demo. */
export type LabelOrigin = 'public' | 'demo';

/** What `bench/calibration` fitted: reviewed as a file, read at run time. */
export interface Calibration {
  readonly origin: Readonly<Record<string, unknown>>;
  readonly values: Ranker;
  readonly absences: Ranker;
  /** What the error budget is tested on. */
  readonly labels: Readonly<Record<LabelOrigin, Readonly<Record<TrustClass, LabelCounts>>>>;
  /** By kind of value, on public documents. */
  readonly reliability: Readonly<Record<string, readonly ReliabilityPoint[]>>;
}

let shipped: Calibration | undefined;

/** The one that comes with this version, read once when first asked for. */
export function shippedCalibration(): Calibration {
  shipped ??= JSON.parse(readFileSync(new URL('./calibration.json', import.meta.url), 'utf8')) as Calibration;
  return shipped;
}

export function probabilityOfValue({ values }: Calibration, judged: Judged): number {
  return onCurve(values.curve, logOdds(values, judged));
}

export function probabilityOfAbsence({ absences }: Calibration, judged: Judged): number {
  return onCurve(absences.curve, logOdds(absences, judged));
}

/** How sure a reading is of its value, or of there being none. */
export function trustOf({ value, probability, absent }: Reading<unknown>): number {
  return value === null ? absent : probability;
}

/** Features without a weight were never seen in the fitting and say nothing. */
function logOdds({ weights }: Pick<Ranker, 'weights'>, judged: Judged): number {
  let sum = 0;
  for (const [name, size] of featuresOf(judged)) sum += (weights[name] ?? 0) * size;
  return sum;
}

/**
 * The probability such log-odds are worth. Beyond the ends no labels were seen, so it goes half of what is left at most;
 * but it goes on, so that the surest still rank.
 */
export function onCurve(curve: Ranker['curve'], at: number): number {
  const next = curve.findIndex(([x]) => x >= at);
  const [x1, y1] = curve.at(next) ?? [0, 0.5];
  if (next < 0) return 1 - (1 - y1) * fading(at - x1);
  const before = curve[next - 1];
  if (!before) return y1 * fading(x1 - at);
  const [x0, y0] = before;
  return y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
}

/** From 1 down to a half. */
function fading(far: number): number {
  return 0.5 + 0.5 * Math.exp(-far);
}
