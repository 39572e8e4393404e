import { describe, expect, it } from 'vitest';
import type { Reading, TrustLabel } from '#core';
import {
  type Calibration,
  probabilityOfAbsence,
  probabilityOfValue,
  shippedCalibration,
} from '../../../extractors/confidence/calibration.ts';
import { settingFor } from '../../../extractors/confidence/dial.ts';
import { openGate } from '../../../extractors/confidence/gate.ts';
import { NO_LABELS } from '../../../extractors/confidence/labelCounts.ts';
import { ownLayerOf, shifted } from '../../../extractors/confidence/ownLayer.ts';
import { perClass } from '../../../extractors/confidence/trustClass.ts';

const calibration: Calibration = {
  origin: {},
  values: {
    weights: { always: 0, 'saw label': 1, 'saw label date': 1, 'clue place': 2 },
    curve: [
      [0, 0.5],
      [2, 0.8],
      [4, 0.96],
    ],
  },
  absences: { weights: { always: 1 }, curve: [[1, 0.7]] },
  labels: {
    public: {
      text: { rows: [{ least: 0.9, n: 700, wrong: 0 }], designEffect: 1 },
      ocr: { rows: [{ least: 0.9, n: 40, wrong: 0 }], designEffect: 1 },
      'text-list': NO_LABELS,
      'ocr-list': NO_LABELS,
      'plugged-in': NO_LABELS,
    },
    demo: perClass(() => NO_LABELS),
  },
  reliability: {},
};

const judged = (kind: string, evidence: readonly string[], clues = {}) =>
  ({ extractor: 'invoice', field: 'x', kind, medium: 'text', evidence, clues }) as const;

describe('a probability', () => {
  const of = (...of: Parameters<typeof judged>) => probabilityOfValue(calibration, judged(...of));

  it('adds up what evidence is worth, for all kinds and for its own, and ends on the curve', () => {
    expect(of('date', [])).toBe(0.5);
    expect(of('date', ['label'])).toBe(0.8);
    expect(of('money', ['label'])).toBeCloseTo(0.65);
    expect(of('date', ['label'], { place: 0.5 })).toBeCloseTo(0.88);
    expect(of('date', ['label'], { place: 1 })).toBeCloseTo(0.96);
    expect(of('date', ['label'], { place: 9 })).toBeGreaterThan(0.96);
    expect(of('date', ['label'], { place: 9 })).toBeLessThanOrEqual(0.98);
    expect(of('date', ['never-seen'])).toBe(0.5);
    expect(probabilityOfAbsence(calibration, judged('date', []))).toBe(0.7);
  });
});

const reading = (trust: number, group?: string): Reading<string> => ({
  value: 'x',
  probability: trust,
  absent: 0,
  sources: [],
  alternatives: [],
  evidence: [],
  ...(group !== undefined && { group }),
});

