import { z } from 'zod';
import { type Draft, knownRecord } from '#core';
import { papersOf } from './questions.ts';
import { formOf } from './record.ts';
import { noteValues, type Run } from './run.ts';

/** A question of the bot's own. The answer is parsed by the schema that drew the form; one that no longer fits is asked for again. */
export async function ask<A>(
  run: Run,
  question: string,
  answer: z.ZodType<A>,
  show: object | undefined,
  step: string,
): Promise<A> {
  const { journal } = run;
  const before = await journal.recall(step);
  if (before) {
    noteValues(run, before.value);
    return before.value as A;
  }

  const schema = z.object({ answer });
  const given = await journal.answer(step);
  const parsed = given && schema.safeParse(given.values);
  if (parsed?.success) {
    noteValues(run, parsed.data.answer);
    await journal.remember(step, 'ask', parsed.data.answer);
    return parsed.data.answer as A;
  }
  await journal.ask({
    step,
    kind: 'ask',
    code: 'bot-asks',
    title: question,
    choices: ['answer', 'by-hand', 'reject'],
    record: null,
    form: formOf(schema),
    draft: show ? (knownRecord(show) as Draft<Record<string, unknown>>) : {},
    problems: given
      ? [
          {
            code: 'invalid-value',
            fields: ['answer'],
            message: 'The answer given before no longer fits this question.',
          },
        ]
      : [],
    compared: [],
    papers: papersOf(journal.task),
    evidence: [],
  });
  if (given) await journal.useUp(step, given);
  return run.wait();
}
