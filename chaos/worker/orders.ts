import type { Places, Without } from '../fault.ts';

/** One operation of a worker, and a side of it: before it is carried out, or after it is and before anybody hears of it. */
export interface Moment {
  /** Part and operation, as in `journal.intend`, `queue.claim`, `screen.submit`. */
  readonly operation: string;
  /** The how-manyeth of its kind in the process's life, from 1. */
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/**
 * What happens to a worker at a moment: it ends as by `kill -9`, stops until SIGCONT, hears nothing for so many seconds, says
 * that it is there and goes on, or waits there until it is told to go on; or its browser is killed, stopped, or out of memory.
 */
export type Blow =
  | { readonly how: 'die' | 'stop' | 'tell' | 'wait' }
  | { readonly how: 'block'; readonly seconds: number }
  | { readonly how: 'browser'; readonly comes: Grief };

/** What a worker's browser comes to. */
export type Grief = 'killed' | 'hung' | 'out of memory';

/** How a form is sent more than once. */
export const TWICE = ['double click', 'back and again', 'reload'] as const;
export type Twice = (typeof TWICE)[number];

export interface OrderedAccount {
  readonly name: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** How somebody outside the application is asked for. */
export const STRAYS = ['a page it opens', 'a request of a page'] as const;
export interface Stray {
  readonly how: (typeof STRAYS)[number];
  /** Of a host on no list of the application's. */
  readonly url: string;
}

/** What a worker process is told at its start. */
export interface Orders {
  readonly places: Places;
  /** The application's accounts, which all workers share; none where nothing is keyed. */
  readonly accounts: readonly OrderedAccount[];
  /** Where letters go. */
  readonly postOffice: string;
  /** Program file of the browser. */
  readonly browser: string;
  /** Folder for what the installation's workers have in common. */
  readonly folder: string;
  readonly leaseSeconds: number;
  readonly concurrency: number;
  /** Version of the bot it brings. */
  readonly version: '1' | '2';
  readonly struck?: Moment & Blow;
  /** Tells each of its operations. */
  readonly rehearses: boolean;
  /** The control: what it goes without. */
  readonly without?: Without;
  /** Keys that open the vault, where the accounts are kept there. */
  readonly keys?: string;
  /** Whoever sends a form sends it so. */
  readonly sendsBy?: Twice;
  /** Where those of its tasks go that stray. */
  readonly stray?: Stray;
  /** Hours by which the process's clock is wrong. */
  readonly clockHours: number;
}

/** What a worker process is told: to go on where it waits, or to what its browser comes now. */
export type Told = 'go on' | Grief;

/** What a worker process says of itself. */
export type Said =
  | { readonly say: 'drawing' }
  /** Tasks that bots work or could still work, and runs of this worker's under way; said twice a second. */
  | { readonly say: 'open'; readonly tasks: number; readonly runs: number }
  /** It is at the moment it was told of; said before it is struck. */
  | { readonly say: 'struck' }
  /** A use of its own was the one that parked the application. */
  | { readonly say: 'parked' }
  | { readonly say: 'did'; readonly moment: Moment };

/** A moment as the points of faults and the table name it: `before journal.intend 1`. */
export function momentName({ when, operation, nth }: Moment): string {
  return `${when} ${operation} ${nth}`;
}

export function momentNamed(name: string): Moment {
  const [, when, operation, nth] = /^(before|after) (\S+) (\d+)$/.exec(name) ?? [];
  if (operation === undefined || (when !== 'before' && when !== 'after')) throw new Error(`No moment: ${name}`);
  return { when, operation, nth: Number(nth) };
}
