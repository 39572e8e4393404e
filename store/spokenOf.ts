import { sql } from 'kysely';
import { lettersAndDigits, type Part, type TaskAbout, type UnfinishedErasure } from '#core';
import type { Db } from './schema.ts';
import { type Slice, taskSlices } from './taskSlices.ts';

/** Tasks whose values are read at once to look through them. */
const READ_AT_ONCE = 100;
/** Tasks whose values the database looks through at once. */
const SEARCHED_AT_ONCE = 1000;

/** Tasks that hold the text in one of their values, the oldest first. */
export async function tasksAbout(db: Db, text: string): Promise<readonly TaskAbout[]> {
  const wanted = lettersAndDigits(text);
  const all: TaskAbout[] = [];
  for await (const slice of taskSlices(db, READ_AT_ONCE)) {
    const parts = await partsWith(db, slice, wanted);
    if (parts.size > 0) all.push(...(await described(db, parts)));
  }
  return all.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

/** The parts of each task of the slice that hold the text. */
async function partsWith(db: Db, { first, last }: Slice, wanted: string): Promise<ReadonlyMap<string, Set<Part>>> {
  const [tasks, steps, effects, questions] = await Promise.all([
    db
      .selectFrom('tasks')
      .select(['id as task', 'key', 'input', 'output'])
      .where('id', '>=', first)
      .where('id', '<=', last)
      .execute(),
    db.selectFrom('steps').select(['task', 'value']).where('task', '>=', first).where('task', '<=', last).execute(),
    db
      .selectFrom('effects')
      .select(['task', 'key', 'record', 'receipt'])
      .where('task', '>=', first)
      .where('task', '<=', last)
      .execute(),
    db
      .selectFrom('questions')
      .select(['task', 'body', 'answer'])
      .where('task', '>=', first)
      .where('task', '<=', last)
      .execute(),
  ]);
  const found = new Map<string, Set<Part>>();
  const look = (task: string, part: Part, ...values: readonly unknown[]) => {
    if (values.some((value) => holds(value, wanted))) found.set(task, (found.get(task) ?? new Set()).add(part));
  };
  for (const { task, key, input, output } of tasks) {
    look(task, 'input', key, input);
    look(task, 'output', output);
  }
  for (const { task, value } of steps) look(task, 'steps', value);
  for (const { task, key, record, receipt } of effects) look(task, 'effects', key, record, receipt);
  for (const { task, body, answer } of questions) look(task, 'questions', body, answer);
  return found;
}

/** Whether a text or number in the value holds what is wanted, which is letters and digits alone. Names of fields do not count. */
export function holds(value: unknown, wanted: string): boolean {
  if (typeof value === 'string' || typeof value === 'number') return lettersAndDigits(String(value)).includes(wanted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((each) => holds(each, wanted));
}

async function described(db: Db, parts: ReadonlyMap<string, Set<Part>>): Promise<readonly TaskAbout[]> {
  const rows = await db
    .selectFrom('tasks')
    .leftJoin('legal_holds', 'legal_holds.task', 'tasks.id')
    .select(['tasks.id', 'bot', 'state', 'received_at', 'ended_at', 'why', 'by_person', 'legal_holds.at as held_at'])
    .select(sql<string | null>`input -> 'document' ->> 'name'`.as('paper'))
    .where('tasks.id', 'in', [...parts.keys()])
    .execute();
  return rows.map(({ id, bot, state, received_at, ended_at, paper, ...hold }) => ({
    ...{ task: id, bot, state, paper, found: [...(parts.get(id) ?? [])] },
    receivedAt: received_at.toISOString(),
    endedAt: ended_at?.toISOString() ?? null,
    legalHold: holdOf(hold),
  }));
}

function holdOf({ why, by_person, held_at }: { why: string | null; by_person: string | null; held_at: Date | null }) {
  if (why === null || by_person === null || held_at === null) return null;
  return { why, by: by_person, at: held_at.toISOString() };
}

const BLOB = /[0-9a-f]{64}/g;

/** Everything a task says, as text; a task's rows of each table. */
function textsOf(tasks: ReturnType<typeof sql>) {
  return sql`
    select input::text as text from tasks where id ${tasks}
    union all select output::text from tasks where id ${tasks}
    union all select value::text from steps where task ${tasks}
    union all select record::text from effects where task ${tasks}
    union all select receipt::text from effects where task ${tasks}
    union all select body::text from questions where task ${tasks}
    union all select answer::text from questions where task ${tasks}
    union all select sha256 from evidence where task ${tasks}`;
}

/** The blobs that a task speaks of: its paper, its pictures, and whatever else has the form of a blob's name. */
export async function blobsOf(db: Db, task: string): Promise<UnfinishedErasure['blobs']> {
  const { rows } = await sql<{ text: string | null }>`${textsOf(sql`= ${task}`)}`.execute(db);
  return [...new Set(rows.flatMap(({ text }) => text?.match(BLOB) ?? []))];
}

/** Which of these blobs some task speaks of. */
export async function stillSpokenOf(db: Db, blobs: readonly string[]): Promise<readonly string[]> {
  const still = new Set<string>();
  if (blobs.length === 0) return [];
  for await (const { first, last } of taskSlices(db, SEARCHED_AT_ONCE)) {
    const { rows } = await sql<{ blob: string }>`
      select distinct blob
      from json_array_elements_text(${JSON.stringify(blobs)}::json) blob, (${textsOf(sql`between ${first} and ${last}`)}) said
      where strpos(said.text, blob) > 0`.execute(db);
    for (const { blob } of rows) still.add(blob);
  }
  return [...still];
}
