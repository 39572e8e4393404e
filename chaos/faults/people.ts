import type { Choice } from '#core';
import type { OpenStore } from '#store';
import type { Fault, Site } from '../fault.ts';
import { nothingOpen } from '../site.ts';

const WAIT_SECONDS = 60;
const YES: Given = { person: 'ann', choice: 'answer', values: { yes: true } };
const BY_HAND: Given = { person: 'bob', choice: 'by-hand', values: null };

interface Given {
  readonly person: string;
  readonly choice: Choice;
  readonly values: unknown;
}

/** How people answer the one question, and what the desk must tell each of them. */
const ANSWERS: Readonly<Record<string, (give: (given: Given) => Promise<'stored' | 'taken'>) => Promise<void>>> = {
  'the same person twice': async (give) => expectTold([await give(YES), await give(YES)], 'stored', 2),
  'two people at once': async (give) => expectTold(await Promise.all([give(YES), give(BY_HAND)]), 'stored', 1),
  'one after the other': async (give) => expectTold([await give(YES), await give(BY_HAND)], 'stored', 1),
  'after a deploy': async (give) => expectTold([await give(YES)], 'stored', 1),
};

const answered: Fault = {
  name: 'people-answer-at-odds',
  profiles: ['embedded', 'postgres', 'redis'],
  points: ({ quick }) => Object.keys(ANSWERS).slice(quick ? 1 : 0, quick ? 2 : undefined),
  async strike(site, point) {
    await site.accept(1, 'asked');
    await untilAsked(site);
    await site.record(async (store) => {
      const id = await openQuestion(store);
      await ANSWERS[point]!(({ person, choice, values }) => store.people.answer(id, person, choice, values));
    });
    await site.startWorker(point === 'after a deploy' ? { version: '2' } : {});
  },
};

/** A worker asks and leaves: nobody of those who asked is there when the answer comes. */
async function untilAsked(site: Site): Promise<void> {
  const worker = await site.startWorker();
  if (!(await worker.says(nothingOpen, WAIT_SECONDS))) throw new Error('Nobody was asked.');
  worker.signal('SIGTERM');
  await worker.exited;
}

async function openQuestion(store: OpenStore): Promise<string> {
  const [question] = await store.people.list();
  if (!question) throw new Error('Nobody was asked.');
  return question.id;
}

function expectTold(told: readonly ('stored' | 'taken')[], what: 'stored', times: number): void {
  if (told.filter((one) => one === what).length !== times) throw new Error(`People were told ${told.join(' and ')}.`);
}

export const people: readonly Fault[] = [answered];
