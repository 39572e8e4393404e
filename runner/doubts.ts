import type { Problem } from '#core';
import type { Doubt } from '#extractors';
import type { Run } from './run.ts';

/** Keeps what is amiss with a paper beside the step that read it: a later run reads only what was remembered. */
export async function noteDoubts({ journal }: Run, step: string, doubts: readonly Doubt[]): Promise<void> {
  if (doubts.length > 0) await journal.remember(stepOf(step), 'extract', doubts);
}

/** What was amiss with the paper that a step read, for the next record to be checked. */
export async function recallDoubts({ journal, doubts }: Run, step: string): Promise<void> {
  const noted = await journal.recall(stepOf(step));
  for (const doubt of (noted?.value ?? []) as readonly Doubt[]) doubts.add(doubt);
}

/**
 * What a person must know of the papers read since a record was last checked: sure fields are no proof that nothing is
 * missing. Taken once: a record that was let through was so with these doubts in sight.
 */
export function takeDoubts({ doubts }: Run): Problem | undefined {
  if (doubts.size === 0) return undefined;
  const message = [...doubts].map((doubt) => WORDS[doubt]).join(' ');
  doubts.clear();
  return { code: 'paper-in-doubt', fields: [], message };
}

const WORDS: Readonly<Record<Doubt, string>> = {
  'cut-short': 'The file ends too early: pages or lines may be missing.',
  repaired: 'The file was damaged and has been put together again: something may be missing.',
  'page-lost': 'A page of the file cannot be read.',
  'ink-without-words': 'A page shows something in which no word was found.',
  'layer-unchecked': 'A page brings words that nobody sees, and its picture does not bear them out.',
  'attachment-unread': 'A file attached to the paper, or a part of it, is not read.',
  'paper-attached': 'A file attached to the paper looks like a paper of its own: it is not keyed with this one.',
  commented: 'Somebody wrote comments on the paper, and they are not keyed: `rekey explain` shows them.',
  'data-unplaced': 'The file carries data of invoices, and which of them are of this paper cannot be told.',
  'kind-unsure': 'What kind of paper this is cannot be told: it was read as the likeliest.',
};

function stepOf(step: string): string {
  return `${step}, doubts`;
}
