import type { BudgetSetting, Reading, TrustClass } from '#core';
import { DEFAULT_WRONG_PER_THOUSAND } from './budget.ts';
import { type Calibration, type LabelOrigin, shippedCalibration, trustOf } from './calibration.ts';
import { settingFor } from './dial.ts';
import { NO_LABELS } from './labelCounts.ts';
import { type OwnLayer, shifted } from './ownLayer.ts';
import { classOf, perClass } from './trustClass.ts';

export interface GateOptions {
  readonly wrongPerThousand?: number;
  /** Whose labels the budget is tested on while the installation has too few of its own. */
  readonly labels?: LabelOrigin;
  /** What people's answers taught. */
  readonly own?: OwnLayer | undefined;
}

/** What lets readings pass without a person. */
export interface Gate {
  readonly settings: Readonly<Record<TrustClass, BudgetSetting>>;
  /** Whose labels each setting was tested on. */
  readonly testedOn: Readonly<Record<TrustClass, LabelOrigin | 'own'>>;
  accepts(reading: Reading<unknown>): boolean;
  /** Nothing of its class passes yet: every paper that has it goes to a person. */
  isLearning(reading: Reading<unknown>): boolean;
}

/** From this many labels of its own an installation's papers speak for themselves. */
const OWN_ENOUGH = 59;

export function openGate(options: GateOptions = {}, calibration: Calibration = shippedCalibration()): Gate {
  const { wrongPerThousand = DEFAULT_WRONG_PER_THOUSAND, labels = 'public', own } = options;
  const speaks = (of: TrustClass) =>
    (own?.labels[of] ?? NO_LABELS).rows.reduce((sum, { n }) => sum + n, 0) >= OWN_ENOUGH;
  const counts = (of: TrustClass) => (speaks(of) ? (own?.labels[of] ?? NO_LABELS) : calibration.labels[labels][of]);
  const settings = perClass((of) => settingFor(counts(of), wrongPerThousand));
  return {
    settings,
    testedOn: perClass((of) => (speaks(of) ? 'own' : labels)),
    isLearning: ({ group }) => group !== undefined && settings[classOf(group)].least === null,
    accepts: (reading) => {
      const trust = trustOf(reading);
      // Settled by a record or a person, not read: no label speaks of it.
      if (reading.group === undefined || trust === 1) return trust >= 1 - wrongPerThousand / 1000;
      const { least } = settings[classOf(reading.group)];
      return least !== null && shifted(own, reading.group, trust) >= least;
    },
  };
}
