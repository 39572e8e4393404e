import type { Journal, Lease, Outcome, Question } from '#core';
import { type BlobStore, SystemException, sha256, silentLogger, systemClock } from '#core';
import { type Bot, noSessions, runTask, type Services } from '#runner';
import { memoryLayouts, memoryPapers } from './memoryLayouts.ts';
import { memoryTasks } from './memoryTasks.ts';

/** Papers and evidence of a test. */
export function memoryArchive(): BlobStore {
  const blobs = new Map<string, Uint8Array>();
  return {
    async put(bytes) {
      const name = sha256(bytes);
      blobs.set(name, bytes);
      return name;
    },
    async get(name) {
      const bytes = blobs.get(name);
      if (!bytes) throw new SystemException('blob-missing', 'There is no such blob.');
      return bytes;
    },
    has: async (name) => blobs.has(name),
    remove: async (name) => void blobs.delete(name),
  };
}

export const TODAY = '2026-03-31';

/** What a run is handed where a test says nothing else: a known value passes, and there is neither paper nor browser. */
export function services(changes: Partial<Services> = {}): Services {
  return {
    archive: memoryArchive(),
    maskEvidence: false,
    reader: { read: async () => ({ pages: [], statements: [], doubts: [] }), reread: async () => [] },
    memory: memoryLayouts(),
    papers: memoryPapers(),
    sessions: noSessions,
    accepts: ({ value, probability, absent }) => (value === null ? absent : probability) >= 0.99,
    sampled: () => undefined,
    today: () => TODAY,
    clock: systemClock,
    log: silentLogger,
    ...changes,
  };
}

export interface RunOptions {
  /** The bot with something changed, for this run. */
  readonly bot?: Bot;
  readonly services?: Services;
  /** Puts something between the run and its journal. */
  readonly journal?: (journal: Journal) => Journal;
  readonly signal?: AbortSignal;
}

/** One task of a bot, run as often as a test likes. */
export async function openBench(bot: Bot, input: object = {}) {
  const store = memoryTasks();
  const { task } = await store.tasks.submit({ bot: bot.card, key: 'key', input: { ...input } });
  const story = async () => (await store.tasks.story(task.id))!;

  async function claim(): Promise<Lease> {
    const lease = await store.tasks.claim(bot.card, 'worker', 600);
    if (!lease) throw new Error('The task is not open.');
    return lease;
  }

  return {
    store,
    task,
    story,
    claim,
    /** Claims the task, runs the bot on it and writes the outcome down. */
    async run(options: RunOptions = {}): Promise<Outcome> {
      const lease = await claim();
      const own = store.tasks.journal(lease);
      const journal = options.journal?.(own) ?? own;
      const signal = options.signal ?? new AbortController().signal;
      const outcome = await runTask(options.bot ?? bot, journal, options.services ?? services(), signal);
      await store.tasks.finish(lease, outcome);
      return outcome;
    },
    /** The question that stands open. */
    async question(): Promise<Question> {
      return (await open()).question;
    },
    async answer(choice: Question['choices'][number], values: unknown = null): Promise<void> {
      await store.people.answer((await open()).id, 'ann', choice, values);
    },
  };

  async function open() {
    const question = (await story()).questions.find(({ state }) => state === 'open');
    if (!question) throw new Error('No question is open.');
    return { id: question.id, question };
  }
}

export type Bench = Awaited<ReturnType<typeof openBench>>;
