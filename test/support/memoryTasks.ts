import { type HumanTask, newId, type Outcome, type StepRecord, type Task } from '#core';
import { toJson } from '../../store/json.ts';
import { hold, type Memory, memoryJournal, tell } from './memoryJournal.ts';
import type { JournalStore } from './work.ts';

export interface MemoryTasks extends JournalStore {
  /** The task's worker has died: its lease ends now. */
  abandon(task: string): void;
  /** Lets so many seconds pass for the ages of intents. */
  age(task: string, seconds: number): void;
}

/** Tasks, journals and answers in memory: the contract of the store's journals for tests that need no database. */
export function memoryTasks(): MemoryTasks {
  const memories = new Map<string, Memory>();
  const of = (id: string) => {
    const memory = memories.get(id);
    if (!memory) throw new Error(`There is no task ${id}.`);
    return memory;
  };
  const everyTask = () => [...memories.values()];

  return {
    tasks: {
      async submit({ bot, key, input, dueAt, value = 1 }) {
        const now = new Date().toISOString();
        const task: Task = {
          ...{ id: newId(), bot: bot.name, botVersion: null, key, input: JSON.parse(toJson(input)), state: 'ready' },
          ...{ reason: null, skill: bot.skill, value, receivedAt: now, dueAt: dueAt ?? now, endedAt: null },
          ...{ attempt: 0, output: null },
        };
        const lists = { steps: [], effects: [], questions: [], evidence: [], events: [], turns: [] };
        const memory: Memory = { task, token: 0, leaseUntil: 0, aged: 0, ...lists };
        memories.set(task.id, memory);
        tell(memory, 'submitted');
        return { task, created: true };
      },

      async get(id) {
        return memories.get(id)?.task;
      },

      async claim(bot, _worker, leaseSeconds) {
        const begunBy = [null, bot.version, ...(bot.runs ?? [])];
        const isOpen = ({ task, leaseUntil }: Memory) =>
          begunBy.includes(task.botVersion) &&
          (task.state === 'ready' || (task.state === 'running' && leaseUntil < Date.now()));
        const memory = [...memories.values()].find((each) => each.task.bot === bot.name && isOpen(each));
        if (!memory) return undefined;
        if (memory.task.state === 'running') tell(memory, 'taken-over');
        change(memory, { state: 'running', botVersion: memory.task.botVersion ?? bot.version });
        memory.token += 1;
        memory.leaseUntil = Date.now() + leaseSeconds * 1000;
        tell(memory, 'started');
        return { task: memory.task, token: memory.token, run: newId() };
      },

      async renew(lease, leaseSeconds) {
        const memory = of(lease.task.id);
        hold(memory, lease);
        memory.leaseUntil = Date.now() + leaseSeconds * 1000;
      },
      async finish(lease, outcome) {
        const memory = of(lease.task.id);
        hold(memory, lease);
        change(memory, changeFor(memory, outcome));
      },

      journal: (lease) => memoryJournal(of(lease.task.id), lease, everyTask),

      async story(id) {
        const memory = memories.get(id);
        if (!memory) return undefined;
        const { task, steps, evidence, events } = memory;
        const effects = memory.effects.map(({ closedAt: _, ...effect }) => effect);
        const questions = memory.questions.map(({ used: _, ...question }) => question);
        return structuredClone({ task, steps, effects, questions, evidence, events });
      },
    },

    people: {
      async answer(id, person, choice, values) {
        const memory = [...memories.values()].find(({ questions }) => questions.some((each) => each.id === id));
        const question = memory?.questions.find((each) => each.id === id);
        if (!memory || question?.state !== 'open') return 'taken';
        const inSpiteOf = question.problems.map(({ code }) => code);
        const answer = { choice, values: JSON.parse(toJson(values ?? null)), by: person, at: new Date().toISOString() };
        Object.assign(question, { state: 'answered', answer: { ...answer, inSpiteOf }, used: choice === 'again' });
        goOn(memory, question, choice, person);
        return 'stored';
      },
    },

    abandon(id) {
      of(id).leaseUntil = 0;
    },
    age(id, seconds) {
      of(id).aged += seconds;
    },
  };
}

function change(memory: Memory, fields: Partial<Task>): void {
  memory.task = { ...memory.task, ...fields };
}

function changeFor({ task, questions }: Memory, outcome: Outcome): Partial<Task> {
  switch (outcome.kind) {
    case 'done':
      return { state: 'done', output: JSON.parse(toJson(outcome.output ?? null)) };
    case 'waiting': {
      const open = questions.find(({ state }) => state === 'open');
      return open ? { state: 'waiting', reason: open.code } : { state: 'ready', reason: null };
    }
    case 'retry':
      return { state: 'ready', attempt: task.attempt + (outcome.spendsAttempt ? 1 : 0), reason: outcome.reason };
    case 'stop-bot':
      return { state: 'ready', reason: outcome.code };
  }
}

function goOn(memory: Memory, { step, kind }: HumanTask, choice: string, by: string): void {
  if (choice === 'reject' || choice === 'by-hand') {
    change(memory, { state: choice === 'reject' ? 'rejected' : 'done' });
    leave(memory, choice, by);
  }
  if (kind === 'in-doubt' || kind === 'differs') change(memory, { attempt: 0 });
  if (choice === 'again' || kind === 'business' || kind === 'technical') {
    const forgotten = (each: StepRecord) =>
      each.kind === 'step' || each.kind === 'look' || (choice !== 'again' && each.name === step);
    memory.steps.splice(0, memory.steps.length, ...memory.steps.filter((each) => !forgotten(each)));
    change(memory, { attempt: 0 });
  }
  if (memory.task.state === 'waiting') change(memory, { state: 'ready', reason: null });
}

function leave(memory: Memory, because: string, by: string): void {
  memory.effects.forEach((effect, index) => {
    if (effect.state !== 'intended') return;
    memory.effects[index] = { ...effect, state: 'left', closed: { because, by }, closedAt: Date.now() };
    tell(memory, 'left');
  });
}
