import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Choice, type Lease, LeaseLost, type Outcome, type TaskState } from '#core';
import type { OpenStore } from '#store';
import { expire, memoryStore } from '../support/stores.ts';
import { someBot, someQuestion } from '../support/work.ts';

/** What a task should be, as simply as it can be said. */
interface ModelTask {
  state: TaskState;
  attempt: number;
  deaths: number;
  /** Its worker is silent: the next claim may take it over. */
  silent: boolean;
  asked: boolean;
  /** It waits for nobody, so it is tried again, but not now. */
  later: boolean;
  /** A person answered while this run was under way. */
  answered: boolean;
  /** The run that holds it, as an index into the leases. */
  holder: number | undefined;
}

interface Model {
  readonly tasks: Map<string, ModelTask>;
  leases: number;
}

interface Real {
  readonly store: OpenStore;
  readonly bot: ReturnType<typeof someBot>;
  readonly leases: Lease[];
}

type Command = fc.AsyncCommand<Model, Real>;

const claimable = ({ state, silent, later }: ModelTask) =>
  (state === 'ready' && !later) || (state === 'running' && silent);
const pick = <T>(from: readonly T[], at: number): T => from[at % from.length]!;

async function compare({ tasks }: Model, { store }: Real, id: string): Promise<void> {
  const task = await store.tasks.get(id);
  const { state, attempt } = tasks.get(id)!;
  expect({ state: task?.state, attempt: task?.attempt }).toEqual({ state, attempt });
  expect(task?.endedAt !== null).toBe(state === 'done' || state === 'rejected');
}

class Submit implements Command {
  check = ({ tasks }: Readonly<Model>) => tasks.size < 3;
  async run(model: Model, real: Real): Promise<void> {
    const { task } = await real.store.tasks.submit({ bot: real.bot, key: randomUUID(), input: {} });
    model.tasks.set(task.id, fresh());
    await compare(model, real, task.id);
  }
  toString = () => 'submit';
}

function fresh(): ModelTask {
  return {
    state: 'ready',
    attempt: 0,
    deaths: 0,
    silent: false,
    asked: false,
    answered: false,
    later: false,
    holder: undefined,
  };
}

class Claim implements Command {
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const open = [...model.tasks].filter(([, task]) => claimable(task)).map(([id]) => id);
    const lease = await real.store.tasks.claim(real.bot, 'worker', 3600);
    if (open.length === 0) return expect(lease).toBeUndefined();
    expect(open).toContain(lease?.task.id);
    const task = model.tasks.get(lease!.task.id)!;
    if (task.silent) task.deaths++;
    Object.assign(task, { state: 'running', silent: false, answered: false, holder: model.leases++ });
    real.leases.push(lease!);
    await compare(model, real, lease!.task.id);
  }
  toString = () => 'claim';
}

/** Something a run does; only the one that holds the task may. */
abstract class ByRun implements Command {
  readonly at: number;
  constructor(at: number) {
    this.at = at;
  }
  check = ({ leases }: Readonly<Model>) => leases > 0;
  async run(model: Model, real: Real): Promise<void> {
    const index = this.at % real.leases.length;
    const lease = real.leases[index]!;
    const task = model.tasks.get(lease.task.id)!;
    const doing = this.act(real, lease);
    if (task.holder === index) {
      await doing;
      this.follow(task);
    } else {
      await expect(doing).rejects.toBeInstanceOf(LeaseLost);
    }
    await compare(model, real, lease.task.id);
  }
  abstract act(real: Real, lease: Lease): Promise<void>;
  abstract follow(task: ModelTask): void;
}

class Renew extends ByRun {
  override act = ({ store }: Real, lease: Lease) => store.tasks.renew(lease, 3600);
  override follow(task: ModelTask): void {
    task.silent = false;
  }
  override toString = () => `renew(${this.at})`;
}

class Remember extends ByRun {
  override act = ({ store }: Real, lease: Lease) =>
    store.tasks.journal(lease).remember(`step ${this.at}`, 'step', this.at);
  override follow(): void {}
  override toString = () => `remember(${this.at})`;
}

class Ask extends ByRun {
  override act = ({ store }: Real, lease: Lease) =>
    store.tasks.journal(lease).ask(someQuestion({ choices: ['answer', 'again', 'reject', 'by-hand'] }));
  override follow(task: ModelTask): void {
    task.asked = true;
  }
  override toString = () => `ask(${this.at})`;
}

