import type { Choice } from '#core';
import type { OpenStore } from '#store';
import type { Fault, Site } from '../fault.ts';
import { nothingOpen } from '../site.ts';

const WAIT_SECONDS = 240;
const YES: Given = { person: 'ann', choice: 'answer', values: { answer: { yes: true } } };
const BY_HAND: Given = { person: 'bob', choice: 'by-hand', values: null };

type Told = Awaited<ReturnType<OpenStore['people']['answer']>>;

interface Given {
  readonly person: string;
  readonly choice: Choice;
  readonly values: unknown;
}

type Give = (given: Given) => Promise<Told>;

/** How people answer the one question, and how many of them the desk must tell that theirs counts. */
const ANSWERS: Readonly<Record<string, { readonly count: number; give(give: Give): Promise<readonly Told[]> }>> = {
  'the same person twice': { count: 2, give: async (give) => [await give(YES), await give(YES)] },
  'two people at once': { count: 1, give: (give) => Promise.all([give(YES), give(BY_HAND)]) },
  'one after the other': { count: 1, give: async (give) => [await give(YES), await give(BY_HAND)] },
  'after a deploy': { count: 1, give: async (give) => [await give(YES)] },
};

const answered: Fault = {
  name: 'people-answer-at-odds',
  profiles: ['embedded', 'postgres', 'redis'],
  points: ({ quick }) => Object.keys(ANSWERS).slice(quick ? 1 : 0, quick ? 2 : undefined),
  controls: () => [{ point: 'one after the other', without: 'first-answer' }],
  async strike(site, point) {
    await site.accept(1, 'asked');
    await untilAsked(site);
    const isByHand = await site.record(async (store) => {
      const id = await openQuestion(store);
      const { count, give } = ANSWERS[point]!;
      let byHand = false;
      const told = await give(async ({ person, choice, values }) => {
        const answer = await store.people.answer(id, person, choice, values);
        byHand ||= choice === 'by-hand' && (answer === 'stored' || site.without === 'first-answer');
        return answer;
      });
      const stored = told.filter((one) => one === 'stored').length;
      if (stored !== count) throw new Error(`People were told ${told.join(' and ')}.`);
      return byHand;
    });
    await site.startWorker(point === 'after a deploy' ? { version: '2' } : {});
    // Whose answer counts does what they said; where two think so, the bot is the faster one.
    if (!isByHand || site.without) await site.settle();
    if (!isByHand && site.posted() !== 1) site.found({ lost: ['A letter that was to be posted was not.'] });
    if (!isByHand) return;
    await site.postByHand(0);
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

export const people: readonly Fault[] = [answered];
