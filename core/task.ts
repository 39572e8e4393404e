import type { DocumentRef, Draft } from './document.ts';

/** `ready`: open, a bot may take it · `running`: a worker holds its lease · `waiting`: a person's turn · `done`, `rejected`: ended. */
export type TaskState = 'ready' | 'running' | 'waiting' | 'done' | 'rejected';

/** One piece of work for one bot, from intake to its one end. Times are ISO strings by the database's clock. */
export interface Task {
  readonly id: string;
  readonly bot: string;
  /** Pinned when the first run starts; null before. */
  readonly botVersion: string | null;
  /** What makes two submissions the same task, within a bot. */
  readonly key: string;
  readonly input: { readonly document?: DocumentRef } & Readonly<Record<string, unknown>>;
  readonly state: TaskState;
  /** Why it stands where it stands, as a code of `docs/errors.md`; null while nothing is the matter. */
  readonly reason: string | null;
  /** Who must answer what the bot asks: the bot's skill. */
  readonly skill: string;
  /** What a minute of its time is worth against others; 1 is usual. */
  readonly value: number;
  readonly receivedAt: string;
  /** The promise: when it shall have ended. */
  readonly dueAt: string;
  readonly endedAt: string | null;
  /** Tries spent, from 0. */
  readonly attempt: number;
  readonly output: unknown;
}

/** What a worker holds while it works a task. Every write of the run is refused once `token` is no longer the task's. */
export interface Lease {
  readonly task: Task;
  readonly token: number;
  /** Id of this run, one per claim. */
  readonly run: string;
}

export type StepKind = 'step' | 'extract' | 'validate' | 'ask' | 'look' | 'rekey';

/** A finished step: on resume it returns what it returned. */
export interface StepRecord {
  readonly name: string;
  readonly kind: StepKind;
  readonly value: unknown;
  readonly at: string;
}

/**
 * One entry of the effect ledger: the intent to change the outside world, and what proved it.
 * `intended` → `proven` (read back and compared) | `withdrawn` (the application refused it, and it is not there)
 *   | `left` (a person ended the task without it being known whether it is there)
 */
export interface Effect {
  readonly step: string;
  readonly application: string;
  readonly screen: string;
  /** The record's natural key in that application: one writer per key, whichever task. */
  readonly key: string;
  readonly state: 'intended' | 'proven' | 'withdrawn' | 'left';
  /** The record as it was to be keyed. */
  readonly record: unknown;
  readonly intendedAt: string;
  /** Seconds since the intent, by the database's clock at the moment it was read. */
  readonly ageSeconds: number;
  readonly receipt: Receipt | null;
  /** Why it was withdrawn or left, as a code, and by whom where a person said so; null in the other states. */
  readonly closed: { readonly because: string; readonly by: string | null } | null;
}

/** What a run writes down before it changes the outside world. */
export type Intent = Pick<Effect, 'step' | 'application' | 'screen' | 'key' | 'record'> & {
  /** Seconds, up to now, in which no other task may have given up an intent of the same key: since our look-up, and as long as a submit may take effect. */
  readonly quietSeconds: number;
};

/** One field as it was to be keyed and as the application shows it, both in values (not as typed). */
export interface Comparison {
  readonly field: string;
  readonly wanted: unknown;
  readonly shown: unknown;
  readonly same: boolean;
}

/** What the application itself shows for the record when it is looked up again by another path. */
export interface Receipt {
  readonly application: string;
  /** The application's own name for the record, e.g. a voucher number. */
  readonly reference: string;
  readonly compared: readonly Comparison[];
  /** Screenshots in the archive. */
  readonly evidence: readonly Evidence[];
  readonly provenAt: string;
}

export interface Evidence {
  /** Constant words; `BROWSER_TRACE` where it is no picture. */
  readonly label: string;
  readonly sha256: string;
}

/** The label of evidence that tells what was done to an application before it failed, for Playwright's trace viewer. */
export const BROWSER_TRACE = 'browser trace';

export type QuestionKind = 'validate' | 'ask' | 'business' | 'technical' | 'differs' | 'in-doubt';

/**
 * What a person may do. `answer`: the form's values · `again`: run on, looking up anew · `correct`: other values for the record
 * · `there`: it stands in the application · `key-again` · `accept`: right as the application shows it · `by-hand`: a person did the rest · `reject`
 */
export type Choice = 'answer' | 'again' | 'correct' | 'there' | 'key-again' | 'accept' | 'by-hand' | 'reject';

export interface Problem {
  /** Code of the rule or check that failed, as in `docs/errors.md`. */
  readonly code: string;
  /** Fields it concerns; empty when it concerns the whole. */
  readonly fields: readonly string[];
  readonly message: string;
}

/** A question to a person, complete enough to be answered without the bot's code at hand. */
export interface Question {
  /** The step that asks; the answer goes back to it. */
  readonly step: string;
  readonly kind: QuestionKind;
  readonly code: string;
  readonly title: string;
  readonly choices: readonly Choice[];
  /** Name of the bot's record that the form is of; null for other forms and none. */
  readonly record: string | null;
  /** JSON Schema (draft 2020-12) of the answer's values; null where a choice is all that is asked. */
  readonly form: object | null;
  /** What stands in the form at first, with doubts, boxes and alternatives. */
  readonly draft: Draft<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** It is asked whatever was read: what the person says of its fields is an unbiased label. */
  readonly sampled?: boolean;
  /** Both sides of a read-back that differs or is in doubt. */
  readonly compared: readonly Comparison[];
  readonly papers: readonly DocumentRef[];
  readonly evidence: readonly Evidence[];
}

export interface Answer {
  readonly choice: Choice;
  readonly values: unknown;
  readonly by: string;
  readonly at: string;
  /** Codes of the problems that stood in the question: who answers with them in sight, answers in spite of them. */
  readonly inSpiteOf: readonly string[];
}

/** An answer as a run reads it: with the question that it was given to. */
export interface GivenAnswer extends Answer {
  readonly question: string;
}

/** A question in the human queue. One person at a time holds it; the first answer counts. */
export interface HumanTask extends Question {
  readonly id: string;
  readonly task: string;
  readonly bot: string;
  readonly skill: string;
  readonly state: 'open' | 'claimed' | 'answered';
  readonly askedAt: string;
  readonly dueAt: string;
  readonly claimedBy: string | null;
  readonly claimedUntil: string | null;
  readonly answer: Answer | null;
}

/** What a finished run hands back to be written down with the lease's release. */
export type Outcome =
  | { readonly kind: 'done'; readonly output: unknown }
  /** The question is already in the human queue. */
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'retry';
      readonly afterSeconds: number;
      readonly spendsAttempt: boolean;
      readonly reason: string;
      /** Put off for no fault of its own: until `application` is in order, or at the most until the promise has passed. */
      readonly throttled?: { readonly application: string | null };
    }
  /** This bot version stops taking tasks; the task stays open. */
  | { readonly kind: 'stop-bot'; readonly code: string; readonly message: string };

/** A moment in a task's story, as the console shows it. */
export interface TaskEvent {
  readonly seq: number;
  readonly at: string;
  readonly task: string;
  readonly bot: string;
  /** `submitted`, `started`, `step`, `asked`, `claimed`, `answered`, `intended`, `proven`, `withdrawn`, `left`, `retry`, `done`, `rejected`, `stopped` … */
  readonly kind: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}
