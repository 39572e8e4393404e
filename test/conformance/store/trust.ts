import { expect, it } from 'vitest';
import { known, type Reading } from '#core';
import type { OpenStore } from '#store';
import { waitingOn } from '../../support/work.ts';

const read = (value: string | null, trust: number, group = 'ocr/date'): Reading<string | null> => ({
  ...known(value),
  ...{ probability: value === null ? 0 : trust, absent: value === null ? trust : 0, evidence: ['label'], group },
});

export function trust(store: () => OpenStore): void {
  const labelsSince = async (before: number) => (await store().trust.labels()).slice(before);

  it('learns from an answer which fields were kept and which changed, and no more from the same step', async () => {
    const before = (await store().trust.labels()).length;
    const draft = {
      date: read('2026-03-31', 0.91),
      due: read('2026-04-30', 0.62),
      order: read(null, 0.7, 'text/identifier'),
      vendor: known('V1'),
      note: { ...read('x', 1), evidence: ['person'] },
    };
    const { question } = await waitingOn(store(), { kind: 'validate', draft, sampled: true });
    const values = { date: '2026-03-31', due: '2026-05-30', order: null, vendor: 'V2', note: 'y' };
    expect(await store().people.answer(question, 'ann', 'answer', values)).toBe('stored');
    expect(await store().people.answer(question, 'ann', 'answer', values)).toBe('stored');
    const learnt = await labelsSince(before);
    expect(learnt).toEqual([
      { group: 'ocr/date', trust: 0.91, right: true, paper: expect.any(String), sampled: true },
      { group: 'ocr/date', trust: 0.62, right: false, paper: expect.any(String), sampled: true },
      { group: 'text/identifier', trust: 0.7, right: true, paper: expect.any(String), sampled: true },
    ]);
  });

  it('learns nothing from an end, or from a question of another kind', async () => {
    const before = (await store().trust.labels()).length;
    const draft = { date: read('2026-03-31', 0.91) };
    const rejected = await waitingOn(store(), { kind: 'validate', draft });
    await store().people.answer(rejected.question, 'ann', 'reject', null);
    const asked = await waitingOn(store(), { kind: 'ask', draft });
    await store().people.answer(asked.question, 'ann', 'answer', { date: '2026-01-01' });
    expect(await labelsSince(before)).toEqual([]);
  });

  it('puts layers over each other, and takes the newest back', async () => {
    expect(await store().trust.layer()).toBeUndefined();
    expect(await store().trust.takeBack()).toBe(false);
    const first = await store().trust.addLayer({ shifts: { 'ocr/date': { by: -1.5 } } });
    const second = await store().trust.addLayer({ shifts: {} });
    expect(second.version).toBeGreaterThan(first.version);
    expect(await store().trust.layer()).toEqual(second);
    expect(await store().trust.takeBack()).toBe(true);
    expect(await store().trust.layer()).toEqual(first);
    expect(await store().trust.takeBack()).toBe(true);
    expect(await store().trust.layer()).toBeUndefined();
  });
}
