import type { Problem } from '#core';
import { DOUBT_WORDS, type Doubt } from '#extractors';
import type { Run } from './run.ts';

/**
 * Keeps what is amiss with a paper, and what people wrote about it, beside the step that read it: a later run reads only
 * what was remembered.
 */
export async function noteDoubts(
  { journal }: Run,
  step: string,
  doubts: readonly Doubt[],
  comments: readonly string[],
): Promise<void> {
  if (comments.length > 0) await journal.remember(commentsOf(step), 'extract', quoted(comments));
  if (doubts.length > 0) await journal.remember(stepOf(step), 'extract', doubts);
}

/** What was amiss with the paper that a step read, for the next record to be checked. */
export async function recallDoubts({ journal, doubts, comments }: Run, step: string): Promise<void> {
  const noted = await journal.recall(stepOf(step));
  for (const doubt of (noted?.value ?? []) as readonly Doubt[]) doubts.add(doubt);
  const written = await journal.recall(commentsOf(step));
  for (const comment of (written?.value ?? []) as readonly string[]) comments.add(comment);
}

/**
 * What a person must know of the papers read since a record was last checked: sure fields are no proof that nothing is
 * missing. Taken once: a record that was let through was so with these doubts in sight.
 */
export function takeDoubts({ doubts, comments }: Run): Problem | undefined {
  if (doubts.size === 0) return undefined;
  const message = [...[...doubts].map(wordsOf), ...comments].join(' ');
  doubts.clear();
  comments.clear();
  return { code: 'paper-in-doubt', fields: [], message };
}

/** A doubt noted by a worker of a later version has no words here. */
function wordsOf(doubt: Doubt): string {
  return DOUBT_WORDS[doubt] ?? `Something is amiss with the paper: ${doubt}.`;
}

/** So many comments, each so long, fit beside a form; all of them are in `rekey explain`. */
const MOST_COMMENTS = 3;
const LONGEST_COMMENT = 200;

/** The first comments, in quotes, and how many more there are. */
function quoted(comments: readonly string[]): string[] {
  const shown = comments.slice(0, MOST_COMMENTS).map((text) => `“${shortened(text)}”`);
  const left = comments.length - shown.length;
  return left > 0 ? [...shown, `And ${left} more.`] : shown;
}

function shortened(text: string): string {
  const line = [...text.replaceAll(/\s+/g, ' ').trim()];
  return line.length > LONGEST_COMMENT ? `${line.slice(0, LONGEST_COMMENT - 1).join('')}…` : line.join('');
}

function stepOf(step: string): string {
  return `${step}, doubts`;
}

function commentsOf(step: string): string {
  return `${step}, comments`;
}
