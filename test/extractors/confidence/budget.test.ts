import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorBudget, lowerBound } from '../../../extractors/confidence/budget.ts';
import {
  absenceKey,
  type Calibration,
  probabilityOfAbsence,
  probabilityOfValue,
} from '../../../extractors/confidence/calibration.ts';

describe('error budget', () => {
  it('asks for the probability that keeps the promise', () => {
    expect(errorBudget(5)).toBeCloseTo(0.995);
    expect(errorBudget(0)).toBe(1);
    expect(() => errorBudget(-1)).toThrow(RangeError);
  });

  it('bounds as Clopper and Pearson do', () => {
    expect(lowerBound({ n: 299, right: 299 })).toBeCloseTo(0.99, 3);
    expect(lowerBound({ n: 59, right: 59 })).toBeCloseTo(0.95, 3);
    expect(lowerBound({ n: 100, right: 98 })).toBeCloseTo(0.9385, 3);
    expect(lowerBound({ n: 0, right: 0 })).toBe(0);
  });

  it('never promises more than was measured, and more labels promise more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 800 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const right = Math.floor(n * share);
        expect(lowerBound({ n, right })).toBeLessThanOrEqual(right / n);
        expect(lowerBound({ n: 2 * n, right: 2 * right })).toBeGreaterThanOrEqual(lowerBound({ n, right }) - 1e-9);
      }),
    );
  });
});

describe('calibration', () => {
  const calibration: Calibration = {
    origin: {},
    values: { 'date|label+text-layer': { n: 400, right: 400 }, 'date|label': { n: 40, right: 40 } },
    absence: { 'invoice.due_date|text': { n: 100, right: 90 } },
  };

  it('trusts evidence as far as it was right, whatever the order of its words', () => {
    expect(probabilityOfValue(calibration, 'date', ['text-layer', 'label'])).toBeGreaterThan(0.995);
    const absence = (...evidence: string[]) =>
      probabilityOfAbsence(calibration, absenceKey('invoice', 'due_date', 'text', evidence));
    expect(absence()).toBeCloseTo(0.896, 2);
    expect(absence('label-without-value')).toBe(0.5);
  });

  it('takes the labels of values that are read alike where a kind has too few, unless its own were wrong', () => {
    const values = {
      'date|two-readings': { n: 200, right: 200 },
      'quantity|two-readings': { n: 20, right: 20 },
      'identifier|two-readings': { n: 20, right: 19 },
      'name|two-readings': { n: 20, right: 20 },
    };
    const trustOf = (kind: string) => probabilityOfValue({ ...calibration, values }, kind, ['two-readings']);
    expect(trustOf('quantity')).toBeGreaterThan(0.99);
    expect(trustOf('identifier')).toBe(0.9);
    expect(trustOf('name')).toBe(0.9);
    expect(trustOf('money')).toBeGreaterThan(0.99);
  });

  it('takes the labels of the other medium where a field was too rarely absent on this one, unless its own were wrong', () => {
    const absence = {
      'invoice.due_date|text': { n: 200, right: 200 },
      'invoice.due_date|ocr': { n: 20, right: 20 },
      'invoice.iban|text': { n: 200, right: 200 },
      'invoice.iban|ocr': { n: 20, right: 19 },
      'invoice.order_number|text': { n: 200, right: 200 },
    };
    const trustOf = (key: string) => probabilityOfAbsence({ ...calibration, absence }, key);
    expect(trustOf('invoice.due_date|ocr')).toBeGreaterThan(0.99);
    expect(trustOf('invoice.iban|ocr')).toBe(0.9);
    expect(trustOf('invoice.order_number|ocr')).toBe(0.5);
  });

  it('sends to a person what has too few labels or none', () => {
    expect(probabilityOfValue(calibration, 'date', ['label'])).toBe(0.9);
    expect(probabilityOfValue(calibration, 'date', ['position'])).toBe(0.5);
  });
});
