import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { known, newId, type Reading } from '#core';
import type { OpenStore } from '#store';
import { learningGate } from '../../trust.ts';
import { memoryStore } from '../support/stores.ts';
import { waitingOn } from '../support/work.ts';

let store: OpenStore;
beforeAll(async () => {
  store = await memoryStore();
});
afterAll(() => store.close());

const open = (auditShare: number, labels: 'public' | 'demo' = 'demo') =>
  learningGate({ wrongPerThousand: 5, labels, auditShare }, store);
const read = (trust: number, group = 'text/date'): Reading<string> => ({ ...known('x'), probability: trust, group });

describe('the audit', () => {
  it('picks its share of tasks, and the same ones again', async () => {
    const gate = await open(0.1);
    const tasks = Array.from({ length: 2000 }, () => newId());
    const picked = tasks.filter((task) => gate.sampled(task, { date: read(0.99) }) === 'audit');
    expect(picked.length / tasks.length).toBeGreaterThan(0.06);
    expect(picked.length / tasks.length).toBeLessThan(0.14);
    const again = await open(0.1);
    expect(picked.every((task) => again.sampled(task, { date: read(0.5) }) === 'audit')).toBe(true);
  });

  it('has no use for records nobody read', async () => {
    expect((await open(1)).sampled(newId(), { date: known('x') })).toBeUndefined();
    expect((await open(0)).sampled(newId(), { date: read(0.99) })).toBeUndefined();
  });

  it('takes every paper of what nothing passes of yet as a label', async () => {
    expect((await open(0)).sampled(newId(), { items: read(0.99, 'ocr/items') })).toBe('learning');
  });
});

it('learns from answers at once, says on what ground, and takes it back', async () => {
  const gate = await open(0);
  const accepts = () => gate.accepts(read(0.985));
  expect(accepts()).toBe(true);
  for (let i = 0; i < 6; i++) {
    const fields = Array.from({ length: 10 }, (_, at): [string, Reading<string>] => [`field ${at}`, read(0.985)]);
    const { question } = await waitingOn(store, { kind: 'validate', draft: Object.fromEntries(fields) });
    await store.people.answer(question, 'ann', 'answer', {});
  }
  const learnt = await gate.recalibrate();
  expect(learnt).toMatchObject({ own: { labels: 60, sampled: 0, wrong: 60 }, layer: { labels: 60 } });
  expect(learnt.layer?.shifts[0]).toMatchObject({ group: 'text/date', n: 60, wrong: 60 });
  expect(accepts()).toBe(false);
  expect((await open(0)).accepts(read(0.985))).toBe(false);
  expect((await gate.takeBackTrust()).layer).toBeNull();
  expect(accepts()).toBe(true);
});
