import type { HumanTask } from '#core';
import { inWords } from './tasks.ts';

/** Why a person is asked, in one line: what is doubtful, or what went wrong. */
export function whyAsked({ problems, kind, compared }: HumanTask): string {
  const doubtful = problems.filter(({ code }) => code === 'low-confidence').flatMap(({ fields }) => fields);
  const others = problems
    .filter(({ code }) => code !== 'low-confidence')
    .map(({ message }) => message.replace(/\.$/, ''));
  const different = compared.filter(({ same }) => !same).map(({ field }) => inWords(field));
  const parts = [
    ...new Set(others),
    ...(doubtful.length > 0 ? [`Not sure of ${listed(doubtful.map(inWords))}`] : []),
    ...(different.length > 0 ? [`The application shows another ${listed(different)}`] : []),
  ];
  return parts.length > 0 ? parts.join(' · ') : WHY[kind];
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
  if (words.length <= 3) return words.join(', ').toLowerCase();
  return `${words.slice(0, 2).join(', ').toLowerCase()} and ${words.length - 2} more fields`;
}

export const KIND_WORDS: Readonly<Record<HumanTask['kind'], string>> = {
  validate: 'Check values',
  ask: 'Decide',
  business: 'Business',
  technical: 'Technical',
  differs: 'Differs',
  'in-doubt': 'In doubt',
};
