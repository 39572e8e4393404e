import { z } from 'zod';
import {
  type BotInfo,
  type Comparison,
  type Counts,
  type DocumentRef,
  type Draft,
  type Effect,
  type Evidence,
  type HumanTask,
  InvalidInput,
  type Mended,
  newId,
  type Office,
  type Order,
  type OrderReceipt,
  type Problem,
  type Question,
  type Standing,
  type StepRecord,
  type StoryNow,
  SystemException,
  sha256,
  type Task,
  type TaskEvent,
} from '#core';
import { trustReport } from '#extractors';
import { type MemoryApplications, memoryApplications } from './memoryApplications.ts';
import { memoryErasure } from './memoryErasure.ts';
import { medianSeconds, straightThrough } from './memoryFigures.ts';
import { learnedNothing } from './memoryLayouts.ts';
import { type MemorySchedules, memorySchedules } from './memorySchedules.ts';

const CLAIM_MS = 5 * 60_000;
const NO_COUNTS: Counts = { ready: 0, running: 0, waiting: 0, done: 0, rejected: 0 };

export type QuestionSeed = Partial<Question> & Pick<Question, 'kind' | 'title'>;

/** Puts an office into a state without bots that work: what they would have done is told. */
export interface MemorySeed {
  /** Images of a paper's pages, as the reader would draw them. */
  pages(paper: string, images: readonly Uint8Array[]): void;
  blob(bytes: Uint8Array): string;
  task(bot: string, fields?: Partial<Task>): Task;
  change(task: string, fields: Partial<Task>): void;
  /** Where it stands, in place of what its state says. */
  stand(task: string, standing: Partial<Standing> & Pick<Standing, 'hold'>): void;
  readonly application: MemoryApplications['application'];
  step(task: string, step: StepRecord): void;
  effect(task: string, effect: Effect): void;
  evidence(task: string, evidence: Evidence & { step: string }): void;
  event(task: string, kind: string, facts?: TaskEvent['facts']): void;
  ask(task: string, question: QuestionSeed, dueAt?: string): HumanTask;
  halt(bot: string, code: string, message: string): void;
  mended(what: Mended): void;
  /** What a schedule's due times led to. */
  readonly decided: MemorySchedules['decided'];
  /** What the bot's rules say to an answer. */
  rule(check: (values: Readonly<Record<string, unknown>>) => Problem | undefined): void;
}

export interface MemoryOffice {
  readonly office: Office;
  readonly seed: MemorySeed;
}

export interface TaskEntry {
  task: Task;
  standing?: Standing;
  readonly steps: StepRecord[];
  readonly effects: Effect[];
  readonly evidence: (Evidence & { step: string; at: string })[];
}