class Finish extends ByRun {
  readonly outcome: Outcome;
  constructor(at: number, outcome: Outcome) {
    super(at);
    this.outcome = outcome;
  }
  override act = ({ store }: Real, lease: Lease) => store.tasks.finish(lease, this.outcome);
  override follow(task: ModelTask): void {
    const waits = this.outcome.kind === 'waiting' && task.asked && !task.answered;
    task.later = this.outcome.kind === 'waiting' && !task.asked && !task.answered;
    task.state = this.outcome.kind === 'done' ? 'done' : waits ? 'waiting' : 'ready';
    if (this.outcome.kind === 'retry' && this.outcome.spendsAttempt) task.attempt++;
    Object.assign(task, { deaths: 0, silent: false, holder: undefined });
  }
  override toString = () => `finish(${this.at}, ${this.outcome.kind})`;
}

class FallSilent implements Command {
  readonly at: number;
  constructor(at: number) {
    this.at = at;
  }
  check = (model: Readonly<Model>) => this.running(model).length > 0;
  async run(model: Model, { store }: Real): Promise<void> {
    const [id, task] = pick(this.running(model), this.at);
    await expire(store, id);
    task.silent = true;
  }
  private running({ tasks }: Readonly<Model>) {
    return [...tasks].filter(([, task]) => task.state === 'running' && task.deaths < 3);
  }
  toString = () => `fallSilent(${this.at})`;
}

class AnswerQuestion implements Command {
  readonly at: number;
  readonly choice: Choice;
  constructor(at: number, choice: Choice) {
    this.at = at;
    this.choice = choice;
  }
  check = (model: Readonly<Model>) => this.asking(model).length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const [id, task] = pick(this.asking(model), this.at);
    const story = await real.store.tasks.story(id);
    const question = story!.questions.find(({ state }) => state === 'open')!;
    expect(await real.store.people.answer(question.id, 'ann', this.choice, null)).toBe('stored');
    task.asked = false;
    task.answered = true;
    const ends = this.choice === 'reject' || this.choice === 'by-hand';
    if (ends || this.choice === 'again' || task.state === 'waiting') {
      Object.assign(task, { deaths: 0, silent: false, holder: undefined });
      task.later = false;
      task.state = this.choice === 'reject' ? 'rejected' : ends ? 'done' : 'ready';
    }
    if (this.choice === 'again') task.attempt = 0;
    await compare(model, real, id);
  }
  private asking({ tasks }: Readonly<Model>) {
    return [...tasks].filter(([, task]) => task.asked && task.state !== 'done' && task.state !== 'rejected');
  }
  toString = () => `answer(${this.at}, ${this.choice})`;
}

class SumUp implements Command {
  check = () => true;
  async run({ tasks }: Model, { store, bot }: Real): Promise<void> {
    await store.sumUp();
    const counts = { ready: 0, running: 0, waiting: 0, done: 0, rejected: 0 };
    for (const { state } of tasks.values()) counts[state]++;
    expect(await store.tasks.counts(bot.name)).toEqual(counts);
  }
  toString = () => 'sum up';
}

let store: OpenStore;
beforeAll(async () => {
  store = await memoryStore();
});
afterAll(() => store.close());

it('behaves as the model says, whatever workers and people do in whatever order', async () => {
  const at = fc.nat({ max: 20 });
  const outcome = fc.constantFrom<Outcome>(
    { kind: 'done', output: 1 },
    { kind: 'waiting' },
    { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' },
    { kind: 'retry', afterSeconds: 0, spendsAttempt: false, reason: 'busy' },
  );
  const commands = fc.commands(
    [
      fc.constant(new Submit()),
      fc.constant(new Claim()),
      fc.constant(new Claim()),
      fc.constant(new SumUp()),
      at.map((n) => new Renew(n)),
      at.map((n) => new Remember(n)),
      at.map((n) => new Ask(n)),
      at.map((n) => new FallSilent(n)),
      fc.tuple(at, outcome).map(([n, end]) => new Finish(n, end)),
      fc
        .tuple(at, fc.constantFrom<Choice>('answer', 'again', 'reject', 'by-hand'))
        .map(([n, choice]) => new AnswerQuestion(n, choice)),
    ],
    // Long stories of few tasks: takeovers and late writers come only after a while.
    { maxCommands: 60, size: 'max' },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const real: Real = { store, bot: someBot(), leases: [] };
      const model: Model = { tasks: new Map(), leases: 0 };
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      expect(await store.tasks.list({ bot: real.bot.name, limit: 500 })).toHaveLength(model.tasks.size);
    }),
    { numRuns: 40 },
  );
}, 120_000);
