import type { Choice } from '#core';

interface ChoiceWords {
  readonly label: string;
  /** What happens then. */
  readonly next: string;
  /** Asked before, where it cannot be taken back. */
  readonly sure?: string;
}

export const CHOICE_WORDS: Readonly<Record<Choice, ChoiceWords>> = {
  answer: { label: 'Send', next: 'The bot goes on with these values.' },
  correct: { label: 'Correct and go on', next: 'The bot goes on with the corrected values.' },
  again: { label: 'Try again', next: 'The bot looks everything up anew and runs on.' },
  there: { label: 'It is there', next: 'The bot takes the record that stands in the application and proves it.' },
  'key-again': {
    label: 'Key it again',
    next: 'The bot keys the record once more.',
    sure: 'Have you looked in the application? If the record is there already, it will be there twice.',
  },
  accept: { label: 'Accept as shown', next: 'What the application shows is right; the task goes on.' },
  'by-hand': {
    label: 'I did it by hand',
    next: 'The task ends as done by you.',
    sure: 'The task ends here, and nothing more is keyed by the bot. The record should stand in the application now.',
  },
  reject: {
    label: 'Reject',
    next: 'The task ends as rejected; nothing is keyed.',
    sure: 'The task ends here, and this paper is not keyed. It stays in the archive.',
  },
};

/** Choices that send the values of the form. */
export const SENDS_VALUES: ReadonlySet<Choice> = new Set(['answer', 'correct']);
