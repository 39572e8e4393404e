import {
  BusinessException,
  Defect,
  type Effect,
  type HumanTask,
  type Journal,
  type Lease,
  LeaseLost,
  newId,
  type StepRecord,
  type Task,
  type TaskEvent,
  type TaskStory,
} from '#core';
import { toJson } from '../../store/json.ts';

/** A task with all that is known of it, changed in place: what takes no `await` is one transaction here. */
export interface Memory {
  task: Task;
  token: number;
  leaseUntil: number;
  readonly steps: StepRecord[];
  readonly effects: Effect[];
  readonly questions: (HumanTask & { used: boolean })[];
  readonly evidence: TaskStory['evidence'][number][];
  readonly events: TaskEvent[];
  /** Seconds that lie between now and an intent: the test's, not the clock's. */
  aged: number;
}

/** The journal of the run that holds this lease. */
export function memoryJournal(memory: Memory, lease: Lease, everyEffect: () => readonly Effect[]): Journal {
  const { task } = lease;
  const newestEffect = (step: string) => memory.effects.findLast((effect) => effect.step === step);
  const unused = (step: string) =>
    memory.questions.filter((each) => each.step === step && each.state === 'answered' && !each.used);
  const put = (effect: Effect | undefined, changes: Partial<Effect>) => {
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
    answer: async (step) => structuredClone(unused(step).at(-1)?.answer ?? undefined),
    async useUp(step) {
      hold(memory, lease);
      const [oldest] = unused(step);
      if (oldest) oldest.used = true;
    },

    async effect(step) {
      const effect = newestEffect(step);
      if (!effect) return undefined;
      const ageSeconds = (Date.now() - Date.parse(effect.intendedAt)) / 1000 + memory.aged;
      return structuredClone({ ...effect, ageSeconds });
    },
    async intend({ step, application, screen, key, record }) {
      hold(memory, lease);
      const before = newestEffect(step);
      if (before?.state === 'proven') throw alreadyProven(step);
      const own = before?.state === 'intended' ? before : undefined;
      const rivals = everyEffect().filter((each) => each !== own && each.state !== 'withdrawn');
      if (rivals.some((each) => each.application === application && each.screen === screen && each.key === key)) {
        throw keyInUse(key);
      }
      const renewed = own?.key === key ? own : undefined;
      if (own) memory.effects.splice(memory.effects.indexOf(own), 1);
      if (!renewed) memory.aged = 0;
      memory.effects.push({
        ...{ step, application, screen, key, state: 'intended', record: JSON.parse(toJson(record)) },
        ...{ intendedAt: renewed?.intendedAt ?? new Date().toISOString(), ageSeconds: 0, receipt: null },
      });
      if (!renewed) tell(memory, 'intended');
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
    async withdraw(step, _reason) {
      hold(memory, lease);
      const effect = newestEffect(step);
      if (effect?.state === 'proven') throw alreadyProven(step);
      if (effect?.state !== 'intended') return;
      put(effect, { state: 'withdrawn' });
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

function keyInUse(key: string): BusinessException {
  return new BusinessException('key-in-use', `Another task keys or has keyed ${key} already.`);
}
