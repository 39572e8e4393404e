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
 * What is wrong with an answer to a question of this bot, by the record whose form it is. Other questions are judged
 * when the bot goes on: only then is their schema known.
 */
export function judgeAnswer(bot: Bot, question: Question, values: unknown, today: string): AnswerProblems {
  const record = bot.records.find(({ name }) => name === question.record);
  return record ? answerProblems(record, values, today) : { misfits: [], broken: [] };
}
