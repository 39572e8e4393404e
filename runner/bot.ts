import type { z } from 'zod';
import { type BotCard, BusinessException, Defect, type DocumentRef, type Draft, type Receipt } from '#core';
import type { Extractor } from '#extractors';
import type { EffectDefinition } from './effect.ts';
import type { Lookup } from './lookup.ts';
import type { AnyRecord, RecordDefinition, Validated } from './record.ts';
import type { Screen } from './screen.ts';

/** Gives a step another name, where the same definition is used twice in one task. */
export interface Named {
  readonly as?: string;
}

/** What a bot does with its task. Each call is a step: remembered by name, and on resume it returns what it returned. */
export interface BotTask<Input> {
  readonly id: string;
  /** The version of the bot that the task began with: this one, or one of those it `runs`. */
  readonly version: string;
  readonly input: Input;
  /** Reads the paper; a paper of another kind is a BusinessException. */
  extract<T extends object>(extractor: Extractor<T>, paper: DocumentRef, options?: Named): Promise<Draft<T>>;
  /** A checked record: straight through when rules pass and the error budget is kept, else from a person. */
  validate<T extends object>(record: RecordDefinition<T>, draft: Draft<T>, options?: Named): Promise<Validated<T>>;
  /** Keys the record once and proves it by reading it back. */
  rekey<T extends object>(screen: Screen<T>, record: Validated<T>, options?: Named): Promise<Receipt>;
  /** Changes something that no screen keys, once, and proves it by looking again. The step's name. */
  effect(name: string, definition: EffectDefinition): Promise<Receipt>;
  /** Asks an application; changes nothing there. */
  look<Q, R>(lookup: Lookup<Q, R>, query: Q, options?: Named): Promise<R>;
  /** Anything else worth remembering. `act` may run again when a run dies before it is remembered: it must not change the world. */
  step<R>(name: string, act: () => R | Promise<R>): Promise<R>;
  /** Asks a person; the question is the step's name, `show` is what they see beside the form. */
  ask<A>(question: string, answer: z.ZodType<A>, show?: object): Promise<A>;
}

export interface BotDefinition<Input, Output> {
  readonly name: string;
  /** A new version takes new tasks; raise it with every change of what the bot does. */
  readonly version: string;
  /** Older versions whose tasks this code goes on with: the same steps by the same names. Without, their tasks wait for their own version. */
  readonly runs?: readonly string[];
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
  /** The promise ("4h", "30m", "2d") and the skill of the people who answer what the bot asks. */
  readonly goal: { readonly within: string; readonly skill: string };
  /** The records it validates, so that an answer is checked by their rules while the person is still there. */
  readonly records: readonly AnyRecord[];
  readonly run: (task: BotTask<Input>) => Promise<Output>;
}

/** A bot of whatever input and output, as those see it who run many. */
export interface Bot {
  readonly card: BotCard;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly records: readonly AnyRecord[];
  /** Runs the bot on an input its schema has parsed. */
  run(task: BotTask<unknown>): Promise<unknown>;
}

export function defineBot<Input, Output>(definition: BotDefinition<Input, Output>): Bot {
  const { name, version, runs, goal } = definition;
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Defect('bad-name', `A bot's name is kebab-case; change "${name}".`);
  return Object.freeze({
    card: { name, version, ...(runs && { runs }), promiseSeconds: seconds(goal.within), skill: goal.skill },
    input: definition.input,
    output: definition.output,
    records: definition.records,
    run: async (task: BotTask<unknown>) => definition.run({ ...task, input: inputOf(definition, task) }),
  });
}

/** The door let it in by the schema of that day; a bot that asks for more since then is no reason to stop it for all others. */
function inputOf<Input>({ input }: Pick<BotDefinition<Input, unknown>, 'input'>, task: BotTask<unknown>): Input {
  const parsed = input.safeParse(task.input);
  if (parsed.success) return parsed.data;
  throw new BusinessException('input-outdated', 'The bot now asks for other input than this task was submitted with.');
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };

/** "4h" in seconds. */
function seconds(within: string): number {
  const match = /^(\d+)([smhd])$/.exec(within);
  if (!match)
    throw new Defect('bad-goal', `A goal's time is a number with s, m, h or d, such as "4h"; change "${within}".`);
  return Number(match[1]) * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
}
