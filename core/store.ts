import type { AccessStore } from './access.ts';
import type { CredentialStore } from './credentials.ts';
import type { ErasureStore } from './erasure.ts';
import type { Journal } from './journal.ts';
import type { LayoutMemory } from './memory.ts';
import type { CalendarStore, ScheduleStore } from './schedules.ts';
import type { SeenPapers } from './seenPapers.ts';
import type { Standing } from './standing.ts';
import type {
  Choice,
  Effect,
  Evidence,
  HumanTask,
  Lease,
  Outcome,
  StepRecord,
  Task,
  TaskEvent,
  TaskState,
} from './task.ts';
import type { TrustStore } from './trust.ts';

/** A bot as queues and store know it: enough to order and pin its tasks, nothing of its code. */
export interface BotCard {
  readonly name: string;
  readonly version: string;
  /** Older versions whose tasks this one's code goes on with; none where absent. */
  readonly runs?: readonly string[];
  /** Of these, whose code goes on with which version's tasks; this one's own where absent. */
  readonly runBy?: Readonly<Record<string, string>>;
  /** Seconds from intake to promise. */
  readonly promiseSeconds: number;
  readonly skill: string;
}

export interface NewTask {
  readonly bot: BotCard;
  readonly key: string;
  readonly input: Task['input'];
  /** ISO time; from the bot's goal where absent. */
  readonly dueAt?: string;
  readonly value?: number;
  /** Set for a paper refused at the door: the task is born rejected with this code, so that it is accounted for. */
  readonly refused?: string;
}

export interface Submitted {
  readonly task: Task;
  /** False when the same key was there already: `task` is that one. */
  readonly created: boolean;
}

export interface TaskFilter {
  readonly state?: TaskState;
  readonly bot?: string;
  /** Id of the last task of the page before. */
  readonly after?: string;
  /** 1 to 500; 100 where absent. */
  readonly limit?: number;
}

/** Everything known of one task, for its story. */
export interface TaskStory {
  readonly task: Task;
  readonly steps: readonly StepRecord[];
  readonly effects: readonly Effect[];
  readonly questions: readonly HumanTask[];
  readonly evidence: readonly (Evidence & { readonly step: string; readonly at: string })[];
  readonly events: readonly TaskEvent[];
}

/** How the tasks are doing, over all that are stored. */
export interface Figures {
  /** Of the tasks that ended `done`, the share, 0 to 1, that no person answered a question of; null before the first. */
  readonly straightThrough: number | null;
  /** Median seconds from the start of the first run to the end, of tasks done without a person, right to a hundredth of it; null before the first. */
  readonly medianSeconds: number | null;
  /** Questions waiting for a person. */
  readonly exceptions: number;
  /** Tasks not ended that are past their promise. */
  readonly late: number;
}

/**
 * What was found amiss, and goes on: `tickets-lost` (work that nobody was told of) · `worker-silent` (a run whose worker
 * died or hung, taken over) · `wait-forgotten` (tasks that waited for an application that was in order again)
 */
export type MendedKind = 'tickets-lost' | 'worker-silent' | 'wait-forgotten';

/** How often that happened to a bot's tasks in the last seven days. */
export interface Mended {
  readonly kind: MendedKind;
  readonly bot: string;
  readonly times: number;
  readonly tasks: number;
  readonly lastAt: string;
}

export type Counts = Readonly<Record<TaskState, number>>;

export interface TaskStore {
  /** Stores the task; the same bot and key twice is one task. Dispatch is the caller's or the reconciler's. */
  submit(task: NewTask): Promise<Submitted>;
  get(id: string): Promise<Task | undefined>;
  /** Newest first. */
  list(filter: TaskFilter): Promise<readonly Task[]>;
  story(id: string): Promise<TaskStory | undefined>;
  /** Where those of these tasks stand that have not ended, by id. */
  standings(ids: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /** How many tasks stand in each state, in all or of one bot. */
  counts(bot?: string): Promise<Counts>;
  /** The same of every bot that has tasks. */
  countsByBot(): Promise<ReadonlyMap<string, Counts>>;
  figures(): Promise<Figures>;

  /**
   * Takes the open task of that bot with the highest score now (design, section 7) under a new lease of `leaseSeconds`,
   * pins the bot's version to it, and counts the run. Undefined when there is none. Two workers never get the same one.
   * A task keeps the version it began with: only that version, or one that says it `runs` it, gets it again. What a stopped
   * version's code would run is left where it is.
   */
  claim(bot: BotCard, worker: string, leaseSeconds: number): Promise<Lease | undefined>;
  /** Prolongs the lease; rejects with LeaseLost when it is no longer ours. */
  renew(lease: Lease, leaseSeconds: number): Promise<void>;
  /** Ends the run: writes its outcome down and gives the lease back. Rejects with LeaseLost when it is no longer ours. */
  finish(lease: Lease, outcome: Outcome): Promise<void>;
  journal(lease: Lease): Journal;
}

export interface HumanQueue {
  /** Open and claimed questions, the soonest promise first; only those of the skills named, when any are. */
  list(filter?: { skills?: readonly string[]; limit?: number }): Promise<readonly HumanTask[]>;
  get(id: string): Promise<HumanTask | undefined>;
  /** Holds the question for one person; again for the same person prolongs. False when another person holds or has answered it. */
  claim(id: string, person: string, seconds: number): Promise<boolean>;
  release(id: string, person: string): Promise<void>;
  /**
   * Stores the first answer and opens the task again (or ends it: `reject`, `by-hand`) in one transaction.
   * `taken` when another person holds or has answered it: nothing is overwritten; the same answer by the same person again is `stored`.
   */
  answer(id: string, person: string, choice: Choice, values: unknown): Promise<'stored' | 'taken'>;
}

/** A bot version that a Defect stopped. It takes no tasks until a new version comes or a person starts it again. */
export interface HaltedBot {
  readonly bot: string;
  readonly version: string;
  readonly code: string;
  readonly message: string;
  readonly at: string;
}

export interface EventStore {
  /** Events after `seq`, oldest first, at most `limit` (1 to 1,000). */
  since(seq: number, limit: number): Promise<readonly TaskEvent[]>;
  /** The newest number given out; 0 when there is none. */
  latest(): Promise<number>;
}

/** The record: all state that must survive. One implementation on PostgreSQL and on embedded PGlite. */
export interface Store {
  readonly tasks: TaskStore;
  readonly people: HumanQueue;
  readonly schedules: ScheduleStore;
  readonly calendars: CalendarStore;
  readonly events: EventStore;
  /** What corrections taught. */
  readonly memory: LayoutMemory;
  readonly papers: SeenPapers;
  readonly trust: TrustStore;
  readonly credentials: CredentialStore;
  readonly access: AccessStore;
  readonly erasure: ErasureStore;
  /** Bots stopped by a Defect. */
  halted(): Promise<readonly HaltedBot[]>;
  /** What was amiss and was set right lately, the newest first. */
  mended(): Promise<readonly Mended[]>;
  /** Lets a stopped bot take tasks again. */
  resume(bot: string): Promise<boolean>;
  /** The database's clock, ISO. */
  now(): Promise<string>;
  close(): Promise<void>;
}

/** Says *that there is work* in a bot's lane, never *what is true*: tickets may be lost or doubled, and nothing breaks. */
export interface Dispatch {
  ticket(lane: string, options?: { readonly delaySeconds?: number }): Promise<void>;
  /** Calls `onTicket` for each ticket drawn, at most `concurrency` at a time, until closed. Closing waits for those under way. */
  work(lane: string, concurrency: number, onTicket: () => Promise<void>): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}
