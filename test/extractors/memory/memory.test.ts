import { describe, expect, it } from 'vitest';
import type { Draft, LayoutMemory, Page, Reading } from '#core';
import { recognise } from '../../../extractors/memory/layouts.ts';
import { withMemory } from '../../../extractors/memory/recall.ts';
import { teach } from '../../../extractors/memory/teach.ts';
import type { Extractor } from '../../../extractors/types/extractor.ts';
import { memoryLayouts } from '../../support/memoryLayouts.ts';
import { pageOf } from '../paper.ts';
import { type Bill, billOf, FIRST, SECOND, strangersPaper } from './papers.ts';

type Values = Record<string, string | null>;

/** An extractor that reads what the test says. */
function reader(values: Values, evidence: readonly string[] = ['label']): Extractor<Values> {
  const reading = (value: string | null): Reading<string | null> => ({
    ...{ value, probability: value === null ? 0 : 0.9, absent: value === null ? 0.9 : 0.05, sources: [] },
    ...{ alternatives: [], evidence },
  });
  return {
    ...{ name: 'bill', version: '1', accepts: ['invoice'] },
    extract: async () =>
      Object.fromEntries(Object.entries(values).map(([field, value]) => [field, reading(value)])) as Draft<Values>,
  };
}

const nothing: Values = { docket: null, sent: null, client: null, sum: null };
const truth = ({ number, date, client, total }: Bill): Values => ({
  ...{ docket: number, client, sum: total },
  sent: date.split('/').reverse().join('-'),
});

function answer(
  memory: LayoutMemory,
  page: Page,
  values: Values,
  read: Values = nothing,
  sha256 = JSON.stringify(values),
) {
  return teach(memory, { extractor: 'bill', sha256, pages: [page], read, values, by: 'ann' });
}

async function readings(memory: LayoutMemory, page: Page, alone: Values = nothing, evidence?: readonly string[]) {
  return withMemory(reader(alone, evidence), memory).extract([page], { paper: 'p' });
}

async function values(memory: LayoutMemory, page: Page, alone?: Values, evidence?: readonly string[]): Promise<Values> {
  const draft = await readings(memory, page, alone, evidence);
  return Object.fromEntries(Object.entries(draft).map(([field, { value }]) => [field, value]));
}

const states = async (memory: LayoutMemory) => {
  const [layout] = await memory.list();
  return (await memory.lessons(layout!.id))!.map(({ field, version, state, reason }) =>
    [field, version, state, reason].filter((part) => part !== null).join(' '),
  );
};

describe('one answer', () => {
  it.each(['text', 'ocr'] as const)('teaches where the fields of the next paper stand (%s)', async (source) => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST, source), truth(FIRST));
    expect(await values(memory, billOf(SECOND, source))).toEqual(truth(SECOND));
    const { sum } = await readings(memory, billOf(SECOND, source));
    expect(sum).toMatchObject({ rule: 'bill@1/memory', sources: [{ paper: 'p', page: 1, reader: source }] });
    expect(sum?.evidence).toContain('learned');
  });

  it('is evidence where the extractor says the same', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), truth(FIRST));
    const { docket } = await readings(memory, billOf(SECOND), truth(SECOND));
    expect(docket).toMatchObject({ value: SECOND.number, evidence: ['label', 'learned'] });
  });

  it('outweighs an extractor that had to be corrected, and keeps what it read as an alternative', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), truth(FIRST), { ...truth(FIRST), sum: FIRST.paid });
    const { sum } = await readings(memory, billOf(SECOND), { ...truth(SECOND), sum: SECOND.paid });
    expect(sum).toMatchObject({ value: SECOND.total, evidence: expect.arrayContaining(['learned', 'overruled']) });
    expect(sum?.alternatives[0]?.value).toBe(SECOND.paid);
  });

  it.each([
    ['was right so far', ['label'], truth(FIRST)],
    ['has proven it', ['sums'], { ...truth(FIRST), sum: FIRST.paid }],
  ])('leaves a doubt where it differs from an extractor that %s', async (_, evidence, read) => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), truth(FIRST), read);
    const { sum } = await readings(memory, billOf(SECOND), { ...truth(SECOND), sum: SECOND.paid }, evidence);
    expect(sum).toMatchObject({ value: SECOND.paid, evidence: [...evidence, 'lesson-differs'] });
    expect(sum?.alternatives[0]?.value).toBe(SECOND.total);
  });

  it('says nothing of a stranger’s paper, nor of another extractor’s', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), truth(FIRST));
    expect(await values(memory, strangersPaper())).toEqual(nothing);
    expect((await recognise(memory, 'receipt', [billOf(SECOND)])).layouts).toEqual([]);
    expect((await recognise(memory, 'bill', [billOf(SECOND)])).layouts).toHaveLength(1);
  });

  it('teaches once, however often it is learned', async () => {
    const memory = memoryLayouts();
    for (let i = 0; i < 3; i++) await answer(memory, billOf(FIRST), truth(FIRST));
    expect(await states(memory)).toHaveLength(4);
    expect(await memory.list()).toMatchObject([{ papers: 1, fields: ['docket', 'client', 'sum', 'sent'] }]);
  });

  it('teaches a spelling of its own, where the paper shows another', async () => {
    const memory = memoryLayouts();
    const seller = { seller: 'Northgate Plumbing Ltd.' };
    const read = { seller: 'Northgate Plumbing Supplies Limited' };
    await answer(memory, billOf(FIRST), seller, read);
    expect(await values(memory, billOf(SECOND), read)).toEqual(seller);
    expect(await values(memory, billOf(SECOND), { seller: 'Somebody Else' })).toEqual({ seller: 'Somebody Else' });
  });

  it('puts right a name that a scan shows doubtfully, and almost as it is known', async () => {
    const memory = memoryLayouts();
    const known = { seller: 'Northgate Plumbing Supplies Limited' };
    await answer(memory, billOf(FIRST, 'ocr'), known, { seller: 'N0rthgate Piumbing Supplies Limited' });
    const misread = { seller: 'Northgate Plumblng Suppl1es Limlted' };
    expect(await values(memory, billOf(SECOND, 'ocr'), misread, ['label', 'faint'])).toEqual(known);
    expect(await values(memory, billOf(SECOND), misread)).not.toEqual(known);
  });

  it('replaces a sure spelling by a taught one only where the taught paper was read just so', async () => {
    const memory = memoryLayouts();
    const odd = { seller: 'Northgate Supplies (KI ) Limited' };
    await answer(memory, billOf(FIRST, 'ocr'), odd, { seller: 'Northgate Suppiies (Kl ) Limited' });
    const clean = { seller: 'Northgate Supplies (KL) Limited' };
    expect(await values(memory, billOf(SECOND, 'ocr'), clean, ['label'])).toEqual(clean);
    expect(await values(memory, billOf(SECOND, 'ocr'), { seller: 'NORTHGATE SUPPIIES (KI) LIMITED' })).toEqual({
      seller: 'NORTHGATE SUPPIIES (KI) LIMITED',
    });
    expect(await values(memory, billOf(SECOND, 'ocr'), { seller: 'NORTHGATE SUPPIIES (KL) LIMITED' })).toEqual(odd);
  });

  it('does not take a number or a day that is not on the paper for the sender’s own', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), { docket: 'X-1', sum: '1.00', sent: '2020-01-01' });
    expect(await values(memory, billOf(SECOND))).toEqual(nothing);
  });
});

