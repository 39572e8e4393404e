import { redactUrls } from './redact.ts';
import type { Comparison } from './task.ts';

/**
 * The class of an error says what happens next; its message says what to do now.
 * Codes are kebab words, listed with their remedy in `docs/errors.md`.
 */
export abstract class RekeyError extends Error {
  abstract readonly kind: 'business' | 'system' | 'session-lost' | 'throttled' | 'defect';
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(redactUrls(message), 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.name = new.target.name;
  }
}

/** What a person needs to see to decide: the record in question, its doubtful fields, both sides of a comparison. */
export interface ForThePerson {
  readonly show?: object;
  readonly fields?: readonly string[];
  readonly compared?: readonly Comparison[];
}

/** The work is wrong: never retried, goes to a person. */
export class BusinessException extends RekeyError {
  readonly kind = 'business';
  readonly person: ForThePerson;

  constructor(code: string, message: string, options: ForThePerson & { readonly cause?: unknown } = {}) {
    super(code, message, options);
    const { cause: _, ...person } = options;
    this.person = person;
  }
}

/** The world is wrong (application down, disk full): retried with backoff, at last a person, "technical". */
export class SystemException extends RekeyError {
  readonly kind = 'system';
}

/** Our login is gone (signed out, page closed): retried at once with a fresh browser session. */
export class SessionLost extends RekeyError {
  readonly kind = 'session-lost';
}

/** Our pace is wrong (too many sessions, maintenance window): retried later, spends no attempt; at last, when the promise has passed, a person, "technical". */
export class Throttled extends RekeyError {
  readonly kind = 'throttled';
  /** Seconds to wait before the next try; the default backoff where absent. */
  readonly afterSeconds: number | undefined;
  /** The application it waits for, which ends the wait when it can; without one the wait ends with the task's promise. */
  readonly application: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { afterSeconds?: number; application?: string; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.afterSeconds = options.afterSeconds;
    this.application = options.application;
  }
}

/** The code is wrong: that bot version stops, its tasks stay queued, the developer is told. */
export class Defect extends RekeyError {
  readonly kind = 'defect';
}

/** Input a caller must correct (a setting, a flag, a request). `where` names the field, file or line. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly code: string;
  readonly where: string;

  constructor(code: string, where: string, message: string) {
    super(redactUrls(message));
    this.code = code;
    this.where = where;
  }
}

/** Another worker holds the task now: whatever this one still wants to write is refused. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(task: string) {
    super(`Task ${task} is leased to another worker; this run ends without writing.`);
  }
}

/** What happens next to a task whose run ended with an error. */
export type NextMove =
  | {
      readonly move: 'person';
      readonly kind: 'business' | 'technical';
      readonly code: string;
      readonly message: string;
    }
  | {
      readonly move: 'retry';
      readonly afterSeconds: number;
      readonly spendsAttempt: boolean;
      readonly freshSession: boolean;
      /** Set where nothing is at fault but the time: `application` is what the task waits for, if that. */
      readonly throttled?: { readonly application: string | null };
    }
  | { readonly move: 'stop-bot'; readonly code: string; readonly message: string };

export const MAX_ATTEMPTS = 4;
const BACKOFF_SECONDS = [2, 10, 60, 300];
const TypeErrors = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * Decides by class alone, never by the text of a message. `attempt` counts from 1.
 * Programming errors of the language count as Defect, anything unknown as System.
 */
export function nextMove(error: unknown, attempt: number): NextMove {
  if (error instanceof BusinessException) {
    return { move: 'person', kind: 'business', code: error.code, message: error.message };
  }
  if (error instanceof Defect) return { move: 'stop-bot', code: error.code, message: error.message };
  if (isCrash(error)) {
    // The language quotes what it could not use, and that may stand on a paper; the log has the place in the code.
    return {
      move: 'stop-bot',
      code: 'bot-crashed',
      message: `The code ended with a ${error.name}; the log says where.`,
    };
  }
  if (error instanceof Throttled) {
    const { afterSeconds = 30, application = null } = error;
    return { move: 'retry', afterSeconds, spendsAttempt: false, freshSession: false, throttled: { application } };
  }
  if (attempt >= MAX_ATTEMPTS) {
    const code = error instanceof RekeyError ? error.code : 'unknown-error';
    const message = error instanceof RekeyError ? error.message : 'The last try ended with an unexpected error.';
    return { move: 'person', kind: 'technical', code, message };
  }
  if (error instanceof SessionLost) return { move: 'retry', afterSeconds: 0, spendsAttempt: true, freshSession: true };
  const afterSeconds = BACKOFF_SECONDS[Math.min(attempt, BACKOFF_SECONDS.length) - 1]!;
  return { move: 'retry', afterSeconds, spendsAttempt: true, freshSession: attempt > 1 };
}

/** An error class of the language; but for one that another kind of error caused: `fetch` makes a TypeError of a network that fails. */
function isCrash(error: unknown): error is Error {
  if (!(error instanceof Error) || !TypeErrors.some((type) => error instanceof type)) return false;
  return error.cause === undefined || isCrash(error.cause);
}
