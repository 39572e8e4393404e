import type { NewTask, Submitted } from './store.ts';
import type { Task } from './task.ts';

/** What happens with due times that passed while nobody was there to start them. */
export type MissedPolicy = 'skip' | 'once' | 'all';
/** What happens to a due time while the schedule's last task has not ended; `queue-one` keeps one waiting for its end. */
export type OverlapPolicy = 'skip' | 'allow' | 'queue-one';
/** Where a due time goes that falls on a day off. */
export type DayOffPolicy = 'skip' | 'previous' | 'next';
/** What happens to a due time outside the window: it waits for the window to open, or is left out. */
export type OutsidePolicy = 'wait' | 'skip';

/** Local times as `07:00`; from the first up to, not including, the second. `22:00` to `06:00` spans midnight. */
export interface StartWindow {
  readonly from: string;
  readonly to: string;
}

/** When a schedule comes due. */
export interface Timing {
  /** Five or six cron fields. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Name of the business calendar it keeps; null works every day. */
  readonly calendar: string | null;
  /** Only on that working day of the month: 1 is the first, -1 the last; null is any. Needs a calendar. */
  readonly workday: number | null;
  readonly dayOff: DayOffPolicy;
  readonly window: StartWindow | null;
  readonly outside: OutsidePolicy;
  /** Starts are spread over so many seconds after their due time. */
  readonly jitterSeconds: number;
}

/** Every time its cron expression says, and then at once. */
export const PLAIN_TIMING = {
  calendar: null,
  workday: null,
  dayOff: 'skip',
  window: null,
  outside: 'wait',
  jitterSeconds: 0,
} as const satisfies Omit<Timing, 'cron' | 'timeZone'>;

export interface Schedule extends Timing {
  readonly name: string;
  readonly bot: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly missed: MissedPolicy;
  readonly overlap: OverlapPolicy;
  readonly paused: boolean;
  /** ISO time at which a pause ends by itself; null is until somebody resumes it. */
  readonly pausedUntil: string | null;
  /** Due times up to here are decided. */
  readonly doneUntil: string;
  /** The last day of the cron expression's that was decided, `2026-12-24`: no change of a calendar makes it due again. */
  readonly throughDay: string | null;
  /** The due time that waits for the last task to end. */
  readonly waiting: string | null;
  readonly lastTask: string | null;
  /** Counts up with every change: whoever decides on an older one is refused. */
  readonly revision: number;
}

/** Why a due time led to no start. */
export type LeftOutReason = 'missed' | 'overlap' | 'paused' | 'window';

/** What became of a due time, or of several in a row that were left out for one reason. */
export interface DecidedTime {
  /** The last one of them. */
  readonly dueAt: string;
  /** Id of the task it started; null where it was left out. */
  readonly task: string | null;
  readonly reason: LeftOutReason | null;
  /** How many due times it stands for. */
  readonly count: number;
  readonly decidedAt: string;
}

/** What a scheduler found to do. Written in one transaction: all of it happened, or none. */
export interface ScheduleDecision extends Pick<Schedule, 'doneUntil' | 'throughDay' | 'waiting'> {
  readonly starts: readonly { readonly dueAt: string; readonly task: NewTask }[];
  readonly leftOut: readonly { readonly dueAt: string; readonly reason: LeftOutReason; readonly count: number }[];
}

export type SchedulePut = Timing & Pick<Schedule, 'name' | 'bot' | 'input' | 'missed' | 'overlap'>;

export interface ScheduleStore {
  /** New, or changed where the name is there. A changed timing counts from now on; else what was decided stays so. */
  put(schedule: SchedulePut): Promise<Schedule>;
  list(): Promise<readonly Schedule[]>;
  get(name: string): Promise<Schedule | undefined>;
  remove(name: string): Promise<boolean>;
  /** Starts nothing until that ISO time, or until resumed where it is null; what waits is dropped. */
  pause(name: string, until: string | null): Promise<boolean>;
  /** Due times that passed meanwhile are not made up for. */
  resume(name: string): Promise<boolean>;
  /** Undefined, and nothing written, when the schedule has changed since it was read: another scheduler was faster. */
  decide(
    schedule: Pick<Schedule, 'name' | 'revision'>,
    decision: ScheduleDecision,
  ): Promise<readonly Submitted[] | undefined>;
  /** The newest first; some hundred are kept. */
  times(name: string, limit: number): Promise<readonly DecidedTime[]>;
}

/** A day unlike the others of its week. */
export interface SpecialDay {
  /** `2026-12-25`, or `*-12-25` for every year. */
  readonly day: string;
  readonly name: string;
  /** True where it is worked although its weekday is not. */
  readonly works: boolean;
}

/** Which days are worked. Never changed in place: an edit makes the next version, and the newest counts. */
export interface Calendar {
  readonly name: string;
  readonly version: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly workingDays: readonly number[];
  readonly specialDays: readonly SpecialDay[];
  readonly at: string;
}

export interface CalendarStore {
  /** The next version; the one that is there where nothing differs. */
  put(calendar: Pick<Calendar, 'name' | 'workingDays' | 'specialDays'>): Promise<Calendar>;
  /** The newest version of each. */
  list(): Promise<readonly Calendar[]>;
  /** Every version of one, the newest first. */
  versions(name: string): Promise<readonly Calendar[]>;
  /** All its versions. `in-use` while a schedule keeps it. */
  remove(name: string): Promise<'removed' | 'in-use' | 'unknown'>;
}

/** Why a start is not when the cron expression says. */
export interface Shift {
  readonly why: 'day-off' | 'window' | 'clock-change' | 'jitter' | 'merged';
  /** Name of the holiday or weekday of a `day-off`. */
  readonly note: string | null;
}

/** A start to come. */
export interface PlannedStart {
  /** What the cron expression says; the first where several fell together. */
  readonly saidAt: string;
  /** After calendar and window: what names the start. */
  readonly dueAt: string;
  /** After jitter: when it is started. */
  readonly startAt: string;
  readonly shifts: readonly Shift[];
}

/** How the last task of a schedule stands. */
export type LastRun = Pick<Task, 'id' | 'state' | 'reason' | 'receivedAt' | 'endedAt'>;
