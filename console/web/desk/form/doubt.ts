import type { HumanTask, Problem, Reading } from '#core';
import type { Field } from './fields.ts';

/** Below this, a reading that nobody complained about is still shown as one to look at. */
const LOOK_AGAIN_BELOW = 0.9;

/** How far what was read may be trusted: the value's probability, or that of its absence. */
export function trust(reading: Reading<unknown> | undefined): number | undefined {
  if (reading === undefined || reading.evidence.includes('person')) return undefined;
  return reading.value === null ? reading.absent : reading.probability;
}

/** The fields a person should look at first, in the form's order. */
export function doubtfulFields(
  fields: readonly Field[],
  { problems, draft }: Pick<HumanTask, 'problems' | 'draft'>,
): ReadonlySet<string> {
  const named = new Set(problems.flatMap((problem) => problem.fields));
  const found = fields.filter(({ name }) => named.has(name) || (trust(draft[name]) ?? 1) < LOOK_AGAIN_BELOW);
  return new Set(found.map(({ name }) => name));
}

/** Why the field is doubtful, beyond how sure the bot is, which stands at its name. */
export function notesOf(field: string, { problems, draft }: Pick<HumanTask, 'problems' | 'draft'>): readonly Problem[] {
  return problemsOf(field, problems).filter(
    ({ code }) => code !== 'low-confidence' || trust(draft[field]) === undefined,
  );
}

export function problemsOf(field: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.filter((problem) => problem.fields.includes(field));
}