/** The contract of an office, kept in memory: for tests of what stands in front of one. */
export function openMemoryOffice(bots: readonly Pick<BotInfo, 'name' | 'skill' | 'promiseSeconds'>[]): MemoryOffice {
  const tasks = new Map<string, TaskEntry>();
  const questions = new Map<string, HumanTask>();
  const blobs = new Map<string, Uint8Array>();
  const pages = new Map<string, readonly Uint8Array[]>();
  const halted = new Map<string, BotInfo['halted']>();
  const events: TaskEvent[] = [];
  const mended: Mended[] = [];
  const rules: ((values: Readonly<Record<string, unknown>>) => Problem | undefined)[] = [];
  const now = () => new Date().toISOString();
  const trust = async (wrongPerThousand = 5) => trustReport({ wrongPerThousand, labels: 'demo' }, [], undefined);

  const botCalled = (name: string) => {
    const bot = bots.find((one) => one.name === name);
    if (bot === undefined) throw new InvalidInput('unknown-bot', 'bot', 'There is no bot of this name.');
    return bot;
  };
  const entryOf = (id: string) => {
    const entry = tasks.get(id);
    if (entry === undefined) throw new InvalidInput('unknown-task', 'task', 'There is no task with this id.');
    return entry;
  };
  const questionOf = (id: string) => {
    const question = questions.get(id);
    if (question === undefined) throw new InvalidInput('unknown-question', 'question', 'There is no such question.');
    return question;
  };
  const tell = (task: string, kind: string, facts: TaskEvent['facts'] = {}) => {
    events.push({ seq: events.length + 1, at: now(), task, bot: entryOf(task).task.bot, kind, facts });
  };
  const change = (id: string, fields: Partial<Task>) => {
    const entry = entryOf(id);
    entry.task = { ...entry.task, ...fields };
  };
  const counts = (bot?: string): Counts => {
    const found = { ...NO_COUNTS };
    for (const { task } of tasks.values()) if (bot === undefined || task.bot === bot) found[task.state]++;
    return found;
  };
  const isHeldByOther = ({ claimedBy, claimedUntil }: HumanTask, person: string) =>
    claimedBy !== null && claimedBy !== person && Date.parse(claimedUntil ?? '') > Date.now();
  const waiting = () => [...questions.values()].filter(({ state }) => state !== 'answered');

  function newTask(bot: string, fields: Partial<Task>): Task {
    const { skill, promiseSeconds } = botCalled(bot);
    const id = newId();
    const task: Task = {
      id,
      bot,
      botVersion: null,
      key: id,
      input: {},
      state: 'ready',
      reason: null,
      skill,
      value: 1,
      receivedAt: now(),
      dueAt: new Date(Date.now() + promiseSeconds * 1000).toISOString(),
      endedAt: null,
      attempt: 0,
      output: null,
      ...fields,
    };
    tasks.set(id, { task, steps: [], effects: [], evidence: [] });
    tell(id, task.state === 'rejected' ? 'rejected' : 'submitted');
    return task;
  }

  function submit(order: Order): OrderReceipt {
    const bot = botCalled(order.bot ?? bots[0]!.name).name;
    const key = order.key ?? (order.paper ? sha256(order.paper.bytes) : newId());
    const before = [...tasks.values()].find(({ task }) => task.bot === bot && task.key === key);
    if (before) return receiptOf(before.task, false);
    const refused = order.paper ? whyRefused(order.paper.bytes) : undefined;
    const document = order.paper && storePaper(order.paper);
    const task = newTask(bot, {
      key,
      input: { ...order.input, ...(document && { document }) },
      value: order.priority ?? 1,
      ...(order.dueAt !== undefined && { dueAt: order.dueAt }),
      ...(refused !== undefined && { state: 'rejected', reason: refused, endedAt: now() }),
    });
    return receiptOf(task, true);
  }

  function storePaper({ name, bytes }: NonNullable<Order['paper']>): DocumentRef {
    const hash = sha256(bytes);
    blobs.set(hash, bytes);
    return { sha256: hash, name, mime: 'application/pdf' };
  }

  function refusal(question: HumanTask, values: unknown, overrule: boolean) {
    const misfits = question.form === null ? [] : misfitsOf(question.form, values);
    if (misfits.length > 0) return { outcome: 'refused', problems: misfits, mayOverrule: false } as const;
    const broken = rules.map((rule) => rule(Object(values))).filter((problem) => problem !== undefined);
    if (broken.length > 0 && !overrule) return { outcome: 'refused', problems: broken, mayOverrule: true } as const;
    return undefined;
  }

  function endOf(question: HumanTask, person: string, choice: string): void {
    if (choice === 'reject') change(question.task, { state: 'rejected', reason: question.code, endedAt: now() });
    else if (choice === 'by-hand') change(question.task, { state: 'done', output: { byHand: person }, endedAt: now() });
    else change(question.task, { state: 'ready', reason: null });
  }

  const timed = memorySchedules({
    isBot: (name) => bots.some((bot) => bot.name === name),
    task: (id) => tasks.get(id)?.task,
    start: ({ bot, input }, key) => newTask(bot, { key, input }),
  });

  const placed = memoryApplications();
  const standingOf = (id: string): Standing | null => {
    const { task, standing } = entryOf(id);
    if (task.endedAt !== null || task.state === 'done' || task.state === 'rejected') return null;
    return (
      standing ??
      usualStanding(
        task,
        waiting().find((question) => question.task === id),
      )
    );
  };

  const erasing = memoryErasure({ tasks, questions, blobs, entryOf, tell });

  const office: Office = {
    submit: async (order) => submit(order),
    overview: async () => ({
      now: now(),
      counts: counts(),
      bots: bots.map((bot) => ({
        ...bot,
        version: '1',
        counts: counts(bot.name),
        halted: halted.get(bot.name) ?? null,
      })),
      exceptions: waiting().length,
      straightThrough: straightThrough([...tasks.values()], [...questions.values()]),
      medianSeconds: medianSeconds([...tasks.values()].map(({ task }) => task)),
      late: [...tasks.values()].filter(({ task }) => task.endedAt === null && Date.parse(task.dueAt) < Date.now())
        .length,
      mended: [...mended],
    }),
    async tasks({ state, bot, after, limit = 100 }) {
      const found = [...tasks.values()]
        .map(({ task }) => task)
        .filter((task) => (state === undefined || task.state === state) && (bot === undefined || task.bot === bot))
        .reverse()
        .map((task) => ({ ...task, standing: standingOf(task.id) }));
      const start = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
      return found.slice(start, start + limit);
    },
    async task(id): Promise<StoryNow> {
      const { task, steps, effects, evidence } = entryOf(id);
      return {
        ...{ task, steps, effects, evidence, standing: standingOf(id), ...erasing.keeping(id) },
        questions: [...questions.values()].filter(({ task }) => task === id),
        events: events.filter(({ task }) => task === id),
      };
    },
    exceptions: async (filter) =>
      waiting()
        .filter(({ skill }) => filter?.skills === undefined || filter.skills.includes(skill))
        .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt)),
    exception: async (id) => questionOf(id),
    async claim(id, person) {
      const question = questionOf(id);
      if (question.state === 'answered' || isHeldByOther(question, person)) return false;
      const claimedUntil = new Date(Date.now() + CLAIM_MS).toISOString();
      questions.set(id, { ...question, state: 'claimed', claimedBy: person, claimedUntil });
      if (question.claimedBy !== person) tell(question.task, 'claimed');
      return true;
    },
    async release(id, person) {
      const question = questionOf(id);
      if (question.state !== 'claimed' || question.claimedBy !== person) return;
      questions.set(id, { ...question, state: 'open', claimedBy: null, claimedUntil: null });
      tell(question.task, 'released');
    },
    async answer(id, { person, choice, values = null, overrule = false }) {
      const question = questionOf(id);
      if (question.state === 'answered' || isHeldByOther(question, person)) {
        const same =
          question.answer?.by === person &&
          question.answer.choice === choice &&
          sameJson(question.answer.values, values);
        return { outcome: same ? 'stored' : 'taken' };
      }
      if (!question.choices.includes(choice)) {
        throw new InvalidInput('choice-not-offered', 'choice', 'This question does not offer that choice.');
      }
      const refused = choice === 'answer' || choice === 'correct' ? refusal(question, values, overrule) : undefined;
      if (refused !== undefined) return refused;
      const inSpiteOf = question.problems.map(({ code }) => code);
      const answer = { choice, values, by: person, at: now(), inSpiteOf };
      questions.set(id, { ...question, state: 'answered', claimedBy: null, claimedUntil: null, answer });
      tell(question.task, 'answered', { choice });
      endOf(question, person, choice);
      return { outcome: 'stored' };
    },
    ...timed.schedules,
    async resumeBot(bot) {
      halted.delete(botCalled(bot).name);
    },
    ...placed.office,
    ...erasing.office,
    ...{ ...learnedNothing(), trust, recalibrate: () => trust(), takeBackTrust: () => trust() },
    events: async (since, limit) => events.slice(since, since + limit),
    async blob(hash) {
      const bytes = blobs.get(hash);
      if (bytes === undefined) throw new SystemException('blob-missing', 'The archive does not hold these bytes.');
      return bytes;
    },
    async pageImage(paper, page) {
      const image = pages.get(paper)?.[page - 1];
      if (image === undefined) throw new InvalidInput('unknown-page', 'page', 'The paper has no such page.');
      return image;
    },
  };

  const seed: MemorySeed = {
    pages: (paper, images) => void pages.set(paper, images),
    blob(bytes) {
      blobs.set(sha256(bytes), bytes);
      return sha256(bytes);
    },
    task: (bot, fields = {}) => newTask(bot, fields),
    change,
    stand(id, standing) {
      const usual = usualStanding(entryOf(id).task, undefined);
      entryOf(id).standing = { ...usual, ...standing };
    },
    application: placed.application,
    step: (task, step) => void entryOf(task).steps.push(step),
    effect: (task, effect) => void entryOf(task).effects.push(effect),
    evidence: (task, evidence) => void entryOf(task).evidence.push({ ...evidence, at: now() }),
    event: tell,
    ask(id, question, dueAt) {
      const { task } = entryOf(id);
      const asked = newQuestion(task, question, dueAt ?? task.dueAt);
      questions.set(asked.id, asked);
      change(id, { state: 'waiting', reason: asked.code });
      tell(id, 'asked', { code: asked.code, kind: asked.kind });
      return asked;
    },
    halt(bot, code, message) {
      halted.set(botCalled(bot).name, { bot, version: '1', code, message, at: now() });
    },
    mended: (what) => void mended.push(what),
    decided: timed.decided,
    rule: (check) => void rules.push(check),
  };
  return { office, seed };
}

