import type { Places } from '../fault.ts';

/** An operation of a worker, and where in it the process ends: before it is carried out, or after it is and before anybody hears of it. */
export interface Moment {
  /** Part and operation, as in `journal.intend`, `queue.claim`, `screen.submit`. */
  readonly operation: string;
  /** The how-manyeth of its kind, from 1. */
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** What a worker process is told at its start. */
export interface Orders {
  readonly places: Places;
  /** Where the application is, and which of its accounts this worker has. */
  readonly application: { readonly url: string; readonly account: string };
  readonly leaseSeconds: number;
  readonly concurrency: number;
  /** Version of the bot it brings. */
  readonly version: string;
  /** Where it shall end itself by SIGKILL. */
  readonly dies?: Moment;
  /** Its look-ups say that nothing is there: the control, which must leave duplicates. */
  readonly blind: boolean;
  /** Hours by which the process's clock is wrong. */
  readonly clockHours: number;
  /** Folder for what workers of the installation have in common. */
  readonly folder: string;
}

/** What a worker process says of itself. */
export type Said =
  | { readonly say: 'drawing' }
  /** Tasks that a bot could still work or works on. Said whenever a run has ended, and every second. */
  | { readonly say: 'open'; readonly tasks: number }
  /** It reached its moment and ends. */
  | { readonly say: 'dying'; readonly at: string };
