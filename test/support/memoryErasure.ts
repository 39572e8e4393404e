import {
  type Effect,
  type Erased,
  type HumanTask,
  InvalidInput,
  type Keeping,
  type LegalHold,
  lettersAndDigits,
  type Office,
  type Part,
  type TaskAbout,
  type TaskErasure,
} from '#core';
import type { TaskEntry } from './memoryOffice.ts';

interface Kept {
  readonly tasks: ReadonlyMap<string, TaskEntry>;
  readonly questions: Map<string, HumanTask>;
  readonly blobs: Map<string, Uint8Array>;
  readonly entryOf: (task: string) => TaskEntry;
  readonly tell: (task: string, kind: string, facts?: { by: string }) => void;
}

/** Holds and erasures of an office in memory; of files only papers go. */
export function memoryErasure({ tasks, questions, blobs, entryOf, tell }: Kept) {
  const holds = new Map<string, LegalHold>();
  const erasures = new Map<string, Erased>();
  const keeping = (task: string): Keeping => ({
    legalHold: holds.get(task) ?? null,
    erased: erasures.get(task) ?? null,
  });
  const mark = (by: string) => ({ by, at: new Date().toISOString() });

  function partsOf({ task, steps, effects }: TaskEntry): Record<Part, unknown> {
    const { key, input, output, id } = task;
    const asked = [...questions.values()].filter((question) => question.task === id);
    const said = asked.map(({ title, draft, problems, compared, answer }) => [
      title,
      draft,
      problems,
      compared,
      answer,
    ]);
    return { input: [key, input], output, steps: steps.map(({ value }) => value), effects, questions: said };
  }

  function erase(id: string, by: string): TaskErasure['outcome'] {
    const entry = tasks.get(id);
    if (!entry) return 'unknown';
    if (erasures.has(id)) return 'erased';
    if (entry.task.endedAt === null) return 'open';
    if (holds.has(id)) return 'held';
    const paper = entry.task.input.document?.sha256;
    erasures.set(id, mark(by));
    entry.task = { ...entry.task, key: `erased-${id}`, input: {}, output: null };
    entry.evidence.length = 0;
    entry.steps.splice(0, entry.steps.length, ...entry.steps.map((step) => ({ ...step, value: null })));
    entry.effects.splice(0, entry.effects.length, ...entry.effects.map(withoutValues));
    const gone = { title: 'Erased', form: null, draft: {}, problems: [], compared: [], papers: [], evidence: [] };
    for (const question of [...questions.values()].filter(({ task }) => task === id)) {
      const answer = question.answer && { ...question.answer, values: null };
      questions.set(question.id, { ...question, ...gone, answer });
    }
    const isOthers = [...tasks.values()].some(({ task }) => task.input.document?.sha256 === paper);
    if (paper !== undefined && !isOthers) blobs.delete(paper);
    tell(id, 'erased', { by });
    return 'erased';
  }

  const office: Pick<Office, 'tasksAbout' | 'eraseTasks' | 'holdTask' | 'releaseTask'> = {
    async tasksAbout(text) {
      const wanted = lettersAndDigits(text);
      if (wanted.length < 3) throw new InvalidInput('text-too-short', 'text', 'Give more letters or digits.');
      return [...tasks.values()].flatMap((entry): TaskAbout[] => {
        const parts = Object.entries(partsOf(entry)).filter(([, value]) => isIn(value, wanted));
        const { id, bot, state, receivedAt, endedAt, input } = entry.task;
        const about = { task: id, bot, state, receivedAt, endedAt, paper: input.document?.name ?? null };
        const found = parts.map(([part]) => part as Part);
        return found.length === 0 ? [] : [{ ...about, legalHold: holds.get(id) ?? null, found }];
      });
    },
    eraseTasks: async (ids, person) => ids.map((task) => ({ task, outcome: erase(task, person) })),
    async holdTask(task, why, person) {
      if (why.trim() === '') throw new InvalidInput('hold-without-reason', 'why', 'Say why.');
      entryOf(task);
      if (erasures.has(task)) throw new InvalidInput('already-erased', 'task', 'It was erased.');
      holds.set(task, { why: why.trim(), ...mark(person) });
      tell(task, 'held', { by: person });
    },
    async releaseTask(task, person) {
      if (!holds.delete(task)) throw new InvalidInput('task-not-held', 'task', 'It is not held.');
      tell(task, 'hold-released', { by: person });
    },
  };
  return { office, keeping };
}

function withoutValues(effect: Effect): Effect {
  const { receipt } = effect;
  const compared = receipt?.compared.map((field) => ({ ...field, wanted: null, shown: null })) ?? [];
  return {
    ...{ ...effect, key: 'erased', record: {} },
    receipt: receipt && { ...receipt, reference: '', compared, evidence: [] },
  };
}

function isIn(value: unknown, wanted: string): boolean {
  if (typeof value !== 'object' || value === null) return lettersAndDigits(String(value)).includes(wanted);
  return Object.values(value).some((each) => isIn(each, wanted));
}
