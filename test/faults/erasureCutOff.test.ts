import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from '#archive';
import { type BlobStore, type BotCard, sha256, systemClock } from '#core';
import { type ErasureOptions, finishErasures, localOffice } from '#office';
import type { OpenStore } from '#store';
import { learningGate } from '../../trust.ts';
import { memoryStore } from '../support/stores.ts';
import { claimed, someBot } from '../support/work.ts';

let store: OpenStore;
let folder: string;
let archive: BlobStore;
beforeAll(async () => {
  [store, folder] = await Promise.all([memoryStore(), mkdtemp(path.join(tmpdir(), 'rekey-cut-off-'))]);
  archive = openArchive(path.join(folder, 'archive'));
  await mkdir(kept());
});
afterAll(async () => {
  await store?.close();
  await rm(folder, { recursive: true });
});

/** What a paper left outside the archive, as its reading would be. */
const kept = (name = '') => path.join(folder, 'kept', name);
const forgetPapers = async (papers: readonly string[]) => {
  for (const paper of papers) await rm(kept(paper), { force: true });
};

/** An ended task with a paper and a picture. */
async function ended() {
  const paper = Buffer.from(`paper ${randomUUID()}`);
  const bot = someBot();
  const office = await officeOn({ store, archive, forgetPapers }, bot);
  const { task } = await office.submit({ bot: bot.name, paper: { name: 'paper.txt', bytes: paper } });
  await writeFile(kept(sha256(paper)), paper);
  const lease = await claimed(store, bot);
  const picture = await archive.put(Buffer.from(`picture ${randomUUID()}`));
  await store.tasks.journal(lease).attach('look', { label: 'page', sha256: picture });
  await store.tasks.finish(lease, { kind: 'done', output: null });
  return { task, bot, paper, picture };
}

async function officeOn(options: ErasureOptions & { readonly store: OpenStore }, card: BotCard) {
  return localOffice({
    ...options,
    dispatch: { ticket: async () => undefined },
    bots: [{ card, inputProblems: () => [], answerProblems: () => ({ misfits: [], broken: [] }) }],
    ...{ applications: [], defaultBot: card.name, inspect: async () => ({ mime: 'text/plain' }) },
    pageImage: async () => new Uint8Array(),
    trust: await learningGate({ wrongPerThousand: 5, labels: 'demo', auditShare: 0 }, store),
    clock: systemClock,
  });
}

/** Calls `at` with the number of each step that finishing takes, from 1, before it is made. */
function watched(at: (step: number) => Promise<void>): ErasureOptions & { readonly store: OpenStore } {
  let steps = 0;
  const each =
    <A extends unknown[], R>(make: (...given: A) => Promise<R>) =>
    async (...given: A) => {
      await at(++steps);
      return make(...given);
    };
  const { erasure } = store;
  const { unfinished, stillSpokenOf, finish } = erasure;
  const watching = { unfinished: each(unfinished), stillSpokenOf: each(stillSpokenOf), finish: each(finish) };
  return {
    store: { ...store, erasure: { ...erasure, ...watching } },
    archive: { ...archive, get: each(archive.get), put: each(archive.put), remove: each(archive.remove) },
    forgetPapers: each(forgetPapers),
  };
}

class Died extends Error {}

/** Steps of an undisturbed end of one erasure. */
async function stepsOfOne(): Promise<number> {
  const { task } = await ended();
  let steps = 0;
  await store.erasure.erase(task, 'ann');
  const count = async (step: number) => {
    steps = step;
  };
  await finishErasures(watched(count));
  return steps;
}

describe('an erasure', () => {
  it('that dies before any of its steps is ended by the next one', async () => {
    const steps = await stepsOfOne();
    expect(steps).toBeGreaterThan(7);
    for (let last = 1; last <= steps; last++) {
      const { task, bot, paper, picture } = await ended();
      const dying = await officeOn(
        watched(async (step) => {
          if (step >= last) throw new Died();
        }),
        bot,
      );
      await expect(dying.eraseTasks([task], 'ann'), `step ${last}`).rejects.toBeInstanceOf(Died);
      expect(await store.erasure.unfinished(), `step ${last}`).toMatchObject([{ task }]);

      const next = await officeOn({ store, archive, forgetPapers }, bot);
      await next.eraseTasks([], 'ann');
      expect(await store.erasure.unfinished()).toEqual([]);
      expect([await archive.has(sha256(paper)), await archive.has(picture)], `step ${last}`).toEqual([false, false]);
      expect(await readdir(kept())).toEqual([]);
    }
  }, 120_000);

  it('never takes the paper of a task that comes in with it meanwhile, whenever it is stored and written down', async () => {
    const steps = await stepsOfOne();
    for (let stored = 1; stored <= steps; stored++) {
      for (let written = stored; written <= steps + 1; written++) {
        const { task, bot, paper } = await ended();
        await store.erasure.erase(task, 'ann');
        const order = submitting(bot, paper);
        const at = async (step: number) => {
          if (step === stored) await order.store();
          if (step === written) await order.write();
        };
        await finishErasures(watched(at));
        await order.write();
        const where = `stored at ${stored}, written at ${written} of ${steps}`;
        expect((await store.tasks.get(await order.task()))?.input.document?.sha256, where).toBe(sha256(paper));
        expect(await archive.has(sha256(paper)), where).toBe(true);
      }
    }
  }, 240_000);
});

/** An order whose paper is put into the archive at one moment, and whose task is written down at another. */
function submitting(bot: BotCard, paper: Uint8Array) {
  const [stored, mayWrite] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let receipt: Promise<{ task: string }> | undefined;
  const slow: OpenStore = {
    ...store,
    tasks: {
      ...store.tasks,
      submit: async (task) => {
        stored.resolve();
        await mayWrite.promise;
        return store.tasks.submit(task);
      },
    },
  };
  return {
    async store() {
      const office = await officeOn({ store: slow, archive, forgetPapers }, bot);
      receipt = office.submit({ bot: bot.name, paper: { name: 'again.txt', bytes: paper } });
      await stored.promise;
    },
    async write() {
      mayWrite.resolve();
      await receipt;
    },
    task: async () => (await receipt)!.task,
  };
}
