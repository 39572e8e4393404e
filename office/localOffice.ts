import {
  type ApplicationRules,
  type BlobStore,
  type BotCard,
  type Clock,
  type Dispatch,
  type HaltedBot,
  InvalidInput,
  NO_TASKS,
  type Office,
  type Problem,
  type Question,
  type Store,
  sumOfCounts,
} from '#core';
import { applicationsIn } from './applications.ts';
import { erasureIn } from './erasure.ts';
import { learnedIn } from './learned.ts';
import { takeOrder } from './orders.ts';
import { schedulesIn } from './schedules.ts';

/** A bot as the office needs it: its card, and its judgement of what people hand it. */
export interface OfficeBot {
  readonly card: BotCard;
  /** What is wrong with an input for it. */
  inputProblems(input: object): readonly Problem[];
  /**
   * What is wrong with an answer to a question of it: values that do not fit the form, and rules that fail; by the
   * version the task began with.
   */
  answerProblems(
    question: Question,
    values: unknown,
    version: string | null,
  ): { readonly misfits: readonly Problem[]; readonly broken: readonly Problem[] };
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface LocalOfficeOptions {
  readonly store: Store;
  readonly archive: BlobStore;
  readonly dispatch: Pick<Dispatch, 'ticket'>;
  readonly bots: readonly OfficeBot[];
  /** The applications that bots are written for. */
  readonly applications: readonly ApplicationRules[];
  /** For papers that name no bot. */
  readonly defaultBot: string;
  /** What a paper is, quickly; or why it is refused at the door. */
  readonly inspect: (bytes: Uint8Array) => Promise<{ readonly mime: string } | { readonly refused: Refusal }>;
  readonly pageImage: (bytes: Uint8Array, page: number, rotation: number) => Promise<Uint8Array>;
  /** How far readings are trusted, and how that is learnt anew. */
  readonly trust: Pick<Office, 'trust' | 'recalibrate' | 'takeBackTrust'>;
  /** Deletes what is kept of papers with these names (sha256) outside the archive. */
  readonly forgetPapers: (papers: readonly string[]) => Promise<void>;
  readonly clock: Clock;
}

/** How long a person holds a question without a sign of life. */
const CLAIM_SECONDS = 300;

/** The office of this process: on the store itself. */
export function localOffice(options: LocalOfficeOptions): Office {
  const { store, archive, dispatch } = options;
  const bots = new Map(options.bots.map((bot) => [bot.card.name, bot]));
  const botNamed = (name: string) =>
    bots.get(name) ?? unknown('bot', name, `Known bots: ${[...bots.keys()].join(', ')}.`);

  return {
    submit: async (order) => takeOrder(order, botNamed(order.bot ?? options.defaultBot), options),

    async overview() {
      const [now, byBot, figures, halted, mended] = await Promise.all([
        store.now(),
        store.tasks.countsByBot(),
        store.tasks.figures(),
        store.halted(),
        store.mended(),
      ]);
      const cards = [...bots.values()].map(({ card }) => ({
        ...card,
        counts: byBot.get(card.name) ?? NO_TASKS,
        halted: haltOf(card, halted),
      }));
      return { now, counts: sumOfCounts(byBot.values()), bots: cards, ...figures, mended };
    },

    async tasks(filter) {
      const tasks = await store.tasks.list(filter);
      const standings = await store.tasks.standings(tasks.map(({ id }) => id));
      return tasks.map((task) => ({ ...task, standing: standings.get(task.id) ?? null }));
    },
    async task(id) {
      const [story, standings, keeping] = await Promise.all([
        store.tasks.story(id),
        store.tasks.standings([id]),
        store.erasure.keeping(id),
      ]);
      if (story === undefined) return unknown('task', id);
      return { ...story, ...keeping, standing: standings.get(id) ?? null };
    },
    ...erasureIn(options),

    exceptions: (filter) => store.people.list(filter),
    exception: async (id) => (await store.people.get(id)) ?? unknown('question', id),
    claim: async (id, person) => {
      if (!(await store.people.get(id))) unknown('question', id);
      return store.people.claim(id, person, CLAIM_SECONDS);
    },
    release: (id, person) => store.people.release(id, person),

    async answer(id, { person, choice, values = null, overrule = false }) {
      const question = (await store.people.get(id)) ?? unknown('question', id);
      if (!question.choices.includes(choice)) {
        throw new InvalidInput('choice-not-offered', 'choice', `This question takes: ${question.choices.join(', ')}.`);
      }
      if (choice === 'answer' || choice === 'correct') {
        const version = (await store.tasks.get(question.task))?.botVersion ?? null;
        const { misfits, broken } = botNamed(question.bot).answerProblems(question, values, version);
        if (misfits.length > 0) return { outcome: 'refused', problems: misfits, mayOverrule: false };
        if (broken.length > 0 && !overrule) return { outcome: 'refused', problems: broken, mayOverrule: true };
      }
      const outcome = await store.people.answer(id, person, choice, values);
      if (outcome === 'stored') await dispatch.ticket(question.bot);
      return { outcome };
    },

    ...schedulesIn(options),
    async resumeBot(name) {
      if (await store.resume(botNamed(name).card.name)) await dispatch.ticket(name);
    },

    ...applicationsIn(store.access, dispatch, options.applications),
    ...options.trust,
    ...learnedIn(store.memory),
    events: (since, limit) => store.events.since(since, limit),
    blob: (sha256) => archive.get(sha256),
    pageImage: async (sha256, page, rotation) => options.pageImage(await archive.get(sha256), page, rotation),
  };
}

/** The newest version's, which takes the new tasks, before an older one's. */
function haltOf({ name, version }: BotCard, halted: readonly HaltedBot[]): HaltedBot | null {
  const own = halted.filter(({ bot }) => bot === name);
  return own.find((each) => each.version === version) ?? own[0] ?? null;
}

function unknown(what: 'task' | 'bot' | 'question', name: string, hint = ''): never {
  throw new InvalidInput(`unknown-${what}`, what, `There is no ${what} "${name}". ${hint}`.trim());
}
