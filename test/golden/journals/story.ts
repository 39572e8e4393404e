import type { Choice, HumanTask, TaskStory } from '#core';
import { type Bot, runTask, type Services } from '#runner';
import type { OpenStore } from '#store';
import { services } from '../../support/bench.ts';
import { type Outside, SESSION, type Written } from './bot.ts';

/** A task as one release left it: what its store held, what the application held, and what that release made of it. */
export interface KeptJournal {
  readonly release: string;
  readonly moment: string;
  /** The last migration it knew. */
  readonly migration: string;
  /** The store's tables, row by row, as JSON text that keeps every letter. */
  readonly tables: Readonly<Record<string, readonly unknown[]>>;
  readonly written: readonly Written[];
  readonly end: Ending;
}

/** What all releases must come to. */
export interface Ending {
  readonly state: string;
  readonly output: unknown;
  readonly written: readonly Written[];
  readonly steps: readonly string[];
  readonly effects: readonly string[];
}

/** A statement that a release's code sent, and how many rows it came back with. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rows: number;
}

export interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export const poolOf = (store: OpenStore): Client => store.pool;

function worker(): Services {
  const lent = { inTurn: async () => {} };
  const sessions: Services['sessions'] = {
    use: (_, act) => act(SESSION, lent),
    discard: async () => {},
    close: async () => {},
  };
  return services({ sessions });
}

/** What a person says to whatever may be asked. */
function answerTo({ kind, draft }: HumanTask): { choice: Choice; values: unknown } {
  if (kind === 'ask') return { choice: 'answer', values: { answer: 'second' } };
  if (kind === 'validate') return { choice: 'answer', values: { number: draft['number']?.value, text: 'paid' } };
  return { choice: 'key-again', values: null };
}

export async function answerOpen(store: OpenStore, task: string): Promise<void> {
  const open = (await storyOf(store, task)).questions.find(({ state }) => state === 'open');
  if (!open) throw new Error('Nothing is asked.');
  const { choice, values } = answerTo(open);
  await store.people.answer(open.id, 'ann', choice, values);
}

/** One run; a submit that is never answered is a worker that died there. */
export async function runOnce(store: OpenStore, bot: Bot, outside: Outside): Promise<void> {
  const lease = await store.tasks.claim(bot.card, 'worker', 30);
  if (!lease) throw new Error('The task is not open.');
  const died = new Promise<undefined>((resolve) => {
    outside.onSilence = () => resolve(undefined);
  });
  const run = runTask(bot, store.tasks.journal(lease), worker(), new AbortController().signal);
  const outcome = await Promise.race([run, died]);
  if (outcome) await store.tasks.finish(lease, outcome);
}

/** Leases run out, waits end, and what was submitted is settled. */
export async function letTimePass(store: OpenStore): Promise<void> {
  const pool = poolOf(store);
  await pool.query("update tasks set available_at = clock_timestamp() - interval '1 second' where state = 'ready'");
  await pool.query("update tasks set lease_until = clock_timestamp() - interval '1 second' where state = 'running'");
  await pool.query("update effects set intended_at = intended_at - interval '1 hour'");
}

/** Workers and a person go on until the task has ended. */
export async function toItsEnd(store: OpenStore, bot: Bot, task: string, outside: Outside): Promise<Ending> {
  for (let turn = 0; turn < 12; turn++) {
    const { state } = (await storyOf(store, task)).task;
    if (state === 'done' || state === 'rejected') break;
    await letTimePass(store);
    await (state === 'waiting' ? answerOpen(store, task) : runOnce(store, bot, outside));
  }
  const { task: ended, steps, effects } = await storyOf(store, task);
  return {
    state: ended.state,
    output: ended.output,
    written: [...outside.written],
    steps: steps.map(({ name }) => name).sort(),
    effects: effects.map(({ state, key }) => `${key} ${state}`),
  };
}

async function storyOf(store: OpenStore, task: string): Promise<TaskStory> {
  const story = await store.tasks.story(task);
  if (!story) throw new Error('There is no such task.');
  return story;
}
