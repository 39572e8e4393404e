import type { Clock, Logger, Schedule, ScheduleStore, Task, TaskStore } from '#core';
import { dueTimes } from './cron.ts';
import { everySo } from './rounds.ts';

export interface SchedulerOptions {
  readonly store: {
    readonly schedules: Pick<ScheduleStore, 'list' | 'advance'>;
    readonly tasks: Pick<TaskStore, 'get'>;
    now(): Promise<string>;
  };
  /** Submits the schedule's task under `scheduleKey`, so that one due time is one task whoever starts it. */
  readonly submit: (schedule: Schedule, dueAt: string) => Promise<Task>;
  readonly everySeconds?: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Scheduler {
  /** Starts what is due now; how many tasks it started. */
  startDue(): Promise<number>;
  stop(): Promise<void>;
}

/** A start no later than that is on time; later it was missed, and the schedule's policy decides. */
const ON_TIME_SECONDS = 60;

export function scheduleKey(name: string, dueAt: string): string {
  return `schedule:${name}:${dueAt}`;
}

/**
 * Starts bots by their schedules. A due time is submitted first and ticked off after: a crash in between submits the
 * same key again, which is the same task. Time is the database's, so several schedulers agree and one wins each tick.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { store, submit, everySeconds = 5, clock, log } = options;

  async function startDue(): Promise<number> {
    const now = await store.now();
    let started = 0;
    for (const schedule of await store.schedules.list()) {
      try {
        started += await startOne(schedule, now);
      } catch (error) {
        log.error({ error, schedule: schedule.name }, 'schedule not started');
      }
    }
    return started;
  }

  async function startOne(schedule: Schedule, now: string): Promise<number> {
    const due = dueTimes(schedule, schedule.doneUntil, now);
    const last = due.at(-1);
    if (last === undefined) return 0;
    let { lastTask } = schedule;
    let started = 0;
    for (const dueAt of wanted(schedule, due, now)) {
      if (schedule.overlap === 'skip' && (await isOpen(lastTask))) continue;
      lastTask = (await submit(schedule, dueAt)).id;
      started++;
    }
    await store.schedules.advance(schedule.name, schedule.doneUntil, last, lastTask);
    if (started < due.length) log.info({ schedule: schedule.name, due: due.length, started }, 'starts left out');
    return started;
  }

  async function isOpen(id: string | null): Promise<boolean> {
    const task = id === null ? undefined : await store.tasks.get(id);
    return task !== undefined && task.endedAt === null;
  }

  const rounds = everySo(everySeconds, clock, log, startDue);
  return { startDue, stop: rounds.stop };
}

/** Due times to start, by the policy for missed ones. While paused nothing is due, and nothing is made up for later. */
function wanted(
  { missed, paused }: Pick<Schedule, 'missed' | 'paused'>,
  due: readonly string[],
  now: string,
): readonly string[] {
  if (paused) return [];
  const onTime = due.filter((time) => Date.parse(time) >= Date.parse(now) - ON_TIME_SECONDS * 1000);
  switch (missed) {
    case 'all':
      return due;
    case 'skip':
      return onTime;
    case 'once':
      return onTime.length > 0 ? onTime : due.slice(-1);
  }
}
