import type { AccessEvent, ApplicationInfo } from './access.ts';
import type { TaskAbout, TaskErasure } from './erasure.ts';
import type { LayoutSummary, Lesson } from './memory.ts';
import type {
  Calendar,
  DecidedTime,
  LastRun,
  MissedPolicy,
  OverlapPolicy,
  PlannedStart,
  Schedule,
  SpecialDay,
  Timing,
} from './schedules.ts';
import type { ListedTask, StoryNow } from './standing.ts';
import type { Counts, HaltedBot, Mended, TaskFilter } from './store.ts';
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
  /** What was amiss and was set right in the last seven days, the newest first. */
  readonly mended: readonly Mended[];
}

export type AnswerOutcome =
  | { readonly outcome: 'stored' }
  /** Another person holds or has answered it. */
  | { readonly outcome: 'taken' }
  /** Fields that do not fit the form, or rules that fail; the latter may be overruled. Nothing was stored. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[]; readonly mayOverrule: boolean };

export interface ScheduleWithRuns extends Schedule {
  /** The next ones, also of a paused one: what comes when it goes on now. */
  readonly next: readonly PlannedStart[];
  readonly last: LastRun | null;
  /** The newest decisions that started nothing or something, newest first. */
  readonly times: readonly DecidedTime[];
  /** Why it cannot start: its bot or its calendar is not there. */
  readonly trouble: 'unknown-bot' | 'unknown-calendar' | null;
}

/** Where absent: every day, at any time, without jitter, catching up once, not while the last task is open. */
export type NewSchedule = Pick<Schedule, 'name' | 'bot' | 'cron' | 'timeZone'> &
  Partial<Omit<Timing, 'cron' | 'timeZone'>> & {
    readonly input?: Readonly<Record<string, unknown>>;
    readonly missed?: MissedPolicy;
    readonly overlap?: OverlapPolicy;
  };

export interface NewCalendar {
  readonly name: string;
  /** 1 is Monday, 7 is Sunday; what the calendar had where absent, Monday to Friday for a new one. */
  readonly workingDays?: readonly number[];
  /** Instead of those it had. */
  readonly specialDays?: readonly SpecialDay[];
  /** Text of a file of special days in place of `specialDays`: iCalendar, or a day and its name on each line. */
  readonly file?: string;
}

/**
 * Everything a person or a program can ask of a Rekey installation. The HTTP API speaks it, the command line speaks it,
 * against a running instance or the store itself: two implementations, one conformance suite.
 * Requests that name something unknown reject with InvalidInput (`unknown-task`, `unknown-bot`, `unknown-schedule`, `unknown-question`).
 */
export interface Office {
  submit(order: Order): Promise<OrderReceipt>;
  overview(): Promise<Overview>;
  tasks(filter: TaskFilter): Promise<readonly ListedTask[]>;
  task(id: string): Promise<StoryNow>;
  /** Ended and open tasks that speak of whoever is looked for; `text-too-short` below three letters or digits. */
  tasksAbout(text: string): Promise<readonly TaskAbout[]>;
  /**
   * Erases those of these tasks that have ended and are not held, and their files; ends erasures that were cut off, too.
   * There is no way back.
   */
  eraseTasks(tasks: readonly string[], person: string): Promise<readonly TaskErasure[]>;
  /** Keeps a task from being erased, open ones too; `hold-without-reason`, `already-erased`. */
  holdTask(task: string, why: string, person: string): Promise<void>;
  /** `task-not-held`. */
  releaseTask(task: string, person: string): Promise<void>;
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
  /** What comes when, and why not when the cron expression says: at most 1,000 starts. */
  nextStarts(name: string, count: number): Promise<readonly PlannedStart[]>;
  /** Until that ISO time, or until resumed. */
  pauseSchedule(name: string, until?: string): Promise<void>;
  /** What came due meanwhile is not made up for. */
  resumeSchedule(name: string): Promise<void>;
  /** Starts it now, whatever its times; `still-running` while its last task is open, unless it lets tasks overlap. */
  startSchedule(name: string): Promise<Task>;
  removeSchedule(name: string): Promise<void>;
  calendars(): Promise<readonly Calendar[]>;
  /** Every version of it, the newest first; `unknown-calendar`. */
  calendar(name: string): Promise<readonly Calendar[]>;
  /** The next version; what it changes counts for due times still to come. */
  putCalendar(calendar: NewCalendar): Promise<Calendar>;
  /** `calendar-in-use` while a schedule keeps it. */
  removeCalendar(name: string): Promise<void>;
  /** Lets a bot that a Defect stopped take tasks again. */
  resumeBot(bot: string): Promise<void>;
  /** What is known of the applications that bots used: whether bots may work there, why not, and since when. */
  applications(): Promise<readonly ApplicationInfo[]>;
  /** What people may have to know of applications and accounts, the newest first; at most `limit`. */
  applicationEvents(limit: number): Promise<readonly AccessEvent[]>;
  /** Lets bots sign in again with an account that is held, or all of the application's; `not-held`. */
  releaseAccount(application: string, account: string | undefined, person: string): Promise<void>;
  /** Takes an account out of use until a person releases it; `unknown-account`. */
  holdAccount(application: string, account: string, person: string): Promise<void>;
  /** Has an application that is out of order looked at now; `not-parked`. */
  lookAtApplication(application: string, person: string): Promise<void>;
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

/** Schedules and the calendars they keep, as an office shows and changes them. */
export type ScheduleDesk = Pick<
  Office,
  | 'schedules'
  | 'putSchedule'
  | 'nextStarts'
  | 'pauseSchedule'
  | 'resumeSchedule'
  | 'startSchedule'
  | 'removeSchedule'
  | 'calendars'
  | 'calendar'
  | 'putCalendar'
  | 'removeCalendar'
>;
