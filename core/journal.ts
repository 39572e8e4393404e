import type { Effect, Evidence, GivenAnswer, Intent, Question, Receipt, StepKind, StepRecord, Task } from './task.ts';

/**
 * The durable memory of one task, as the run that holds its lease sees it.
 * Every write checks the lease in its own transaction and rejects with LeaseLost when another worker holds the task.
 * A promise that resolves means: it is stored.
 */
export interface Journal {
  readonly task: Task;

  /** A step that finished in this run or an earlier one. */
  recall(step: string): Promise<StepRecord | undefined>;
  /** Writes a finished step down. A name already there is left as it stands. */
  remember(step: string, kind: StepKind, value: unknown): Promise<void>;

  /** Rejects with LeaseLost unless this run still holds the task: asked right before an effect. */
  checkLease(): Promise<void>;

  /** Puts the question into the human queue. The same open question asked twice is one. */
  ask(question: Question): Promise<void>;
  /** The newest answer given to a question of that step, not yet used up. */
  answer(step: string): Promise<GivenAnswer | undefined>;
  /**
   * Marks the answer that was read as used up, and all that the step was given before it: none of them counts again, and
   * history keeps them. One that came in since stands.
   */
  useUp(step: string, answer: GivenAnswer): Promise<void>;

  effect(step: string): Promise<Effect | undefined>;
  /**
   * Writes the intent down before the effect: one writer per key of an application's screen, whichever task.
   * Rejects with Throttled `key-busy` while another task is at the same key, or was until a moment ago; those that are
   * refused so have their turns in the order in which their tasks were received. BusinessException `key-in-use` when another
   * has proven it.
   */
  intend(intent: Intent): Promise<void>;
  /** The effect stands proven; writes the receipt and, as the same fact, the finished step. */
  prove(step: string, receipt: Receipt): Promise<void>;
  /** The effect is known not to have happened and will not: its key is free again. */
  withdraw(step: string, reason: string): Promise<void>;

  /** Evidence for the task's story. */
  attach(step: string, evidence: Evidence): Promise<void>;
}
