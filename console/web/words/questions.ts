import type { HumanTask } from '#core';
import { inWords } from './tasks.ts';

/** Why a person is asked, in one line: what went wrong, what is missing, what is doubtful, what differs. */
export function whyAsked({ problems, kind, compared }: HumanTask): string {
  const fieldsWith = (code: string) =>
    problems.filter((problem) => problem.code === code).flatMap(({ fields }) => fields);
  const others = problems.filter(({ code, fields }) => !TOLD_BY_FIELD.has(code) || fields.length === 0);
  const different = compared.filter(({ same }) => !same).map(({ field }) => field);
  const parts = [
    ...new Set(others.map(({ message }) => message.replace(/\.$/, ''))),
    ...naming('Nothing read for', fieldsWith('missing-value')),
    ...naming('Not sure of', fieldsWith('low-confidence')),
    ...naming('The application shows another', different),
  ];
  return parts.length > 0 ? parts.join(' · ') : WHY[kind];
}

const TOLD_BY_FIELD = new Set(['missing-value', 'low-confidence']);

function naming(words: string, fields: readonly string[]): readonly string[] {
  return fields.length === 0 ? [] : [`${words} ${listed(fields.map(inWords))}`];
}

const WHY: Readonly<Record<HumanTask['kind'], string>> = {
  validate: 'Please check what was read',
  ask: 'The bot asks',
  business: 'The bot must not decide this',
  technical: 'The bot could not go on',
  differs: 'The application shows something else than was keyed',
  'in-doubt': 'It is not certain whether the record was keyed',
};

function listed(words: readonly string[]): string {
  const names = words.map(withinSentence);
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more fields`;
}

/** `Due date` → `due date`; `IBAN` stays. */
function withinSentence(name: string): string {
  return /^\p{Lu}{2}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

export const KIND_WORDS: Readonly<Record<HumanTask['kind'], string>> = {
  validate: 'Check values',
  ask: 'Decide',
  business: 'Business',
  technical: 'Technical',
  differs: 'Differs',
  'in-doubt': 'In doubt',
};
