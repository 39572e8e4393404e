import { sql } from 'kysely';
import { InvalidInput, type NewTask, newId, type Submitted } from '#core';
import { telling } from './events.ts';
import { toJson } from './json.ts';
import { taskOf } from './rows.ts';
import type { Db, TaskTable } from './schema.ts';
import { isoTime } from './time.ts';
import { writeTogether } from './writeTogether.ts';

type TaskRow = Parameters<typeof taskOf>[0];

/** A task as it goes into the database. */
interface Given extends Pick<TaskTable, 'id' | 'bot' | 'key' | 'skill' | 'value'> {
  /** JSON text. */
  readonly input: string;
  readonly refused: string | null;
  /** ISO time; null: `promise` seconds from now. */
  readonly due: string | null;
  readonly promise: number;
}

/** Stores a task once per bot and key; those that come at the same time are stored together. */
export function submits(db: Db): (task: NewTask) => Promise<Submitted> {
  const submit = writeTogether((all: readonly Given[]) => submitAll(db, all));
  return async (task) => submit(given(task));
}

/** In the caller's transaction, so that tasks are stored together with what led to them. */
export async function submitIn(trx: Db, tasks: readonly NewTask[]): Promise<readonly Submitted[]> {
  return tasks.length === 0 ? [] : submitAll(trx, tasks.map(given));
}

/** A paper refused at the door is stored too, as already rejected. */
function given({ bot, key, input, dueAt, refused, value = 1 }: NewTask): Given {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new InvalidInput('bad-value', 'value', 'The value of a task is a number above 0; 1 is usual.');
  }
  const due = dueAt === undefined ? null : isoTime('dueAt', dueAt);
  const { name, skill, promiseSeconds: promise } = bot;
  const row = { id: newId(), bot: name, key, skill, value, due, promise };
  return { ...row, input: toJson(input), refused: refused ?? null };
}

async function submitAll(db: Db, all: readonly Given[]): Promise<Submitted[]> {
  const { rows } = await sql<TaskRow>`
    with added as (
      insert into tasks (id, bot, key, input, state, reason, ended_at, skill, value, due_at)
      select id, bot, key, input::json,
        case when refused is null then 'ready' else 'rejected' end, refused,
        case when refused is null then null else clock_timestamp() end,
        skill, value, coalesce(due, clock_timestamp() + make_interval(secs => promise))
      from json_to_recordset(${JSON.stringify(all)}::json) as given (id text, bot text, key text, input text,
        refused text, skill text, value float8, due timestamptz, promise float8)
      on conflict (bot, key) do nothing
      returning *
    ), ${telling('added', [
      ['submitted', sql`json_build_object('value', value)`],
      ['rejected', sql`json_build_object('code', reason)`, sql`reason is not null`],
    ])}
    select * from added`.execute(db);
  const added = new Map(rows.map((row) => [row.id, row]));
  return Promise.all(all.map(async (one) => submittedAs(added.get(one.id), () => sameKey(db, one))));
}

async function submittedAs(row: TaskRow | undefined, before: () => Promise<TaskRow>): Promise<Submitted> {
  return row ? { task: taskOf(row), created: true } : { task: taskOf(await before()), created: false };
}

function sameKey(db: Db, { bot, key }: Given): Promise<TaskRow> {
  return db.selectFrom('tasks').selectAll().where('bot', '=', bot).where('key', '=', key).executeTakeFirstOrThrow();
}
