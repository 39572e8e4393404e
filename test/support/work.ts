import { randomUUID } from 'node:crypto';
import type { BotCard, HumanQueue, Lease, Question, Receipt, Task, TaskStore } from '#core';

/** As much of a store as a journal needs around it. */
export interface JournalStore {
  readonly tasks: Pick<TaskStore, 'submit' | 'get' | 'claim' | 'renew' | 'finish' | 'journal' | 'story'>;
  readonly people: Pick<HumanQueue, 'answer'>;
}

/** A bot of the test's own, so that its lane is too. */
export function someBot(changes: Partial<BotCard> = {}): BotCard {
  return { name: `bot-${randomUUID()}`, version: '1', promiseSeconds: 3600, skill: 'clerk', ...changes };
}

export function someQuestion(changes: Partial<Question> = {}): Question {
  return {
    step: 'ask for order',
    kind: 'ask',
    code: 'low-confidence',
    title: 'Which order is this for?',
    choices: ['answer', 'by-hand', 'reject'],
    record: null,
    form: { type: 'object' },
    draft: {},
    problems: [],
    compared: [],
    papers: [],
    evidence: [],
    ...changes,
  };
}

export function someReceipt(changes: Partial<Receipt> = {}): Receipt {
  return {
    application: 'ledger',
    reference: 'V-1',
    compared: [{ field: 'total', wanted: '10.00', shown: '10.00', same: true }],
    evidence: [],
    provenAt: '2026-03-31T16:00:00.000Z',
    ...changes,
  };
}

export async function submitted(store: JournalStore, bot: BotCard, changes: object = {}): Promise<Task> {
  return (await store.tasks.submit({ bot, key: randomUUID(), input: {}, ...changes })).task;
}

/** Submits a task and claims it. */
export async function leased(store: JournalStore, bot: BotCard = someBot(), seconds = 30): Promise<Lease> {
  await submitted(store, bot);
  return claimed(store, bot, seconds);
}

export async function claimed(store: JournalStore, bot: BotCard, seconds = 30): Promise<Lease> {
  const lease = await store.tasks.claim(bot, 'worker', seconds);
  if (!lease) throw new Error('nothing to claim');
  return lease;
}

/** Runs a task of its own into the question; `ask` answers with the question's id. */
export async function waitingOn(store: JournalStore, question: Partial<Question> = {}, bot: BotCard = someBot()) {
  const lease = await leased(store, bot);
  await store.tasks.journal(lease).ask(someQuestion(question));
  await store.tasks.finish(lease, { kind: 'waiting' });
  const story = await store.tasks.story(lease.task.id);
  return { bot, task: lease.task.id, question: story!.questions[0]!.id };
}
