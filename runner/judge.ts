import { z } from 'zod';
import type { Problem, Question } from '#core';
import type { Bot } from './bot.ts';
import { type AnswerProblems, answerProblems } from './validate.ts';

/** What is wrong with an input for this bot. */
export function inputProblems(bot: Bot, input: object): readonly Problem[] {
  const parsed = bot.input.safeParse(input);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => ({ code: 'invalid-input', fields: path.map(String), message }));
}

/**
 * What is wrong with an answer to a question of this bot, by the record whose form it is. Of a question of the bot's own
 * only the form is at hand: what else its schema asks is judged when the bot goes on.
 */
export function judgeAnswer(bot: Bot, question: Question, values: unknown, today: string): AnswerProblems {
  const record = bot.records.find(({ name }) => name === question.record);
  if (record) return answerProblems(record, values, today);
  return { misfits: question.form === null ? [] : formProblems(question.form, values), broken: [] };
}

function formProblems(form: object, values: unknown): Problem[] {
  const parsed = z.fromJSONSchema({ ...form }).safeParse(values);
  const issues = parsed.success ? [] : parsed.error.issues;
  return issues.map(({ path, message }) => ({ code: 'invalid-value', fields: path.slice(0, 1).map(String), message }));
}
