import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { openArchive } from '#archive';
import { type Lease, type Question, silentLogger, systemClock } from '#core';
import { openReaders, quarterTurn } from '#extractors';
import { localOffice } from '#office';
import { openDispatch } from '#queues';
import { defineBot, documentRef, inputProblems, judgeAnswer, refusal } from '#runner';
import { makeJunk, papersOf } from '../../demo/index.ts';
import { learningGate } from '../../trust.ts';
import type { OfficeUnderTest } from '../conformance/office.ts';
import { memoryStore } from './stores.ts';

/** A bot that only takes papers, and a purpose where one is given. */
const letters = defineBot({
  name: 'letters',
  version: '1',
  input: z.object({ document: documentRef.optional(), purpose: z.enum(['archive', 'answer']).optional() }),
  output: z.object({}),
  goal: { within: '1h', skill: 'post-room' },
  records: [],
  run: async () => ({}),
});

/** The office of a process, on a store in memory, real dispatch, a folder for papers, and the readers that look at them. */
export async function officeOnStore() {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-office-'));
  const store = await memoryStore();
  const dispatch = await openDispatch({ kind: 'postgres', pool: store.pool }, { log: silentLogger });
  const readers = openReaders({ workers: 1, cache: path.join(folder, 'readings'), log: silentLogger });
  const archive = openArchive(path.join(folder, 'archive'));
  const trust = await learningGate({ wrongPerThousand: 5, labels: 'demo', auditShare: 0 }, store);
  const office = localOffice({
    trust,
    forgetPapers: (papers) => readers.forget(papers),
    ...{ store, dispatch, archive, clock: systemClock, defaultBot: 'letters', applications: [] },
    bots: [
      {
        card: letters.card,
        inputProblems: (input) => inputProblems(letters, input),
        answerProblems: (question, values) => judgeAnswer(letters, question, values, '2026-03-31'),
      },
    ],
    async inspect(bytes) {
      try {
        return { mime: (await readers.probe(bytes)).mime };
      } catch (error) {
        const refused = refusal(error);
        if (!refused) throw error;
        return { refused };
      }
    },
    pageImage: (bytes, page, rotation) => readers.renderPage(bytes, page, { rotation: quarterTurn(rotation) }),
  });
  const claim = async (): Promise<Lease> => {
    await office.submit({ ...(await paperOrder()), priority: 1_000 });
    const lease = await store.tasks.claim(letters.card, 'worker', 30);
    if (!lease) throw new Error('nothing to claim');
    return lease;
  };
  const papers = papersOf({ seed: 'office', count: 1, today: '2026-03-16' });
  const { value: model } = await papers.next();
  await papers.return(undefined);
  if (!model) throw new Error('no paper');
  /** Bytes behind a PDF's end change its name, not what it shows. */
  const paper = async () => ({ name: 'letter.pdf', bytes: Buffer.concat([model.bytes, Buffer.from(randomUUID())]) });
  const paperOrder = async () => ({ bot: 'letters', paper: await paper() });

  const under: OfficeUnderTest = {
    ...{ office, bot: 'letters', skill: 'post-room', paper },
    junk: async () => ({ name: 'junk.bin', bytes: randomBytes(64) }),
    async ask(question: Question) {
      const lease = await claim();
      await store.tasks.journal(lease).ask(question);
      await store.tasks.finish(lease, { kind: 'waiting' });
      const asked = (await office.task(lease.task.id)).questions.at(-1);
      if (!asked) throw new Error('nothing was asked');
      return asked;
    },
    async halt() {
      await store.tasks.finish(await claim(), { kind: 'stop-bot', code: 'bot-crashed', message: 'It crashed.' });
    },
    async close() {
      await readers.close();
      await dispatch.close();
      await store.close();
    },
  };
  return { ...under, store, archive, dispatch, junkPapers: () => makeJunk('office') };
}
