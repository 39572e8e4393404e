import type { Task, TaskStory } from '#core';

/** Work that the installation said it had taken. */
export interface Accepted {
  readonly task: string;
  /** What the application must hold once the task is done: its natural key and its values; null for tasks that write nothing. */
  readonly record: Written | null;
}

/** One record as the application holds it, read past its pages. */
export interface Written {
  readonly key: string;
  readonly values: Readonly<Record<string, string | null>>;
}

/** What a run left behind. */
export interface History {
  readonly accepted: readonly Accepted[];
  /** The record's story of each task that it knows. */
  readonly stories: readonly TaskStory[];
  /** Everything the application holds. */
  readonly written: readonly Written[];
  /** The application itself doubled: a record beyond the first counts only where no open question says so. */
  readonly byApplication?: boolean;
}

/** What is wrong with a history; one line for each case, naming task or key. All empty is what a fault must leave. */
export interface Findings {
  /** Accepted, and forgotten or done without its record; or stuck, which is the same to who waits for it. */
  readonly lost: readonly string[];
  /** Records beyond the first with the same key. */
  readonly duplicated: readonly string[];
  /** Records that hold something else than was accepted, or that nobody asked for. */
  readonly wrong: readonly string[];
  /** The three accounts, record, application and accepted work, do not agree in some other way. */
  readonly unexplained: readonly string[];
}

/**
 * Compares what was accepted, what the record says and what the application holds. A task is accounted for when it stands
 * in exactly one state and its story bears that state out:
 *
 *     done      its record is there once and right, and was proven (or a person did it by hand)
 *     waiting   a question stands open; its record is there at most once
 *     rejected  a person or the door said so; its record is there at most once
 *     else      it is stuck: counted as lost
 */
export function check({ accepted, stories, written, byApplication = false }: History): Findings {
  const known = new Map(stories.map((story) => [story.task.id, story]));
  const there = Map.groupBy(written, ({ key }) => key);
  const told = new Set(
    accepted.flatMap(({ task, record }) =>
      record && byApplication && isToldTwice(known.get(task)) ? [record.key] : [],
    ),
  );
  const wanted = new Set(accepted.flatMap(({ record }) => (record ? [record.key] : [])));
  const each = accepted.map((work) => checkOne(work, known.get(work.task), there));
  return {
    lost: each.flatMap(({ lost }) => lost),
    duplicated: beyondTheFirst(there)
      .filter((key) => !told.has(key))
      .map((key) => `${key} is there again`),
    wrong: [
      ...each.flatMap(({ wrong }) => wrong),
      ...[...there.keys()].filter((key) => !wanted.has(key)).map((key) => `${key} was never asked for`),
    ],
    unexplained: [
      ...each.flatMap(({ unexplained }) => unexplained),
      ...[...known.keys()]
        .filter((id) => !accepted.some(({ task }) => task === id))
        .map((id) => `${id} was never accepted`),
    ],
  };
}

/** The same of work that no record knows of: lost is what is not there, whoever was told of it. */
export function checkWithoutRecord({ accepted, written }: Pick<History, 'accepted' | 'written'>): Findings {
  const there = Map.groupBy(written, ({ key }) => key);
  const lost = accepted.flatMap(({ record }) =>
    record && !there.has(record.key) ? [`${record.key} is not there`] : [],
  );
  return { ...NOTHING, lost, duplicated: beyondTheFirst(there).map((key) => `${key} is there again`) };
}

function beyondTheFirst(there: ReadonlyMap<string, readonly Written[]>): readonly string[] {
  return [...there].flatMap(([key, records]) => records.slice(1).map(() => key));
}

function isToldTwice(story: TaskStory | undefined): boolean {
  return story?.questions.some(({ code, state }) => code === 'keyed-twice' && state !== 'answered') ?? false;
}

/** Findings of several who looked, as one. */
export function allOf(findings: readonly Partial<Findings>[]): Findings {
  const of = (kind: keyof Findings) => findings.flatMap((each) => each[kind] ?? []);
  return { lost: of('lost'), duplicated: of('duplicated'), wrong: of('wrong'), unexplained: of('unexplained') };
}

/** Whether nothing is amiss. */
export function isClean({ lost, duplicated, wrong, unexplained }: Findings): boolean {
  return [lost, duplicated, wrong, unexplained].every(({ length }) => length === 0);
}

const NOTHING: Findings = { lost: [], duplicated: [], wrong: [], unexplained: [] };

function checkOne(
  { task: id, record }: Accepted,
  story: TaskStory | undefined,
  there: ReadonlyMap<string, readonly Written[]>,
): Findings {
  if (!story) return { ...NOTHING, lost: [`${id} is not in the record`] };
  const { task } = story;
  const found = record ? (there.get(record.key) ?? []) : [];
  const stuck = task.state === 'ready' || task.state === 'running';
  const absent = record !== null && task.state === 'done' && found.length === 0 && !isByHand(task);
  const differs = record !== null && found.some((one) => !isSame(one, record)) && !isAsked(story, 'differs');
  return {
    ...NOTHING,
    lost: [
      ...(stuck ? [`${id} is stuck: ${task.state}, ${task.reason ?? 'no reason given'}`] : []),
      ...(absent ? [`${id} is done and ${record.key} is not there`] : []),
    ],
    wrong: differs ? [`${record.key} is there with other values`] : [],
    unexplained: contradictions(story, record, found.length).map((what) => `${id} ${what}`),
  };
}

/** Where a task's state is not borne out by its questions, its effects or its events. */
function contradictions(story: TaskStory, record: Written | null, found: number): readonly string[] {
  const { task, effects, events, questions } = story;
  const said: string[] = [];
  const ends = events.filter(({ kind }) => kind === 'done' || kind === 'rejected');
  const isOver = task.state === 'done' || task.state === 'rejected';
  const proven = effects.filter(({ state }) => state === 'proven').length;
  const open = questions.some(({ state }) => state !== 'answered');

  if (isOver !== (task.endedAt !== null)) said.push(`is ${task.state} and has${task.endedAt ? ' an' : ' no'} end`);
  if (ends.length !== (isOver ? 1 : 0)) said.push(`is ${task.state} and ended ${ends.length} times`);
  if (task.state === 'waiting' && !open) said.push('waits and nobody is asked');
  if (task.state === 'waiting' && task.reason === null) said.push('waits without a reason');
  if (record === null || isByHand(task)) return said;
  if (task.state === 'done' && proven !== 1) said.push(`is done and proven ${proven} times`);
  const left = effects.some(({ state }) => state === 'left');
  if (task.state !== 'done' && found > 0 && proven === 0 && !open && !left)
    said.push('has its record there and says nothing of it');
  if (found > 0 && effects.length === 0 && task.state !== 'waiting')
    said.push('has its record there without an intent');
  return said;
}

function isByHand({ output }: Task): boolean {
  return typeof output === 'object' && output !== null && 'byHand' in output;
}

function isAsked({ questions }: TaskStory, kind: string): boolean {
  return questions.some((question) => question.kind === kind && question.state !== 'answered');
}

function isSame(found: Written, wanted: Written): boolean {
  return Object.entries(wanted.values).every(([name, value]) => (found.values[name] ?? null) === value);
}
