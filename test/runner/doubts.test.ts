import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { known, type Page } from '#core';
import type { Doubt, Extractor } from '#extractors';
import { type BotTask, defineRecord, documentRef, type Services } from '#runner';
import { openBench, services } from '../support/bench.ts';
import { botThat } from '../support/runnerBots.ts';

const schema = z.object({ sum: z.string() });
const record = defineRecord({ name: 'bill', schema });
const voucher = defineRecord({ name: 'voucher', schema });

/** Sure of all it says, whatever the paper. */
const sure: Extractor<z.infer<typeof schema>> = {
  ...{ name: 'bill', version: '1' },
  accepts: ['unknown'],
  extract: async () => ({ sum: known('12.00') }),
};

const page: Page = { number: 1, width: 100, height: 100, source: 'text', rotation: 0, words: [] };

function reading(...doubts: Doubt[]): Services {
  return services({
    reader: { read: async () => ({ pages: [page], statements: [], doubts }), reread: async () => [] },
  });
}

type Run = (task: BotTask<Record<string, unknown>>) => Promise<unknown>;

async function bench(run: Run, at: Services) {
  const document = { sha256: await at.archive.put(new Uint8Array(8)), name: 'bill.pdf', mime: 'application/pdf' };
  const opened = await openBench(botThat(run, { records: [record, voucher] }), { document });
  return { ...opened, run: () => opened.run({ services: at }) };
}

const readBill = (task: BotTask<Record<string, unknown>>) =>
  task.extract(sure, documentRef.parse(task.input['document']));
const keyBill: Run = async (task) => task.validate(record, await readBill(task));

describe('a paper of which something is amiss', () => {
  it('comes before a person however sure its fields, who lets the bot go on', async () => {
    const work = await bench(keyBill, reading('cut-short', 'page-lost'));
    expect(await work.run()).toEqual({ kind: 'waiting' });
    const { code, problems } = await work.question();
    expect(code).toBe('paper-in-doubt');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/ends too early.*page.*cannot be read/);
    await work.answer('answer', { sum: '12.00' });
    expect(await work.run()).toEqual({ kind: 'done', output: { sum: '12.00' } });
  });

  it('comes before a person with what others wrote on it, the first comments and no novel', async () => {
    const note = (text: string) => ({ text, x0: 0, y0: 0, x1: 10, y1: 10 });
    const notes = ['Pay half:\n two boards were broken.', '', 'x'.repeat(300), 'third', 'fourth', 'fifth'].map(note);
    const reader = {
      read: async () => ({ pages: [{ ...page, notes }], statements: [], doubts: ['commented' as const] }),
      reread: async () => [],
    };
    let fails = true;
    const work = await bench(async (task) => {
      const bill = await readBill(task);
      if (fails) throw new Error('The first run dies.');
      return task.validate(record, bill);
    }, services({ reader }));
    expect(await work.run()).toMatchObject({ kind: 'retry' });
    fails = false;
    expect(await work.run()).toEqual({ kind: 'waiting' });
    const [{ message } = { message: '' }] = (await work.question()).problems;
    expect(message).toContain('comments on the paper');
    expect(message).toContain('“Pay half: two boards were broken.”');
    expect(message).toContain(`“${'x'.repeat(199)}…” “third” And 2 more.`);
  });

  it('comes before a person where it carries the data of several invoices, of which one would be keyed', async () => {
    const statement = (invoice_number: string) => ({ format: 'ubl', values: { invoice_number }, items: [] });
    const statements = [statement('R-1'), statement('R-2')];
    const reader = { read: async () => ({ pages: [page], statements, doubts: [] }), reread: async () => [] };
    const work = await bench(keyBill, services({ reader }));
    expect(await work.run()).toEqual({ kind: 'waiting' });
    expect((await work.question()).problems).toMatchObject([
      { code: 'paper-in-doubt', message: expect.stringContaining('data of invoices') },
    ]);
  });

  it('is asked about once in a task, at the first record', async () => {
    const unsure = { sum: { ...known('12.00'), probability: 0.5 } };
    const work = await bench(async (task) => {
      await task.validate(record, await readBill(task));
      return task.validate(voucher, unsure);
    }, reading('repaired'));
    await work.run();
    await work.answer('answer', { sum: '12.00' });
    expect(await work.run()).toEqual({ kind: 'waiting' });
    expect((await work.question()).problems.map(({ code }) => code)).toEqual(['low-confidence']);
    await work.answer('answer', { sum: '12.00' });
    expect(await work.run()).toMatchObject({ kind: 'done' });
  });

  it('is still in doubt when the run that read it ended before a record was checked', async () => {
    let fails = true;
    const work = await bench(async (task) => {
      const bill = await readBill(task);
      if (fails) throw new Error('The first run dies.');
      return task.validate(record, bill);
    }, reading('ink-without-words'));
    expect(await work.run()).toMatchObject({ kind: 'retry' });
    fails = false;
    expect(await work.run()).toEqual({ kind: 'waiting' });
    expect((await work.question()).code).toBe('paper-in-doubt');
  });

  it('is one of which something is amiss: another goes straight through', async () => {
    expect(await (await bench(keyBill, reading())).run()).toMatchObject({ kind: 'done' });
  });
});
