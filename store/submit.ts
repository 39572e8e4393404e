import { InvalidInput, type NewTask, newId, type Submitted } from '#core';
import { tell } from './events.ts';
import { toJson } from './json.ts';
import { taskOf } from './rows.ts';
import type { Db } from './schema.ts';
import { clockIn, clockNow, isoTime } from './time.ts';

/** Stores a task once per bot and key; a paper refused at the door is stored too, as already rejected. */
export function submit(db: Db, task: NewTask): Promise<Submitted> {
  const { bot, key, input, refused, value = 1 } = task;
  if (!(value > 0 && Number.isFinite(value))) {
    throw new InvalidInput('bad-value', 'value', 'The value of a task is a number above 0; 1 is usual.');
  }
  const dueAt = task.dueAt === undefined ? clockIn(bot.promiseSeconds) : isoTime('dueAt', task.dueAt);
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .insertInto('tasks')
      .values({
        id: newId(),
        bot: bot.name,
        key,
        input: toJson(input),
        state: refused === undefined ? 'ready' : 'rejected',
        reason: refused ?? null,
        ended_at: refused === undefined ? null : clockNow,
        skill: bot.skill,
        value,
        due_at: dueAt,
      })
      .onConflict((conflict) => conflict.columns(['bot', 'key']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row) return { task: await sameKey(trx, bot.name, key), created: false };
    await tell(trx, row, 'submitted', { value });
    if (refused !== undefined) await tell(trx, row, 'rejected', { code: refused });
    return { task: taskOf(row), created: true };
  });
}

async function sameKey(trx: Db, bot: string, key: string): Promise<Submitted['task']> {
  const row = await trx
    .selectFrom('tasks')
    .selectAll()
    .where('bot', '=', bot)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return taskOf(row);
}