function usualStanding({ state, receivedAt }: Task, question: HumanTask | undefined): Standing {
  const nothing = { code: null, since: receivedAt, until: null, of: null, by: null };
  if (state === 'running') return { ...nothing, hold: 'run', of: 'worker' };
  if (question === undefined) return { ...nothing, hold: 'line' };
  const { id, code, askedAt, dueAt, claimedBy } = question;
  return { hold: 'person', code, since: askedAt, until: dueAt, of: id, by: claimedBy };
}

function newQuestion(task: Task, question: QuestionSeed, dueAt: string): HumanTask {
  return {
    step: 'validate',
    code: 'low-confidence',
    choices: ['answer', 'by-hand', 'reject'],
    form: null,
    record: null,
    draft: {} satisfies Draft<Record<string, unknown>>,
    problems: [],
    compared: [] satisfies Comparison[],
    papers: task.input.document ? [task.input.document] : [],
    evidence: [],
    ...question,
    id: newId(),
    task: task.id,
    bot: task.bot,
    skill: task.skill,
    state: 'open',
    askedAt: new Date().toISOString(),
    dueAt,
    claimedBy: null,
    claimedUntil: null,
    answer: null,
  };
}

function receiptOf(task: Task, created: boolean): OrderReceipt {
  const refused =
    task.state === 'rejected' && task.reason
      ? { code: task.reason, message: 'This is no paper a bot can read.' }
      : null;
  return { task: task.id, bot: task.bot, state: task.state, created, promisedAt: task.dueAt, refused };
}

function whyRefused(bytes: Uint8Array): string | undefined {
  if (bytes.length > 50 * 1024 * 1024) return 'unreadable-too-large';
  if (bytes.length === 0) return 'paper-empty';
  return bytes.every((byte) => byte === 0) ? 'paper-unsupported' : undefined;
}

function misfitsOf(form: object, values: unknown): Problem[] {
  const result = z.fromJSONSchema({ ...form }).safeParse(values);
  const issues = result.success ? [] : result.error.issues;
  return issues.map((issue) => ({
    code: 'invalid-value',
    fields: issue.path.length > 0 ? [String(issue.path[0])] : [],
    message: issue.code === 'invalid_format' ? 'This is not written as the field wants it.' : issue.message,
  }));
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
