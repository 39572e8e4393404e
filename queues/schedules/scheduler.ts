import {
  type BotCard,
  type Calendar,
  type CalendarStore,
  type Clock,
  type Dispatch,
  InvalidInput,
  type Logger,
  type Schedule,
  type ScheduleStore,
  type TaskStore,
} from '#core';
import { everySo } from '../rounds.ts';
import { decide, isPaused } from './decide.ts';
import { firstStarts } from './plan.ts';

export interface SchedulerOptions {
  readonly store: {
    readonly schedules: Pick<ScheduleStore, 'list' | 'decide'>;
    readonly calendars: Pick<CalendarStore, 'list'>;
    readonly tasks: Pick<TaskStore, 'get'>;
    now(): Promise<string>;
  };
  /** Those that can be started here. */
  readonly bots: readonly BotCard[];
  readonly dispatch: Pick<Dispatch, 'ticket'>;
  readonly everySeconds?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Scheduler {
  /** Starts what is due now; how many tasks it started. */
  startDue(): Promise<number>;
  stop(): Promise<void>;
}

/** Until when nothing of a schedule comes due, as long as neither it nor its calendar changes. */
interface Rest {
  readonly revision: number;
  readonly calendar: number | undefined;
  readonly until: string;
}

const NEVER = '9999-12-31T23:59:59.999Z';

/** The task of a due time is named by it: one due time is one task, whoever starts it and however often. */
export function scheduleKey(name: string, dueAt: string): string {
  return `schedule:${name}:${dueAt}`;
}

/**
 * Starts bots by their schedules. What a schedule comes to is a pure function of its row, its calendar and the
 * database's clock; tasks, what was left out, and the row's next state are written in one transaction that is refused
 * where the row has changed meanwhile. So of several schedulers one decides, and one that dies has decided or not.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { store, dispatch, everySeconds = 5, clock, log } = options;
  const bots = new Map(options.bots.map((bot) => [bot.name, bot]));
  const resting = new Map<string, Rest>();

  async function startDue(): Promise<number> {
    const schedules = await store.schedules.list();
    const calendars = schedules.some(({ calendar }) => calendar !== null) ? await store.calendars.list() : [];
    const now = await store.now();
    let started = 0;
    for (const schedule of schedules) {
      try {
        started += await startOne(schedule, calendarOf(schedule, calendars), now);
      } catch (error) {
        log.error({ error, schedule: schedule.name }, 'schedule not started');
      }
    }
    return started;
  }

  async function startOne(schedule: Schedule, calendar: Calendar | null, now: string): Promise<number> {
    const { name, revision, lastTask } = schedule;
    const rests = isPaused(schedule, now) || isResting(schedule, calendar, now);
    if (rests && schedule.waiting === null) return 0;
    const lastIsOpen = schedule.overlap !== 'allow' && (await isOpen(lastTask));
    if (rests && lastIsOpen) return 0;
    const decided = decide(schedule, { now, calendar, lastIsOpen });
    if (!decided) {
      rest(schedule, calendar);
      return 0;
    }
    const bot = bots.get(schedule.bot);
    if (!bot) throw new InvalidInput('unknown-bot', 'bot', `The schedule ${name} names a bot that is not here.`);
    const { input } = schedule;
    const starts = decided.starts.map((dueAt) => ({ dueAt, task: { bot, key: scheduleKey(name, dueAt), input } }));
    const written = await store.schedules.decide({ name, revision }, { ...decided, starts });
    if (!written) return 0;
    for (const { reason, count } of decided.leftOut) log.info({ schedule: name, reason, count }, 'starts left out');
    const created = written.filter((submitted) => submitted.created);
    for (const { task } of created) await dispatch.ticket(task.bot);
    return created.length;
  }

  async function isOpen(id: string | null): Promise<boolean> {
    const task = id === null ? undefined : await store.tasks.get(id);
    return task !== undefined && task.endedAt === null;
  }

  function isResting({ name, revision }: Schedule, calendar: Calendar | null, now: string): boolean {
    const known = resting.get(name);
    return known?.revision === revision && known.calendar === calendar?.version && now < known.until;
  }

  function rest(schedule: Schedule, calendar: Calendar | null): void {
    const { name, revision } = schedule;
    const [next] = firstStarts(schedule, calendar, 1);
    resting.set(name, { revision, calendar: calendar?.version, until: next?.startAt ?? NEVER });
  }

  const rounds = everySo(everySeconds, clock, log, startDue);
  return { startDue, stop: rounds.stop };
}

function calendarOf({ name, calendar }: Schedule, calendars: readonly Calendar[]): Calendar | null {
  if (calendar === null) return null;
  const found = calendars.find((one) => one.name === calendar);
  if (found) return found;
  throw new InvalidInput('unknown-calendar', 'calendar', `The schedule ${name} names a calendar that is not there.`);
}
