import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Statement } from '#core';
import { defineExtractor, type Extractor, formExtractor, invoiceExtractor, money } from '#extractors';
import { documentRef, type PaperReader } from '#runner';
import { germanInvoice, type Placed, pageOf, registrationForm } from '../extractors/paper.ts';
import { openBench, services } from '../support/bench.ts';
import { botThat } from '../support/runnerBots.ts';

const payslip = defineExtractor({
  name: 'payslip',
  version: '1',
  schema: z.object({ net: money({ labels: ['Net pay'] }) }),
});

/** How a bot's task ends whose paper looks like this, or why it waits for a person. */
async function outcome(extractor: Extractor<object>, placed: readonly Placed[], statements: Statement[] = []) {
  const reader: PaperReader = {
    read: async () => ({ pages: [pageOf(placed)], statements, doubts: [] }),
    reread: async () => [],
  };
  const at = services({ reader });
  const document = { sha256: await at.archive.put(new Uint8Array(8)), name: 'a.pdf', mime: 'application/pdf' };
  const bench = await openBench(
    botThat(async (task) => {
      await task.extract(extractor, documentRef.parse(task.input['document']));
      return {};
    }),
    { document },
  );
  const { kind } = await bench.run({ services: at });
  return kind === 'waiting' ? (await bench.question()).code : kind;
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
});
