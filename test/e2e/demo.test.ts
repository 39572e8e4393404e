import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Office } from '#core';
import { type BatchPlan, papersOf, readLedger, type Truth } from '#demo';
import { httpOffice } from '#office';
import { seeded } from '../../demo/papers/seeded.ts';
import { type DemoProcess, startDemo } from '../support/demoProcess.ts';

/** Of this batch the first paper is dated ten years ahead: a person must decide, and may post it all the same. */
const BATCH = ['--count', '6', '--seed', 's39', '--json'] as const;
/** Six business papers, and one of each junk. */
const DOCUMENTS = 13;
const MINUTES = 60_000;

const COUNTS = ['documents', 'done', 'waiting', 'rejected', 'open', 'lost', 'duplicated', 'wrong'] as const;
const FIELDS = [...COUNTS, 'straight_through', 'seconds', 'console'] as const;

let folder: string;
const undisturbed = () => path.join(folder, 'undisturbed');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-demo-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the demo', () => {
  it(
    'works through a batch and says what came of it',
    async () => {
      const demo = startDemo(undisturbed(), '--once', '--fresh', ...BATCH);
      const result = await resultOf(demo);
      expect(await demo.ended).toBe(0);
      expect(Object.keys(result)).toEqual(FIELDS);
      expect(result).toMatchObject({ documents: DOCUMENTS, open: 0, lost: 0, duplicated: 0, wrong: 0 });
      expect(result.done + result.waiting + result.rejected).toBe(DOCUMENTS);
      expect(result.rejected).toBe(4);
      expect(result.straight_through).toBe(result.done);
      expect(entriesOf(undisturbed())).toHaveLength(result.done);
      expect(result.done).toBeGreaterThan(0);
    },
    8 * MINUTES,
  );

  it(
    'killed again and again, ends with the same ledger, and with what a person answered meanwhile',
    async () => {
      const data = path.join(folder, 'killed');
      // The same papers on whatever day this is; read already, so that the kills fall into the keying.
      for (const kept of ['batch.json', 'readings']) {
        await cp(path.join(undisturbed(), kept), path.join(data, kept), { recursive: true });
      }
      const chance = seeded('kills');

      for (let kills = 0; kills < 2; kills++) {
        const demo = startDemo(data, ...BATCH);
        const moment = chance.int(1, 5);
        await demo.until(({ progress }) => progress[moment - 1]);
        await demo.end('SIGKILL');
      }

      const answering = startDemo(data, ...BATCH);
      const { name, truth } = await firstPaper(data);
      const office = await officeOf(answering);
      const task = await answered(office, name, truth);
      await answering.until(({ progress }) => progress.find((line) => line.startsWith('keyed') && line.includes(name)));
      await answering.end('SIGKILL');

      const last = startDemo(data, ...BATCH);
      const result = await resultOf(last);
      expect(result).toMatchObject({ documents: DOCUMENTS, open: 0, lost: 0, duplicated: 0, wrong: 0 });
      expect((await (await officeOf(last)).task(task)).task).toMatchObject({ state: 'done', reason: null });
      expect(await last.end('SIGTERM')).toBe(0);

      const others = entriesOf(data).filter((entry) => !entry.includes(`"${truth.invoice_number}"`));
      expect(others).toEqual(entriesOf(undisturbed()));
      expect(entriesOf(data)).toHaveLength(others.length + 1);
      expect(result.straight_through).toBe(result.done - 1);
    },
    8 * MINUTES,
  );
});

async function resultOf(demo: DemoProcess): Promise<Record<(typeof FIELDS)[number], number>> {
  return JSON.parse(await demo.until(({ output }) => (output.endsWith('\n') ? output : undefined)));
}

async function officeOf(demo: DemoProcess): Promise<Office> {
  return httpOffice({ url: await demo.until(({ url }) => url) });
}

/** What the application holds, without what differs from run to run: numbers and times. */
function entriesOf(data: string): string[] {
  const { vouchers, receipts } = readLedger(path.join(data, 'ledger.jsonl'));
  return [...vouchers, ...receipts].map(({ number: _, postedAt: __, ...entry }) => JSON.stringify(entry)).toSorted();
}

async function firstPaper(data: string) {
  const plan: BatchPlan = JSON.parse(await readFile(path.join(data, 'batch.json'), 'utf8'));
  for await (const { name, truth } of papersOf(plan)) return { name, truth: asInvoice(truth) };
  throw new Error('The batch is empty.');
}

function asInvoice(truth: Truth) {
  if (truth.type !== 'invoice') throw new Error('The first paper is no invoice.');
  return truth;
}

/** Waits for the question about that paper and answers it with what stands on the paper. */
async function answered(office: Office, name: string, truth: ReturnType<typeof asInvoice>): Promise<string> {
  const question = await vi.waitUntil(
    async () => (await office.exceptions()).find(({ papers }) => papers.some((paper) => paper.name === name)),
    { timeout: 4 * MINUTES, interval: 200 },
  );
  const drafted = Object.entries(question.draft).map(([field, { value }]) => [field, value] as const);
  const { vendorCode, invoice_number, invoice_date, currency, net_total, tax_total, total, order_number } = truth;
  const read = {
    vendor: vendorCode,
    invoice_number,
    invoice_date,
    currency,
    net_total,
    tax_total,
    total,
    order_number,
  };
  const values = { ...Object.fromEntries(drafted), ...read, ...(truth.due_date && { due_date: truth.due_date }) };
  const answer = { person: 'Ana Ćirić', choice: 'answer', values } as const;
  expect(await office.answer(question.id, answer)).toMatchObject({ outcome: 'refused', mayOverrule: true });
  expect(await office.answer(question.id, { ...answer, overrule: true })).toEqual({ outcome: 'stored' });
  return question.task;
}
