import type { Logger } from '#core';
import type { DispatchPlace } from '#queues';
import type { OpenStore, StorePlace } from '#store';
import type { Application } from './application.ts';
import type { Findings } from './history.ts';
import type { Work } from './worker/bot.ts';
import type { Orders } from './worker/orders.ts';
import type { WorkerProcess } from './worker/process.ts';

/** How an installation is set up; see the table of profiles in docs/operations.md. */
export type Profile = 'embedded' | 'postgres' | 'redis';

export const PROFILES: readonly Profile[] = ['embedded', 'postgres', 'redis'];

/** Something of this machine that not every machine has. */
export type Need = 'browser' | 'root';

/** Where an installation keeps its record and hands out its tickets. */
export interface Places {
  readonly store: StorePlace;
  /** `with-store`: BullMQ lives in the record's own database. */
  readonly dispatch: Extract<DispatchPlace, { kind: 'redis' }> | 'with-store';
}

/** Where runs of one profile take place: servers they share, and a fresh installation for each. */
export interface Ground {
  /** An empty, migrated installation; what of it lies in files lies below this folder. */
  places(folder: string): Promise<Places>;
  close(): Promise<void>;
}

/** Servers that a fault brings along, to do to them what may not be done to those the other runs share. */
export interface OwnPlaces extends Places {
  close(): Promise<void>;
}

/**
 * The part of the product that a control's run goes without: workers that find nothing, whatever is there; that take for
 * stored what they typed; whom no lease stops; that end at once when they are asked to; a queue that is itself the record;
 * schedulers that start before they decide; a desk that takes every answer; windows that send a form as often as they are
 * told to; workers that never give an application up; windows out of which everybody may be reached; workers that were not
 * given the new key beside the old one.
 */
export type Without =
  | 'look-up'
  | 'comparison'
  | 'fence'
  | 'drain'
  | 'record'
  | 'one-transaction'
  | 'first-answer'
  | 'one-sending'
  | 'breaker'
  | 'allow-list'
  | 'new-key';

/** What each part prevents: so much harm must be found where it is taken out. */
export const PREVENTS: Readonly<Record<Without, readonly (keyof Findings)[]>> = {
  'look-up': ['duplicated'],
  comparison: ['wrong'],
  fence: ['duplicated'],
  drain: ['lost'],
  record: ['lost', 'duplicated'],
  'one-transaction': ['duplicated'],
  'first-answer': ['duplicated'],
  'one-sending': ['duplicated'],
  breaker: ['unexplained'],
  'allow-list': ['wrong'],
  'new-key': ['unexplained'],
};

/** One run of a fault that must do harm, so that the proof can fail. */
export interface Control {
  readonly point: string;
  readonly without: Without;
}

export interface Scale {
  readonly profile: Profile;
  /** One point of each fault there is time for, drawn by the seed. */
  readonly quick: boolean;
  /** Numbers from 0 to 1, the same for the same seed, fault and profile. */
  readonly random: () => number;
  /** Every moment of a worker that keys one voucher undisturbed, in their order, by name. */
  rehearse(): Promise<readonly string[]>;
}

/**
 * One way in which the world goes wrong. For each of its points a fresh installation is made, `strike` is called, and
 * when it resolves the installation is left alone, with a sound worker if none is up, until every accepted task has
 * ended or waits for a person. Then the history checker compares record, application and what was accepted.
 */
export interface Fault {
  /** Kebab-case: first column of the table, and what `--fault` names. */
  readonly name: string;
  readonly profiles: readonly Profile[];
  readonly needs?: readonly Need[];
  /** Where it strikes; one run for each. What a point is called is the fault's own matter. */
  points(scale: Scale): readonly string[] | Promise<readonly string[]>;
  /** Accepts work, starts workers, does the damage and ends it. Rejects when the damage could not be done: that run proves nothing. */
  strike(site: Site, point: string): Promise<void>;
  /** Absent where nothing can be taken out; docs/proof.md says why. */
  controls?(scale: Scale): readonly Control[];
  /** It is the application itself that doubles or alters: that counts only where no person is told of it. */
  readonly byApplication?: true;
  /** Waits for minutes: begun before the others. */
  readonly long?: true;
  /** A worker's death at one moment of its work: what a quick run is never without. */
  readonly crashMatrix?: true;
  /** Seconds in which the task of a killed worker must be another's; where absent, the time is only measured. */
  readonly takeoverSeconds?: number;
  /** The fault's own servers in place of the shared ones. */
  places?(site: Pick<Site, 'profile' | 'without' | 'folder' | 'log'> & { readonly ground: Ground }): Promise<OwnPlaces>;
}

/** One fresh installation with an application of its own, for one run of one fault. */
export interface Site {
  readonly profile: Profile;
  /** Set where this run is a control. */
  readonly without?: Without;
  /** A folder of the run's own, gone afterwards. */
  readonly folder: string;
  readonly places: Places;
  /** The demo's application, in a process of its own; started when somebody first needs it. */
  application(): Promise<Application>;
  readonly random: () => number;
  readonly log: Logger;
  /** Submits so many tasks and remembers that they were accepted: their ids. Embedded: only while no worker is up. */
  accept(count: number, work: Work): Promise<readonly string[]>;
  /** Tells of each accepted task so many times more that there is work. */
  handOut(times: number): Promise<void>;
  /** Letters are answered up to so many seconds after they were taken: in between, nobody but the office knows. */
  dawdle(seconds: number): void;
  /** How many letters were posted. */
  posted(): number;
  /** A person posts the nth accepted task's letter, by hand. */
  postByHand(n: number): Promise<void>;
  /** What the fault itself saw to be amiss, one line each, and tasks it saw beside those accepted. */
  found(amiss: Partial<Findings>, tasks?: number): void;
  /** Starts a worker process and resolves when it draws tickets. Embedded: one at a time. */
  startWorker(orders?: Partial<Orders>): Promise<WorkerProcess>;
  /** Resolves when every accepted task has ended or waits for a person, or none has for so many seconds; ends all workers. */
  settle(seconds?: number): Promise<void>;
  /** The record, for as long as `look` takes. Embedded: only while no worker is up. */
  record<R>(look: (store: OpenStore) => Promise<R>): Promise<R>;
}