describe('the gate', () => {
  it('retires a lesson that the next answer proves wrong', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), { sum: FIRST.total });
    await answer(memory, billOf(SECOND), { sum: SECOND.paid }, { sum: SECOND.total });
    expect(await states(memory)).toEqual(['sum 1 inactive contradicts-itself', 'sum 2 inactive contradicts-itself']);
    expect(await values(memory, billOf(FIRST), { sum: null })).toEqual({ sum: null });
  });

  it('refuses what the newest answer teaches where an older paper would be read no more', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), { sum: FIRST.total });
    expect(await states(memory)).toEqual(['sum 1 active']);
    const wired = pageOf([
      [80, 1300, 'Wire to our bank'],
      [400, 1300, '150.00'],
    ]);
    const withBank = (bill: Page): Page => ({ ...bill, words: [...bill.words, ...wired.words] });
    await answer(memory, withBank(billOf(SECOND)), { sum: '150.00' }, { sum: SECOND.total });
    expect(await states(memory)).toEqual(['sum 1 inactive contradicts-itself', 'sum 2 inactive worse-than-before']);
    expect(await values(memory, withBank(billOf(SECOND)), { sum: SECOND.total })).toEqual({ sum: SECOND.total });
  });

  it('narrows the places down by what further answers bear out', async () => {
    const memory = memoryLayouts();
    // One row: its amount is the total too, and only the second paper tells the two apart.
    await answer(memory, billOf(FIRST), truth(FIRST));
    await answer(memory, billOf(SECOND), truth(SECOND));
    const third: Bill = { ...SECOND, number: 'K-9000', rows: [...SECOND.rows, ['Tape', '9.00']], total: '164.50' };
    expect(await values(memory, billOf(third))).toEqual(truth(third));
  });

  it('does not learn again what a person reverted', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), { docket: FIRST.number });
    const [layout] = await memory.list();
    expect(await memory.revert(layout!.id, 'docket')).toBe(true);
    expect(await values(memory, billOf(SECOND), { docket: null })).toEqual({ docket: null });
    await answer(memory, billOf(FIRST), { docket: FIRST.number }, { docket: 'misread' });
    expect((await states(memory))[0]).toBe('docket 1 reverted reverted');
  });

  it('drops a value read where two papers of the layout carry none', async () => {
    const memory = memoryLayouts();
    await answer(memory, billOf(FIRST), { order: null }, { order: 'Tynemouth' });
    expect(await values(memory, billOf(SECOND), { order: 'Tynemouth' })).toEqual({ order: 'Tynemouth' });
    await answer(memory, billOf(SECOND), { order: null }, { order: 'Tynemouth' }, 'second');
    expect(await values(memory, billOf(SECOND), { order: 'Tynemouth' })).toEqual({ order: null });
  });
});
