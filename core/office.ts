import type { LayoutSummary, Lesson } from './memory.ts';
import type { Counts, HaltedBot, MissedPolicy, OverlapPolicy, Schedule, TaskFilter, TaskStory } from './store.ts';
import type { Choice, HumanTask, Problem, Task, TaskEvent } from './task.ts';
import type { TrustReport } from './trust.ts';

/** A request for work: a paper, or an input for a bot that needs none. */
export interface Order {
  /** The office's default bot where absent. */
  readonly bot?: string;
  readonly paper?: { readonly name: string; readonly bytes: Uint8Array };
  /** Fields of the bot's input besides `document`. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** What makes two orders one; the paper's sha256 where absent. */
  readonly key?: string;
  /** ISO time; the bot's goal where absent. */
  readonly dueAt?: string;
  /** What a minute of it is worth against others; 1 is usual, more is sooner. */
  readonly priority?: number;
}

/** The answer to an order: what became of it, and the promise. */
export interface OrderReceipt {
  readonly task: string;
  readonly bot: string;
  readonly state: Task['state'];
  /** False: this paper or key was here already, and this is that task. */
  readonly created: boolean;
  readonly promisedAt: string;
  /** Why the paper was refused at the door; null when it was taken. */
  readonly refused: { readonly code: string; readonly message: string } | null;
}

export interface BotInfo {
  readonly name: string;
  readonly version: string;
  readonly skill: string;
  readonly promiseSeconds: number;
  readonly counts: Counts;
  readonly halted: HaltedBot | null;
}

export interface Overview {
  readonly now: string;
  readonly counts: Counts;
  readonly bots: readonly BotInfo[];
  /** Questions waiting for a person. */
  readonly exceptions: number;
  /** Of the tasks that ended `done`, the share, 0 to 1, that no person touched; null before the first. */
  readonly straightThrough: number | null;
  /** Median seconds from start of the first run to the end of tasks done; null before the first. */
  readonly medianSeconds: number | null;
  /** Tasks open or waiting past their promise. */
  readonly late: number;
}

export type AnswerOutcome =
  | { readonly outcome: 'stored' }
  /** Another person holds or has answered it. */
  | { readonly outcome: 'taken' }
  /** Fields that do not fit the form, or rules that fail; the latter may be overruled. Nothing was stored. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[]; readonly mayOverrule: boolean };

export type ScheduleWithRuns = Schedule & { readonly next: readonly string[] };

export interface NewSchedule {
  readonly name: string;
  readonly bot: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly missed?: MissedPolicy;
  readonly overlap?: OverlapPolicy;
}

/**
 * Everything a person or a program can ask of a Rekey installation. The HTTP API speaks it, the command line speaks it,
 * against a running instance or the store itself: two implementations, one conformance suite.
 * Requests that name something unknown reject with InvalidInput (`unknown-task`, `unknown-bot`, `unknown-schedule`, `unknown-question`).
 */
export interface Office {
  submit(order: Order): Promise<OrderReceipt>;
  overview(): Promise<Overview>;
  tasks(filter: TaskFilter): Promise<readonly Task[]>;
  task(id: string): Promise<TaskStory>;
  exceptions(filter?: { readonly skills?: readonly string[] }): Promise<readonly HumanTask[]>;
  exception(id: string): Promise<HumanTask>;
  /** Holds the question for this person for some minutes; false when another person has it. */
  claim(id: string, person: string): Promise<boolean>;
  release(id: string, person: string): Promise<void>;
  answer(
    id: string,
    answer: {
      readonly person: string;
      readonly choice: Choice;
      readonly values?: unknown;
      readonly overrule?: boolean;
    },
  ): Promise<AnswerOutcome>;
  schedules(): Promise<readonly ScheduleWithRuns[]>;
  putSchedule(schedule: NewSchedule): Promise<ScheduleWithRuns>;
  pauseSchedule(name: string, paused: boolean): Promise<void>;
  removeSchedule(name: string): Promise<void>;
  /** Lets a bot that a Defect stopped take tasks again. */
  resumeBot(bot: string): Promise<void>;
  /** What people's corrections taught, layout by layout, the newest first. */
  layouts(): Promise<readonly LayoutSummary[]>;
  /** Every version of every lesson of a layout; `unknown-layout`. */
  lessons(layout: string): Promise<readonly Lesson[]>;
  /** Takes a field's lesson out, so that the one before it counts again; `unknown-layout`, `unknown-lesson`. */
  revertLesson(layout: string, field: string): Promise<readonly Lesson[]>;
  /** How far readings are trusted here, and what an error budget comes to: the one in force where none is named. */
  trust(wrongPerThousand?: number): Promise<TrustReport>;
  /** Learns from every answer given so far; nothing is lost, `takeBackTrust` brings back what was before. */
  recalibrate(): Promise<TrustReport>;
  takeBackTrust(): Promise<TrustReport>;
  events(since: number, limit: number): Promise<readonly TaskEvent[]>;
  /** Bytes from the archive: a paper or a screenshot. */
  blob(sha256: string): Promise<Uint8Array>;
  /** The upright image (PNG or WebP) of a paper's page, in the proportions of the boxes read on it; `rotation` as read. */
  pageImage(sha256: string, page: number, rotation: number): Promise<Uint8Array>;
}
