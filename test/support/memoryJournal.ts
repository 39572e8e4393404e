import {
  BusinessException,
  Defect,
  type Effect,
  type HumanTask,
  type Intent,
  type Journal,
  type Lease,
  LeaseLost,
  newId,
  type StepRecord,
  type Task,
  type TaskEvent,
  type TaskStory,
  Throttled,
} from '#core';
import { toJson } from '../../store/json.ts';

/** An effect, and when it was withdrawn or left. */
type Kept = Effect & { readonly closedAt?: number };

/** A task with all that is known of it, changed in place: what takes no `await` is one transaction here. */
export interface Memory {
  task: Task;
  token: number;
  leaseUntil: number;
  readonly steps: StepRecord[];
  readonly effects: Kept[];
  readonly questions: (HumanTask & { used: boolean })[];
  readonly evidence: TaskStory['evidence'][number][];
  readonly events: TaskEvent[];
  /** Seconds that lie between now and an intent: the test's, not the clock's. */
  aged: number;
  /** The keys it found busy: its turns. */
  readonly turns: Pick<Intent, 'step' | 'application' | 'screen' | 'key'>[];
}

/** The journal of the run that holds this lease; `everyTask` gives all in the order in which they were received. */
export function memoryJournal(memory: Memory, lease: Lease, everyTask: () => readonly Memory[]): Journal {
  const { task } = lease;
  const newestEffect = (step: string) => memory.effects.findLast((effect) => effect.step === step);
  const unused = (step: string) =>
    memory.questions.filter((each) => each.step === step && each.state === 'answered' && !each.used);
  const put = (effect: Kept | undefined, changes: Partial<Kept>) => {
    if (effect) memory.effects[memory.effects.indexOf(effect)] = { ...effect, ...changes };
  };

  const remember: Journal['remember'] = async (step, kind, value) => {
    hold(memory, lease);
    const stored = value === undefined ? undefined : JSON.parse(toJson(value));
    if (memory.steps.some(({ name }) => name === step)) return;
    memory.steps.push({ name: step, kind, value: stored, at: new Date().toISOString() });
    tell(memory, 'step');
  };

  return {
    task,
    remember,
    recall: async (step) => structuredClone(memory.steps.find(({ name }) => name === step)),

    async checkLease() {
      hold(memory, lease);
      if (memory.leaseUntil < Date.now()) throw new LeaseLost(task.id);
    },

    async ask(question) {
      hold(memory, lease);
      if (memory.questions.some(({ step, state }) => step === question.step && state === 'open')) return;
      memory.questions.push({
        ...JSON.parse(toJson(question)),
        ...{ id: newId(), task: task.id, bot: task.bot, skill: task.skill, state: 'open', used: false },
        ...{ askedAt: new Date().toISOString(), dueAt: task.dueAt },
        ...{ claimedBy: null, claimedUntil: null, answer: null },
      });
      tell(memory, 'asked');
    },
    async answer(step) {
      const newest = unused(step).at(-1);
      return newest?.answer ? structuredClone({ ...newest.answer, question: newest.id }) : undefined;
    },
    async useUp(step, { question }) {
      hold(memory, lease);
      const spent = memory.questions.findIndex(({ id }) => id === question);
      for (const each of memory.questions.slice(0, spent + 1)) if (each.step === step) each.used = true;
    },

    async effect(step) {
      const effect = newestEffect(step);
      if (!effect) return undefined;
      const ageSeconds = (Date.now() - Date.parse(effect.intendedAt)) / 1000 + memory.aged;
      return structuredClone({ ...effect, ageSeconds });
    },
    async intend(intent) {
      hold(memory, lease);
      const { step, application, screen, key } = intent;
      const record = JSON.parse(toJson(intent.record));
      const before = newestEffect(step);
      if (before?.state === 'proven') throw alreadyProven(step);
      if (before?.state === 'intended') {
        if (before.key !== key) throw new Defect('intent-open', `Step "${step}" has an intent of another key.`);
        return put(before, { record });
      }
      if (rivalAt(memory, intent, everyTask()) || earlierTurn(memory, intent, everyTask())) {
        takeTurn(memory, intent);
        throw new Throttled('key-busy', 'Another task is at the same key.', { afterSeconds: 10 });
      }
      memory.turns.splice(0, memory.turns.length, ...memory.turns.filter((each) => each.step !== step));
      memory.aged = 0;
      memory.effects.push({
        ...{ step, application, screen, key, state: 'intended', record },
        ...{ intendedAt: new Date().toISOString(), ageSeconds: 0, receipt: null, closed: null },
      });
      tell(memory, 'intended');
    },
    async prove(step, receipt) {
      hold(memory, lease);
      const effect = newestEffect(step);
      if (effect?.state === 'proven') return;
      if (effect?.state !== 'intended') throw new Defect('no-intent', `Step "${step}" has no intent.`);
      put(effect, { state: 'proven', receipt });
      tell(memory, 'proven');
      await remember(step, 'rekey', receipt);
    },
    async withdraw(step, because) {
      hold(memory, lease);
      const effect = newestEffect(step);
      if (effect?.state === 'proven') throw alreadyProven(step);
      if (effect?.state !== 'intended') return;
      put(effect, { state: 'withdrawn', closed: { because, by: null }, closedAt: Date.now() });
      tell(memory, 'withdrawn');
    },

    async attach(step, evidence) {
      hold(memory, lease);
      memory.evidence.push({ step, ...evidence, at: new Date().toISOString() });
    },
  };
}

/** Rejects whoever is not the task's holder any more. */
export function hold(memory: Memory, lease: Lease): void {
  if (memory.task.state !== 'running' || memory.token !== lease.token) throw new LeaseLost(memory.task.id);
}

export function tell({ task, events }: Memory, kind: string): void {
  events.push({ seq: events.length, at: new Date().toISOString(), task: task.id, bot: task.bot, kind, facts: {} });
}

function alreadyProven(step: string): Defect {
  return new Defect('already-proven', `Step "${step}" is proven.`);
}

/** Whether another task stands at the key, or gave it up within the intent's quiet time. */
function rivalAt(own: Memory, intent: Intent, all: readonly Memory[]): boolean {
  const since = Date.now() - intent.quietSeconds * 1000;
  const rivals = all.flatMap((memory) => memory.effects.map((effect) => ({ memory, effect })));
  const others = rivals.filter(
    ({ memory, effect }) => isSameKey(effect, intent) && (memory !== own || effect.step !== intent.step),
  );
  if (others.some(({ effect, memory }) => effect.state === 'proven' || (memory === own && effect.state === 'intended')))
    throw new BusinessException('key-in-use', 'The same record has been keyed already.');
  return others.some(
    ({ memory, effect }) => effect.state === 'intended' || (memory !== own && (effect.closedAt ?? 0) > since),
  );
}

function earlierTurn(own: Memory, intent: Intent, all: readonly Memory[]): boolean {
  return all
    .slice(0, all.indexOf(own))
    .some(
      ({ task, turns }) =>
        task.reason === 'key-busy' &&
        (task.state === 'ready' || task.state === 'running') &&
        turns.some((each) => isSameKey(each, intent)),
    );
}

function takeTurn({ turns }: Memory, { step, application, screen, key }: Intent): void {
  const index = turns.findIndex((each) => each.step === step);
  turns.splice(index >= 0 ? index : turns.length, 1, { step, application, screen, key });
}

function isSameKey(one: Pick<Intent, 'application' | 'screen' | 'key'>, two: typeof one): boolean {
  return one.application === two.application && one.screen === two.screen && one.key === two.key;
}
