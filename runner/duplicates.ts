import type { DocumentRef, Draft, Page, Problem } from '#core';
import { isSamePaper, lookOf } from '#extractors';
import type { Run } from './run.ts';

/** Papers that came in longer ago are not held against a new one. */
const DAYS_BACK = 120;

export interface Duplicate {
  readonly problem: Problem;
  readonly paper: DocumentRef;
}

/** Notes what the task's own paper looks like, for those that come after it. */
export async function noteLook(
  run: Run,
  paper: DocumentRef,
  pages: readonly Page[],
  draft: Draft<Record<string, unknown>>,
): Promise<void> {
  const { task } = run.journal;
  if (task.input.document?.sha256 === paper.sha256)
    await run.services.papers.note(task.id, lookOf(paper, pages, draft));
}

/**
 * The paper that came before and may be this one: scanned twice, mailed and scanned, sent once more. Asked once in a run,
 * at its first record: whoever said there that it is another paper need not say it again.
 */
export async function possibleDuplicate(run: Run): Promise<Duplicate | undefined> {
  if (run.duplicatesAsked) return undefined;
  run.duplicatesAsked = true;
  const { papers } = run.services;
  const { task } = run.journal;
  const own = await papers.of(task.id);
  const before = own ? await papers.before(task.id, DAYS_BACK) : [];
  const same = own && before.find((earlier) => isSamePaper(own, earlier));
  if (!same) return undefined;
  const day = same.receivedAt.slice(0, 10);
  const message = `This paper looks like one that came in on ${day} already, as task ${same.task}: compare the two, and reject this one if it is the same.`;
  return { problem: { code: 'possible-duplicate', fields: [], message }, paper: same.document };
}
