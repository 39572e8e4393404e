import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DocumentRef, type Draft, type Page, type Reading, sha256 } from '#core';
import type { Extractor } from '#extractors';
import { defineRecord, documentRef, type Services } from '#runner';
import { type Bill, billOf, FIRST, SECOND } from '../extractors/memory/papers.ts';
import { openBench, services } from '../support/bench.ts';
import { botThat } from '../support/runnerBots.ts';

const schema = z.object({ docket: z.string(), sum: z.string() });
const record = defineRecord({ name: 'bill', schema });

/** Reads nothing by itself: what comes out of it was learned. */
const blind: Extractor<z.infer<typeof schema>> = {
  ...{ name: 'bill', version: '1' },
  accepts: ['invoice', 'receipt', 'letter', 'order', 'form', 'unknown', 'other', 'delivery-note', 'advertising-order'],
  extract: async () => {
    const nothing: Reading<string> = {
      value: null,
      probability: 0,
      absent: 0.5,
      sources: [],
      alternatives: [],
      evidence: [],
    };
    return { docket: nothing, sum: nothing } satisfies Draft<z.infer<typeof schema>>;
  },
};

const bot = botThat(
  async (task) => {
    const paper = await task.extract(blind, documentRef.parse(task.input['document']));
    return task.validate(record, paper);
  },
  { records: [record] },
);

/** Papers that an archive and a reader of the test hold, by their bytes. */
function desk(changes: Partial<Services> = {}) {
  const pages = new Map<string, Page>();
  const all = services({
    reader: {
      read: async (bytes) => ({ pages: [pages.get(sha256(bytes))!], statements: [], doubts: [] }),
      reread: async () => [],
    },
    ...changes,
  });
  return {
    services: all,
    async paper(bill: Bill, scan = ''): Promise<DocumentRef> {
      const bytes = new TextEncoder().encode(JSON.stringify([bill, scan]));
      pages.set(sha256(bytes), billOf(bill, scan ? 'ocr' : 'text'));
      return { sha256: await all.archive.put(bytes), name: 'bill.pdf', mime: 'application/pdf' };
    },
  };
}

type Desk = ReturnType<typeof desk>;

async function asked(at: Desk, document: DocumentRef) {
  const bench = await openBench(bot, { document });
  const run = () => bench.run({ services: at.services });
  expect(await run()).toEqual({ kind: 'waiting' });
  return { ...bench, run };
}

const right = ({ number, total }: Bill) => ({ docket: number, sum: total });

describe('an answer to a record', () => {
  it('teaches the next paper of that layout', async () => {
    const at = desk({ accepts: ({ evidence }) => evidence.includes('learned') });
    const first = await asked(at, await at.paper(FIRST));
    await first.answer('answer', right(FIRST));
    expect(await first.run()).toMatchObject({ kind: 'done' });

    const second = await openBench(bot, { document: await at.paper(SECOND) });
    expect(await second.run({ services: at.services })).toEqual({ kind: 'done', output: right(SECOND) });
  });

  it('counts whatever becomes of the learning', async () => {
    const at = desk();
    const broken = { ...at.services.memory, learn: async () => Promise.reject(new Error('no space left')) };
    const first = await asked(at, await at.paper(FIRST));
    await first.answer('answer', right(FIRST));
    expect(await first.run()).toMatchObject({ kind: 'done', output: right(FIRST) });
    const next = await openBench(bot, { document: await at.paper(SECOND) });
    expect(await next.run({ services: { ...at.services, memory: broken } })).toEqual({ kind: 'waiting' });
    await next.answer('answer', right(SECOND));
    expect(await next.run({ services: { ...at.services, memory: broken } })).toMatchObject({ kind: 'done' });
  });
});

describe('a paper that comes again', () => {
  const problems = async ({ question }: Awaited<ReturnType<typeof asked>>) =>
    (await question()).problems.map(({ code }) => code);

  it('in other bytes is shown beside the first one, and goes on when a person says it is another', async () => {
    const at = desk();
    const sent = await at.paper(FIRST);
    await asked(at, sent);
    const scanned = await at.paper(FIRST, 'scan');
    const again = await asked(at, scanned);
    expect(await problems(again)).toContain('possible-duplicate');
    expect((await again.question()).papers.map((paper) => paper.sha256)).toEqual([scanned.sha256, sent.sha256]);
    await again.answer('answer', right(FIRST));
    expect(await again.run()).toMatchObject({ kind: 'done', output: right(FIRST) });
  });

  it('is not one with other numbers', async () => {
    const at = desk();
    await asked(at, await at.paper(FIRST));
    expect(await problems(await asked(at, await at.paper(SECOND)))).not.toContain('possible-duplicate');
  });

  it('stops one that the bot is sure of', async () => {
    const at = desk({ accepts: () => true });
    const known: Extractor<z.infer<typeof schema>> = {
      ...blind,
      extract: async () => {
        const reading = (value: string): Reading<string> => ({
          ...{ value, probability: 1, absent: 0, sources: [], alternatives: [], evidence: ['label'] },
        });
        return { docket: reading(FIRST.number), sum: reading(FIRST.total) };
      },
    };
    const sure = botThat(
      async (task) => task.validate(record, await task.extract(known, documentRef.parse(task.input['document']))),
      { records: [record] },
    );
    const work = async (document: DocumentRef) => (await openBench(sure, { document })).run({ services: at.services });
    expect(await work(await at.paper(FIRST))).toMatchObject({ kind: 'done' });
    expect(await work(await at.paper(FIRST, 'scan'))).toEqual({ kind: 'waiting' });
  });
});
