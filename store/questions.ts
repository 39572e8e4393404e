import { sql } from 'kysely';
import { newId, type Question } from '#core';
import { tell } from './events.ts';
import { toJson } from './json.ts';
import type { QuestionBody } from './rows.ts';
import type { Db } from './schema.ts';

/** Whether a person holds the question now. */
export const isClaimed = sql<boolean>`coalesce(claimed_until > clock_timestamp(), false)`;

/** Puts a question into the human queue; the same open question asked twice is one. */
export async function askPerson(
  trx: Db,
  task: { readonly id: string; readonly bot: string; readonly skill: string; readonly due_at: Date },
  question: Question,
): Promise<void> {
  const { step, kind, code, ...rest } = question;
  const body: QuestionBody = rest;
  const id = newId();
  const asked = await trx
    .insertInto('questions')
    .values({
      id,
      task: task.id,
      bot: task.bot,
      skill: task.skill,
      step,
      kind,
      code,
      body: toJson(body),
      due_at: task.due_at.toISOString(),
    })
    .onConflict((conflict) => conflict.columns(['task', 'step']).where('open', '=', true).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (asked) await tell(trx, task, 'asked', { question: id, step, kind, code });
}
