import type { TrustClass, TrustLabel } from '#core';
import { countLabels, type LabelCounts } from './labelCounts.ts';
import { classOf, perClass, plainGroup } from './trustClass.ts';

/** What people's answers put over the shipped calibration; made anew from all labels each time, so that an older one can come back. */
export interface OwnLayer {
  readonly origin: { readonly labels: number; readonly sampled: number; readonly wrong: number };
  /** By group: what is added to the log-odds, fitted on the labels that doubt brought. */
  readonly shifts: Readonly<Record<string, { readonly by: number; readonly n: number; readonly wrong: number }>>;
  /** What the error budget is tested on: sampled labels only, and none that a shift was fitted on. */
  readonly labels: Readonly<Record<TrustClass, LabelCounts>>;
}

export function ownLayerOf(labels: readonly TrustLabel[]): OwnLayer {
  const asked = Map.groupBy(
    labels.filter(({ sampled }) => !sampled),
    ({ group }) => group,
  );
  const shifts = Object.fromEntries(
    [...asked].map(([group, each]) => {
      const wrong = each.filter(({ right }) => !right).length;
      return [group, { by: shiftFor(each), n: each.length, wrong }];
    }),
  );
  const sampled = labels
    .filter((label) => label.sampled)
    .map((label) => ({ ...label, trust: moved(label.trust, shiftIn(shifts, label.group)) }));
  return {
    origin: {
      labels: labels.length,
      sampled: sampled.length,
      wrong: labels.filter(({ right }) => !right).length,
    },
    shifts,
    labels: perClass((of) => countLabels(sampled.filter(({ group }) => classOf(group) === of))),
  };
}

export function shifted(layer: OwnLayer | undefined, group: string, trust: number): number {
  return moved(trust, layer && shiftIn(layer.shifts, group));
}

/** What was found in master data, of which nobody has answered, goes by the others of its kind. */
function shiftIn(shifts: OwnLayer['shifts'], group: string): number | undefined {
  return (shifts[group] ?? shifts[plainGroup(group)])?.by;
}

function moved(trust: number, by: number | undefined): number {
  return by === undefined ? trust : sigmoid(logit(trust) + by);
}

/** A few answers move little: as much as a shift of one is thought likely beforehand. */
const SHIFT_VARIANCE = 1;

/** The likeliest shift of all log-odds of a group under a normal prior, by Newton's method. */
function shiftFor(labels: readonly TrustLabel[]): number {
  let by = 0;
  for (let i = 0; i < 25; i++) {
    let slope = by / SHIFT_VARIANCE;
    let curvature = 1 / SHIFT_VARIANCE;
    for (const { trust, right } of labels) {
      const p = sigmoid(logit(trust) + by);
      slope += p - (right ? 1 : 0);
      curvature += p * (1 - p);
    }
    by -= Math.max(-1, Math.min(1, slope / curvature));
  }
  return by;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(p: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(inside / (1 - inside));
}
