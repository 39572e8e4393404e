import type { TrustLabel, TrustLayer, TrustReport, TrustSetting } from '#core';
import { type Calibration, shippedCalibration } from './calibration.ts';
import { type Gate, type GateOptions, openGate } from './gate.ts';
import type { OwnLayer } from './ownLayer.ts';
import { TRUST_CLASSES } from './trustClass.ts';

/** Budgets a person may weigh against each other, wrong fields per thousand. */
export const BUDGETS = [1, 2, 5, 10, 20, 50, 100] as const;

/** What is known of trust here, in figures that can be drawn. */
export function trustReport(
  options: Required<Pick<GateOptions, 'wrongPerThousand' | 'labels'>>,
  labels: readonly TrustLabel[],
  layer: TrustLayer | undefined,
  calibration: Calibration = shippedCalibration(),
): TrustReport {
  const own = layer && (layer.body as OwnLayer);
  const at = (wrongPerThousand: number) => settingsOf(openGate({ ...options, own, wrongPerThousand }, calibration));
  return {
    wrongPerThousand: options.wrongPerThousand,
    settings: at(options.wrongPerThousand),
    costs: BUDGETS.flatMap(at),
    reliability: Object.entries(calibration.reliability).map(([kind, points]) => ({ kind, points })),
    own: {
      labels: labels.length,
      sampled: labels.filter(({ sampled }) => sampled).length,
      wrong: labels.filter(({ right }) => !right).length,
    },
    layer:
      layer && own ? { version: layer.version, at: layer.at, labels: own.origin.labels, shifts: shiftsOf(own) } : null,
  };
}

/** Readers of one's own are spoken of where there are any. */
function settingsOf({ settings, testedOn }: Gate): TrustSetting[] {
  const known = TRUST_CLASSES.filter((of) => of !== 'plugged-in' || settings[of].labels > 0);
  return known.map((of) => ({ of, testedOn: testedOn[of], ...settings[of] }));
}

function shiftsOf({ shifts }: OwnLayer) {
  return Object.entries(shifts)
    .map(([group, shift]) => ({ group, ...shift }))
    .sort((a, b) => a.by - b.by);
}
