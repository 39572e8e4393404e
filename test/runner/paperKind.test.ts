import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Draft, Statement } from '#core';
import {
  defineExtractor,
  deliveryNoteExtractor,
  type Extractor,
  formExtractor,
  invoiceExtractor,
  money,
} from '#extractors';
import { defineRecord, documentRef, type PaperReader } from '#runner';
import { germanInvoice, type Placed, pageOf, registrationForm } from '../extractors/paper.ts';
import { openBench, services } from '../support/bench.ts';
import { botThat } from '../support/runnerBots.ts';

const payslip = defineExtractor({
  name: 'payslip',
  version: '1',
  schema: z.object({ net: money({ labels: ['Net pay'] }) }),
});

/** An invoice by its sums and its account, under a title that says nothing. */
const untitled: readonly Placed[] = [
  [80, 60, 'Harrowgate & Finch Ltd'],
  [80, 90, 'VAT ID GB115096389'],
  [80, 160, 'Despatch'],
  [80, 190, 'No. 26-4711'],
  [80, 220, 'Date: 2 November 2026'],
  [80, 250, 'Larch battens'],
  [400, 250, '150.00'],
  [80, 280, 'Net total'],
  [400, 280, '150.00'],
  [80, 310, 'Total GBP'],
  [400, 310, '180.00'],
  [80, 340, 'IBAN GB27HLWB99621144242211'],
];

const bill = defineRecord({
  name: 'bill',
  schema: z.object({ total: money({ title: 'Total' }) }),
});
type Bill = z.infer<typeof bill.schema>;

/** A bench on a task whose paper looks like this. */
async function deskOf(extractor: Extractor<object>, placed: readonly Placed[], statements: Statement[] = []) {
  const reader: PaperReader = {
    read: async () => ({ pages: [pageOf(placed)], statements, doubts: [] }),
    reread: async () => [],
  };
  const at = services({ reader });
  const document = { sha256: await at.archive.put(new Uint8Array(8)), name: 'a.pdf', mime: 'application/pdf' };
  const bench = await openBench(
    botThat(
      async (task) => {
        const { total } = (await task.extract(extractor, documentRef.parse(task.input['document']))) as Draft<Bill>;
        return total ? task.validate(bill, { total }) : {};
      },
      { records: [bill] },
    ),
    { document },
  );
  return { ...bench, run: () => bench.run({ services: { ...at, accepts: () => true } }) };
}

/** How a bot's task ends whose paper looks like this, or why it waits for a person. */
async function outcome(...paper: Parameters<typeof deskOf>) {
  const desk = await deskOf(...paper);
  const { kind } = await desk.run();
  return kind === 'waiting' ? (await desk.question()).code : kind;
}

describe('the kind of a paper', () => {
  it('is asked of an extractor that names the kinds it reads', async () => {
    expect(await outcome(invoiceExtractor, germanInvoice)).toBe('done');
    expect(await outcome(invoiceExtractor, registrationForm)).toBe('wrong-document-type');
    expect(await outcome(formExtractor, registrationForm)).toBe('done');
  });

  it('is the author’s own affair where a type of his own names none', async () => {
    expect(await outcome(payslip, registrationForm)).toBe('done');
  });

  it('is what the paper’s data say: a credit note that looks like an invoice is not keyed as one', async () => {
    const reader = { ...invoiceExtractor, accepts: ['invoice'] };
    const data = (typeCode: string): Statement => ({ format: 'factur-x', typeCode, values: {}, items: [] });
    expect(await outcome(reader, germanInvoice, [data('380')])).toBe('done');
    expect(await outcome(reader, germanInvoice, [data('381')])).toBe('wrong-document-type');
  });

  it('is for a person to see, with the fields, where the likeliest of no sure kind is one the bot reads', async () => {
    const desk = await deskOf(invoiceExtractor, untitled);
    expect(await desk.run()).toEqual({ kind: 'waiting' });
    const { code, problems, draft, choices } = await desk.question();
    expect(code).toBe('paper-in-doubt');
    expect(problems.map(({ message }) => message).join()).toContain('What kind of paper');
    expect(draft['total']?.value).toBe('180.00');
    expect(choices).toContain('answer');
    await desk.answer('answer', { total: '180.00' });
    expect(await desk.run()).toMatchObject({ kind: 'done' });
  });

  it('is told in words where the bot reads other papers', async () => {
    const told = async (extractor: Extractor<object>, placed: readonly Placed[]) => {
      const desk = await deskOf(extractor, placed);
      await desk.run();
      return (await desk.question()).problems[0]?.message;
    };
    expect(await told(deliveryNoteExtractor, germanInvoice)).toContain(
      'looks like an invoice, not like a delivery note.',
    );
    expect(await told(deliveryNoteExtractor, untitled)).toContain('a paper of no kind known here');
  });
});