describe('the gate', () => {
  it('asks what the labels of the medium bear out', () => {
    const gate = openGate({ wrongPerThousand: 5 }, calibration);
    expect(gate.accepts(reading(0.92, 'text/date'))).toBe(true);
    expect(gate.accepts(reading(0.89, 'text/date'))).toBe(false);
    expect(gate.accepts(reading(0.99, 'ocr/date'))).toBe(false);
    expect(gate.accepts(reading(0.99, 'text/items'))).toBe(false);
    expect(openGate({ labels: 'demo' }, calibration).accepts(reading(0.99, 'text/date'))).toBe(false);
  });

  it('lets through what a record or a person settled', () => {
    const gate = openGate({ labels: 'demo' }, calibration);
    expect(gate.accepts(reading(1, 'ocr/iban'))).toBe(true);
    expect(gate.accepts(reading(1))).toBe(true);
    expect(gate.accepts(reading(0.9))).toBe(false);
  });

  it('goes by the labels of its own papers once there are enough', () => {
    const label = (i: number): TrustLabel => ({
      ...{ group: 'ocr/date', trust: 0.95, right: true, paper: `paper ${i}`, sampled: true },
    });
    const own = ownLayerOf(Array.from({ length: 598 }, (_, i) => label(i)));
    const gate = openGate({ own }, calibration);
    expect(gate.testedOn).toMatchObject({ text: 'public', ocr: 'own' });
    expect(gate.accepts(reading(0.96, 'ocr/date'))).toBe(true);
  });

  it('turns to labels of its own with the 59th, which bears out 5 % and no less', () => {
    const gateOf = (count: number, wrongPerThousand: number) => {
      const labels = ['ocr/date', 'text/date'].flatMap((group) =>
        Array.from(
          { length: count },
          (_, i): TrustLabel => ({
            ...{ group, trust: 0.95, right: true, paper: `paper ${i}`, sampled: true },
          }),
        ),
      );
      return openGate({ wrongPerThousand, own: ownLayerOf(labels) }, calibration);
    };
    const sure = (medium: string) => reading(0.96, `${medium}/date`);
    const before = gateOf(58, 50);
    expect(before.testedOn).toMatchObject({ text: 'public', ocr: 'public' });
    expect([before.accepts(sure('ocr')), before.isLearning(sure('ocr'))]).toEqual([false, true]);
    expect(before.accepts(reading(0.92, 'text/date'))).toBe(true);
    const now = gateOf(59, 50);
    expect(now.testedOn).toMatchObject({ text: 'own', ocr: 'own' });
    expect([now.accepts(sure('ocr')), now.isLearning(sure('ocr'))]).toEqual([true, false]);
    expect(now.settings.ocr).toMatchObject({ accepted: 59, wrong: 0, atMost: expect.closeTo(0.0495, 4) });
    expect(now.accepts(reading(0.92, 'text/date'))).toBe(false);
    expect(gateOf(59, 49).accepts(sure('ocr'))).toBe(false);
  });

  it('lets nothing through that is not calibrated here, until labels of it bear that out', () => {
    const shipped = openGate({ wrongPerThousand: 50, labels: 'demo' });
    expect(shipped.accepts(reading(0.9999, 'plugged-in/model'))).toBe(false);
    expect(shipped.isLearning(reading(0.9999, 'plugged-in/model'))).toBe(true);
    const label = (i: number): TrustLabel => ({
      ...{ group: 'plugged-in/model', trust: 0.99, right: true, paper: `paper ${i}`, sampled: true },
    });
    const taught = openGate({ own: ownLayerOf(Array.from({ length: 598 }, (_, i) => label(i))) });
    expect(taught.accepts(reading(0.9999, 'plugged-in/model'))).toBe(true);
    expect(taught.accepts(reading(0.9, 'plugged-in/model'))).toBe(false);
  });
});

describe('what answers teach', () => {
  const asked = (right: boolean): TrustLabel => ({
    ...{ group: 'text/date', trust: 0.9, right, paper: 'a', sampled: false },
  });

  it('moves a group down where people kept correcting it, a little for few answers and more for many', () => {
    const few = ownLayerOf([asked(false)]);
    const many = ownLayerOf(Array.from({ length: 20 }, () => asked(false)));
    expect(shifted(few, 'text/date', 0.9)).toBeLessThan(0.9);
    expect(shifted(many, 'text/date', 0.9)).toBeLessThan(shifted(few, 'text/date', 0.9));
    expect(shifted(many, 'text/money', 0.9)).toBe(0.9);
    expect(shifted(undefined, 'text/date', 0.9)).toBe(0.9);
  });

  it('never counts an answer that doubt brought as a label of the budget', () => {
    const layer = ownLayerOf([asked(true), { ...asked(false), sampled: true }]);
    expect(layer.origin).toEqual({ labels: 2, sampled: 1, wrong: 1 });
    expect(layer.labels.text).toMatchObject({ rows: [{ n: 1, wrong: 1 }] });
    expect(layer.shifts['text/date']).toMatchObject({ n: 1, wrong: 0 });
  });
});

describe('the calibration that ships', () => {
  const shipped = shippedCalibration();

  it('says where it comes from, and is never sure beyond its labels', () => {
    expect(shipped.origin['by']).toBe('bench/calibration fit');
    for (const { curve } of [shipped.values, shipped.absences]) {
      const shares = curve.map(([, share]) => share);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBeLessThan(1);
    }
  });

  it('lets some of the demo’s papers through at the default budget', () => {
    expect(settingFor(shipped.labels.demo.text, 5).share).toBeGreaterThan(0.5);
  });
});
