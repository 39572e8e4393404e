import type { TaskState } from './task.ts';

/** Keeps a task from being erased, for as long as it stands. */
export interface LegalHold {
  /** A person's own words. */
  readonly why: string;
  readonly by: string;
  readonly at: string;
}

/** A task whose values were erased: what is left of it are ids, times, states, codes and counts. */
export interface Erased {
  readonly by: string;
  readonly at: string;
}

export interface Keeping {
  readonly legalHold: LegalHold | null;
  readonly erased: Erased | null;
}

/** What of a task may hold a value: `input` with its key and paper's name, `output`, what its `steps` returned, `effects` with receipts, `questions` with answers. */
export type Part = 'input' | 'output' | 'steps' | 'effects' | 'questions';

/** A task that speaks of whoever was looked for. */
export interface TaskAbout {
  readonly task: string;
  readonly bot: string;
  readonly state: TaskState;
  readonly receivedAt: string;
  readonly endedAt: string | null;
  /** Its paper's name. */
  readonly paper: string | null;
  readonly legalHold: LegalHold | null;
  readonly found: readonly Part[];
}

/** `erased`: now or before · `held`: until its hold is released · `open`: it ends first · `unknown`: there is no such task. */
export interface TaskErasure {
  readonly task: string;
  readonly outcome: 'erased' | 'held' | 'open' | 'unknown';
}

/** An erased task of which files may be left: their names, by content. */
export interface UnfinishedErasure {
  readonly task: string;
  readonly blobs: readonly string[];
}

/**
 * Erases tasks from the record. Files are another's to delete: what is to go is kept down with the erasure, until
 * `finish` says that it is gone.
 */
export interface ErasureStore {
  /** Tasks that hold the text in one of their values, letters and digits compared and case apart; the oldest first. */
  about(text: string): Promise<readonly TaskAbout[]>;
  keeping(task: string): Promise<Keeping>;
  /** Instead of the hold before. InvalidInput `unknown-task`, `already-erased`. */
  hold(task: string, why: string, by: string): Promise<void>;
  /** False: it was not held. */
  release(task: string, by: string): Promise<boolean>;
  /** Everything that came from papers, people and applications goes from the task, in one transaction. */
  erase(task: string, by: string): Promise<TaskErasure['outcome']>;
  unfinished(): Promise<readonly UnfinishedErasure[]>;
  /** Which of these blobs a task speaks of that is not erased. */
  stillSpokenOf(blobs: readonly string[]): Promise<readonly string[]>;
  finish(task: string): Promise<void>;
}

/** A text as people are looked for: letters and digits, small and without accents. Empty where it has none. */
export function lettersAndDigits(text: string): string {
  // By way of capitals, after the large sharp s became small; and a sigma is one whether it ends a word or not: what is
  // spaced otherwise is the same text.
  const small = text.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return small.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
}
