import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { known, type Page, type Reading } from '#core';
import { counted, type Extractor, openGate } from '#extractors';
import { defineRecord, documentRef } from '#runner';
import { openBench, services } from '../../support/bench.ts';
import { botThat } from '../../support/runnerBots.ts';

const read = (value: string | null): Reading<string> => ({
  ...{ value, probability: value === null ? 0 : 1, absent: value === null ? 1 : 0 },
  ...{ sources: [], alternatives: [], evidence: ['model'] },
});

const schema = z.object({ sum: z.string(), terms: z.string().nullable(), currency: z.string() });

/** As sure as can be of all it says, and of what it says is not there. */
const model: Extractor<z.infer<typeof schema>> = {
  ...{ name: 'model', version: '1', accepts: [] },
  extract: async () => ({ sum: read('12.00'), terms: read(null), currency: known('EUR') }),
};

const page: Page = { number: 1, width: 100, height: 100, source: 'text', rotation: 0, words: [] };

describe("an extractor of one's own", () => {
  it('is counted by itself in all it read, and never quite sure of it', async () => {
    const draft = counted(model, await model.extract([page], { paper: 'abc' }));
    expect(draft.sum).toMatchObject({ group: 'plugged-in/model', probability: 0.9999 });
    expect(draft.terms).toMatchObject({ group: 'plugged-in/model', absent: 0.9999 });
    expect(draft.currency).toEqual(known('EUR'));
  });

  it('leaves what is counted as it is', () => {
    const calibrated = { ...read('12.00'), group: 'text/amount' };
    expect(counted(model, { sum: calibrated })).toEqual({ sum: calibrated });
  });

  it('posts nothing unseen, however sure it is', async () => {
    const gate = openGate({ wrongPerThousand: 100 });
    const at = services({
      reader: { read: async () => ({ pages: [page], statements: [], doubts: [] }), reread: async () => [] },
      accepts: gate.accepts,
    });
    const document = { sha256: await at.archive.put(new Uint8Array(8)), name: 'bill.pdf', mime: 'application/pdf' };
    const record = defineRecord({ name: 'bill', schema });
    const bot = botThat(
      async (task) => task.validate(record, await task.extract(model, documentRef.parse(task.input['document']))),
      { records: [record] },
    );
    const bench = await openBench(bot, { document });
    expect(await bench.run({ services: at })).toEqual({ kind: 'waiting' });
    expect((await bench.question()).problems).toMatchObject([
      { code: 'low-confidence', fields: ['sum'] },
      { code: 'low-confidence', fields: ['terms'] },
    ]);
  });
});
