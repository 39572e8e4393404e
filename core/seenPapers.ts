import type { DocumentRef } from './document.ts';

/** What a paper looks like, so that it is recognised when it comes again in other bytes. */
export interface PaperLook {
  readonly document: DocumentRef;
  /** The smallest hashes of its words with digits and of its facts, in rising order: an estimate of what two papers share. */
  readonly sketch: readonly number[];
  /** What was read of it, by field: numbers, days and amounts. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface SeenPaper extends PaperLook {
  readonly task: string;
  readonly receivedAt: string;
}

/** The papers that came in, as they look. */
export interface SeenPapers {
  /** Notes the paper of a task; noted again it gives way to what is known now. */
  note(task: string, look: PaperLook): Promise<void>;
  /**
   * Papers like the task's own that came before it to the same bot, at most `days` earlier: those that share words with
   * it, the most alike first, at most 20. Papers of rejected tasks are none of them: whoever rejects
   * a bad copy asks for a better one.
   */
  before(task: string, days: number): Promise<readonly SeenPaper[]>;
  /** What was noted of the task's own paper. */
  of(task: string): Promise<SeenPaper | undefined>;
}
