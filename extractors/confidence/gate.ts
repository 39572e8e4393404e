import type { Reading } from '#core';
import { DEFAULT_WRONG_PER_THOUSAND } from './budget.ts';
import { type Calibration, type LabelOrigin, shippedCalibration, trustOf } from './calibration.ts';
import { type Setting, settingFor } from './dial.ts';
import type { Medium } from './features.ts';
import { type OwnLayer, shifted } from './ownLayer.ts';

export const MEDIA: readonly Medium[] = ['text', 'ocr'];

export interface GateOptions {
  readonly wrongPerThousand?: number;
  /** Whose labels the budget is tested on while the installation has too few of its own. */
  readonly labels?: LabelOrigin;
  /** What people's answers taught. */
  readonly own?: OwnLayer | undefined;
}

/** What lets readings pass without a person. */
export interface Gate {
  readonly settings: Readonly<Record<Medium, Setting>>;
  /** Whose labels each medium's setting was tested on. */
  readonly testedOn: Readonly<Record<Medium, LabelOrigin | 'own'>>;
  accepts(reading: Reading<unknown>): boolean;
  /** Nothing read on that medium passes yet: every paper goes to a person. */
  isLearning(reading: Reading<unknown>): boolean;
}

/** From this many labels of its own an installation's papers speak for themselves. */
const OWN_ENOUGH = 59;

export function openGate(options: GateOptions = {}, calibration: Calibration = shippedCalibration()): Gate {
  const { wrongPerThousand = DEFAULT_WRONG_PER_THOUSAND, labels = 'public', own } = options;
  const speaks = (medium: Medium) => (own?.labels[medium] ?? []).reduce((sum, { n }) => sum + n, 0) >= OWN_ENOUGH;
  const counts = (medium: Medium) =>
    speaks(medium) ? (own?.labels[medium] ?? []) : calibration.labels[labels][medium];
  const settings = perMedium((medium) => settingFor(counts(medium), wrongPerThousand));
  return {
    settings,
    testedOn: perMedium((medium) => (speaks(medium) ? 'own' : labels)),
    isLearning: ({ group }) => group !== undefined && settings[mediumOf(group)].least === null,
    accepts: (reading) => {
      const trust = trustOf(reading);
      // Settled by a record or a person, not read: no label speaks of it.
      if (reading.group === undefined || trust === 1) return trust >= 1 - wrongPerThousand / 1000;
      const { least } = settings[mediumOf(reading.group)];
      return least !== null && shifted(own, reading.group, trust) >= least;
    },
  };
}

export function groupOf(medium: Medium, kind: string): string {
  return `${medium}/${kind}`;
}

export function mediumOf(group: string): Medium {
  return group.startsWith('ocr/') ? 'ocr' : 'text';
}

export function perMedium<V>(make: (medium: Medium) => V): Record<Medium, V> {
  return { text: make('text'), ocr: make('ocr') };
}
