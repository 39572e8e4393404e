import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { openArchive } from '#archive';
import { type HumanTask, type Lease, type Problem, type Question, systemClock } from '#core';
import { localOffice, type OfficeBot } from '#office';
import { memoryStore } from '../support/stores.ts';
import { claimed, someBot, submitted } from '../support/work.ts';
import { type OfficeUnderTest, officeConformance } from './office.ts';

officeConformance('on the store itself', openLocal);

/** An office on a store in memory, with a bot that judges answers by the question's own form. */
async function openLocal(): Promise<OfficeUnderTest> {
  const store = await memoryStore();
  const archive = openArchive(await mkdtemp(join(tmpdir(), 'rekey-archive-')));
  const card = someBot({ name: 'letters', skill: 'post-room' });
  const page = await sharp({ create: { width: 40, height: 60, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  const office = localOffice({
    store,
    archive,
    dispatch: { ticket: async () => {} },
    bots: [{ card, inputProblems: () => [], answerProblems: byForm }],
    defaultBot: card.name,
    inspect: async (bytes) =>
      bytes.includes(0)
        ? { refused: { code: 'unreadable-unsupported', message: 'No paper.' } }
        : { mime: 'text/plain' },
    pageImage: async () => page,
    clock: systemClock,
  });
  let made = 0;

  /** Ends what stands before it in the lane. */
  async function leaseOf(task: string): Promise<Lease> {
    const lease = await claimed(store, card);
    if (lease.task.id === task) return lease;
    await store.tasks.finish(lease, { kind: 'done', output: null });
    return leaseOf(task);
  }

  async function ask(question: Question): Promise<HumanTask> {
    const lease = await leaseOf((await submitted(store, card)).id);
    await store.tasks.journal(lease).ask(question);
    await store.tasks.finish(lease, { kind: 'waiting' });
    const story = await office.task(lease.task.id);
    return story.questions[0] ?? Promise.reject(new Error('The task asks nothing.'));
  }

  return {
    office,
    bot: card.name,
    skill: card.skill,
    paper: async () => ({ name: 'letter.txt', bytes: new TextEncoder().encode(`Letter ${++made}`) }),
    junk: async () => ({ name: 'junk.bin', bytes: new Uint8Array(++made) }),
    ask,
    async halt() {
      await submitted(store, card);
      const lease = await claimed(store, card);
      await store.tasks.finish(lease, {
        kind: 'stop-bot',
        code: 'bot-crashed',
        message: 'Cannot read properties of undefined',
      });
    },
    close: () => store.close(),
  };
}

const byForm: OfficeBot['answerProblems'] = ({ form }, values) => {
  const result = z.fromJSONSchema({ ...form }).safeParse(values);
  const misfits = result.success ? [] : result.error.issues.map(asProblem);
  return { misfits, broken: [] };
};

function asProblem({ path, message }: z.core.$ZodIssue): Problem {
  return { code: 'invalid-value', fields: path.length > 0 ? [String(path[0])] : [], message };
}
