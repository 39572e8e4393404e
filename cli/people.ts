import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Choice, HumanTask } from '#core';
import { EXIT } from './failure.ts';
import { localTime, print, show } from './show.ts';
import { withOffice } from './surroundings.ts';

const CHOICES: readonly Choice[] = ['answer', 'again', 'correct', 'there', 'key-again', 'accept', 'by-hand', 'reject'];

interface AnswerOptions {
  readonly choice: Choice;
  readonly set: Readonly<Record<string, string | null>>;
  readonly values?: object;
  readonly overrule: boolean;
  readonly as: string;
  readonly json: boolean;
}

export function peopleCommands(program: Command): void {
  program
    .command('exceptions')
    .description('List what waits for a person, the soonest promise first.')
    .option('--skill <skill...>', 'only questions for these skills')
    .option('--json', 'print JSON', false)
    .action(async ({ skill, json }: { skill?: string[]; json: boolean }) => {
      const questions = await withOffice((office) => office.exceptions(skill && { skills: skill }));
      show<HumanTask>(
        questions,
        json,
        [
          ['question', ({ id }) => id],
          ['task', ({ task }) => task],
          ['why', ({ code }) => code],
          ['fields', ({ problems }) => [...new Set(problems.flatMap(({ fields }) => fields))].join(', ')],
          ['choices', ({ choices }) => choices.join(' ')],
          ['due', ({ dueAt }) => localTime(dueAt)],
          ['held by', ({ claimedBy }) => claimedBy],
        ],
        'Nothing waits for a person.',
      );
    });

  program
    .command('answer')
    .description("Answer a question; the bot goes on. Values not given are taken from the bot's draft.")
    .argument('<question>')
    .addOption(new Option('--choice <choice>', 'what to do').choices(CHOICES).default('answer'))
    .option('--set <field=value>', 'another value for a field; nothing after the = means: not on the paper', pair, {})
    .option('--values <json>', 'all values at once', jsonObject)
    .option('--overrule', 'in spite of failing rules', false)
    .option('--as <person>', 'who answers', userInfo().username)
    .option('--json', 'print JSON', false)
    .action(answer);
}

async function answer(id: string, { choice, set, values, overrule, as: person, json }: AnswerOptions): Promise<void> {
  const outcome = await withOffice(async (office) => {
    const question = await office.exception(id);
    const drafted = Object.fromEntries(Object.entries(question.draft).map(([name, { value }]) => [name, value]));
    const asked = question.form === null ? null : (values ?? { ...drafted, ...set });
    return office.answer(id, { person, choice, values: asked, overrule });
  });
  if (outcome.outcome !== 'stored') process.exitCode = EXIT.notDone;
  if (json) return print(JSON.stringify(outcome));
  if (outcome.outcome === 'stored') return print('Stored; the bot goes on.');
  if (outcome.outcome === 'taken') return print('Somebody else holds this question, or has answered it.');
  for (const { code, fields, message } of outcome.problems)
    print(`${fields.join(', ') || 'all'}: ${message} (${code})`);
  if (outcome.mayOverrule) print('Say --overrule to post it in spite of that.');
}

function pair(text: string, before: Record<string, string | null>): Record<string, string | null> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give a field as name=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) || null };
}

function jsonObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, in the same words as for other things that are no object.
  }
  throw new InvalidArgumentError('Give a JSON object such as {"total":"12.00"}.');
}
