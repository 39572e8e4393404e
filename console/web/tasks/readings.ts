import type { Draft, TaskStory } from '#core';

/** What was read of the task's paper: the extraction's own readings, and those a question showed to a person over them. */
export function draftOf({ steps, questions }: TaskStory): Draft<Record<string, unknown>> {
  const extracted = steps.filter(({ kind }) => kind === 'extract').map(({ value }) => value);
  const asked = questions.map(({ draft }) => draft);
  return Object.assign({}, ...[...extracted, ...asked].filter(isDraft));
}

function isDraft(value: unknown): value is Draft<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.values(value).every(isReading);
}

function isReading(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'probability' in value && 'sources' in value && 'evidence' in value
  );
}
