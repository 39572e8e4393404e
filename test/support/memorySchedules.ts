import {
  type Calendar,
  type DecidedTime,
  InvalidInput,
  PLAIN_TIMING,
  type Schedule,
  type ScheduleDesk,
  type ScheduleWithRuns,
  type Task,
} from '#core';
import { checkTiming, editedCalendar, isPaused, nextStarts, scheduleKey } from '#queues';

export interface MemorySchedules {
  readonly schedules: ScheduleDesk;
  /** What a scheduler would have found: the schedule's last task, and what became of its due times. */
  decided(name: string, lastTask: string | null, times: readonly DecidedTime[]): void;
}

interface Surroundings {
  isBot(name: string): boolean;
  task(id: string): Task | undefined;
  start(schedule: Schedule, key: string): Task;
}

/** Schedules and calendars of an office kept in memory. Nothing comes due in it. */
export function memorySchedules({ isBot, task, start }: Surroundings): MemorySchedules {
  const schedules = new Map<string, Schedule>();
  const calendars = new Map<string, readonly Calendar[]>();
  const decisions = new Map<string, readonly DecidedTime[]>();
  const now = () => new Date().toISOString();
  const scheduleCalled = (name: string) => schedules.get(name) ?? unknown('schedule');
  const change = (name: string, fields: Partial<Schedule>) =>
    void schedules.set(name, { ...scheduleCalled(name), ...fields });
  const calendarOf = ({ calendar }: Pick<Schedule, 'calendar'>) =>
    calendar === null ? null : (calendars.get(calendar)?.[0] ?? unknown('calendar'));

  function view(schedule: Schedule): ScheduleWithRuns {
    const paused = isPaused(schedule, now());
    const rests = paused && schedule.pausedUntil === null;
    const last = schedule.lastTask === null ? undefined : task(schedule.lastTask);
    return {
      ...schedule,
      paused,
      next: rests ? [] : nextStarts(schedule, calendarOf(schedule), 5, schedule.pausedUntil ?? now()),
      last: last ?? null,
      times: decisions.get(schedule.name) ?? [],
      trouble: null,
    };
  }

  return {
    decided: (name, lastTask, times) => {
      change(name, { lastTask });
      decisions.set(name, times);
    },
    schedules: {
      schedules: async () => [...schedules.values()].map(view),
      async putSchedule(wanted) {
        if (!isBot(wanted.bot)) unknown('bot');
        const before = schedules.get(wanted.name);
        const schedule: Schedule = {
          input: {},
          missed: 'once',
          overlap: 'skip',
          ...PLAIN_TIMING,
          ...wanted,
          paused: before?.paused ?? false,
          pausedUntil: before?.pausedUntil ?? null,
          doneUntil: before?.doneUntil ?? now(),
          throughDay: null,
          waiting: null,
          lastTask: before?.lastTask ?? null,
          revision: (before?.revision ?? -1) + 1,
        };
        checkTiming(schedule);
        calendarOf(schedule);
        schedules.set(wanted.name, schedule);
        return view(schedule);
      },
      async nextStarts(name, count) {
        const schedule = scheduleCalled(name);
        return nextStarts(schedule, calendarOf(schedule), count, now());
      },
      async pauseSchedule(name, until) {
        scheduleCalled(name);
        if (until !== undefined && Number.isNaN(Date.parse(until))) {
          throw new InvalidInput('invalid-time', 'until', 'This is no time.');
        }
        change(name, { paused: true, pausedUntil: until === undefined ? null : new Date(until).toISOString() });
      },
      async resumeSchedule(name) {
        change(name, { paused: false, pausedUntil: null });
      },
      async startSchedule(name) {
        const schedule = scheduleCalled(name);
        const last = schedule.lastTask === null ? undefined : task(schedule.lastTask);
        if (schedule.overlap !== 'allow' && last && last.endedAt === null) {
          throw new InvalidInput('still-running', 'schedule', 'Its last task has not ended.');
        }
        const at = now();
        const started = start(schedule, scheduleKey(name, at));
        change(name, { lastTask: started.id });
        const time = { dueAt: at, task: started.id, reason: null, count: 1, decidedAt: at };
        decisions.set(name, [time, ...(decisions.get(name) ?? [])]);
        return started;
      },
      async removeSchedule(name) {
        schedules.delete(scheduleCalled(name).name);
      },

      calendars: async () => [...calendars.values()].flatMap((versions) => versions.slice(0, 1)),
      calendar: async (name) => calendars.get(name) ?? unknown('calendar'),
      async putCalendar(wanted) {
        const versions = calendars.get(wanted.name) ?? [];
        const edited = editedCalendar(wanted, versions[0]);
        const next = { ...edited, version: versions.length + 1, at: now() };
        const same =
          versions[0] && JSON.stringify({ ...next, ...edited }) === JSON.stringify({ ...next, ...pick(versions[0]) });
        if (versions[0] && same) return versions[0];
        calendars.set(wanted.name, [next, ...versions]);
        return next;
      },
      async removeCalendar(name) {
        if ([...schedules.values()].some(({ calendar }) => calendar === name)) {
          throw new InvalidInput('calendar-in-use', 'calendar', 'A schedule keeps it.');
        }
        if (!calendars.delete(name)) unknown('calendar');
      },
    },
  };
}

function pick({ name, workingDays, specialDays }: Calendar) {
  return { name, workingDays, specialDays };
}

function unknown(what: 'schedule' | 'calendar' | 'bot'): never {
  throw new InvalidInput(`unknown-${what}`, what, `There is no ${what} of this name.`);
}
