import {
  type Calendar,
  InvalidInput,
  type NewSchedule,
  PLAIN_TIMING,
  type Schedule,
  type ScheduleDesk,
  type SchedulePut,
  type ScheduleWithRuns,
  type Store,
  type Task,
} from '#core';
import { checkTiming, editedCalendar, isPaused, nextStarts, scheduleKey } from '#queues';
import type { LocalOfficeOptions } from './localOffice.ts';

const NEXT_RUNS = 5;
const MOST_RUNS = 1000;
const SHOWN_TIMES = 10;
/** A scheduler may decide between our look and our start; it does not do so again and again. */
const START_TRIES = 5;

/** Schedules and the calendars they keep. */
export function schedulesIn(options: Pick<LocalOfficeOptions, 'store' | 'dispatch' | 'bots'>): ScheduleDesk {
  const { store, dispatch } = options;
  const botOf = (name: string) => options.bots.find(({ card }) => card.name === name);
  const scheduleNamed = async (name: string) => (await store.schedules.get(name)) ?? unknownSchedule(name);

  async function view(schedule: Schedule, calendars: readonly Calendar[], now: string): Promise<ScheduleWithRuns> {
    const calendar = calendars.find(({ name }) => name === schedule.calendar);
    const paused = isPaused(schedule, now);
    const pausedUntil = paused ? schedule.pausedUntil : null;
    const lost = schedule.calendar !== null && !calendar ? 'unknown-calendar' : null;
    const trouble = botOf(schedule.bot) ? lost : 'unknown-bot';
    const goesOn = pausedUntil ?? now;
    const never = trouble !== null || (paused && pausedUntil === null);
    const [last, times] = await Promise.all([
      schedule.lastTask === null ? undefined : store.tasks.get(schedule.lastTask),
      store.schedules.times(schedule.name, SHOWN_TIMES),
    ]);
    return {
      ...schedule,
      paused,
      pausedUntil,
      next: never ? [] : nextStarts(schedule, calendar ?? null, NEXT_RUNS, goesOn),
      last: last ? lastRunOf(last) : null,
      times,
      trouble,
    };
  }

  async function startNow(name: string): Promise<Task> {
    for (let tries = 0; tries < START_TRIES; tries++) {
      const schedule = await scheduleNamed(name);
      const { bot, input, doneUntil, throughDay, waiting, overlap, lastTask } = schedule;
      const card = botOf(bot)?.card ?? unknownBot(bot);
      const last = lastTask === null ? undefined : await store.tasks.get(lastTask);
      if (overlap !== 'allow' && last && last.endedAt === null) {
        throw new InvalidInput('still-running', 'schedule', `Its last task, ${last.id}, has not ended.`);
      }
      const dueAt = await store.now();
      const starts = [{ dueAt, task: { bot: card, key: scheduleKey(name, dueAt), input } }];
      const started = await store.schedules.decide(schedule, { doneUntil, throughDay, waiting, starts, leftOut: [] });
      if (started?.[0]) {
        await dispatch.ticket(bot);
        return started[0].task;
      }
    }
    throw new InvalidInput('schedule-changed', 'schedule', 'It changes all the time: try again.');
  }

  return {
    async schedules() {
      const [schedules, calendars, now] = await Promise.all([
        store.schedules.list(),
        store.calendars.list(),
        store.now(),
      ]);
      return Promise.all(schedules.map((schedule) => view(schedule, calendars, now)));
    },
    async putSchedule(wanted) {
      const bot = botOf(wanted.bot) ?? unknownBot(wanted.bot);
      const schedule = completed(wanted);
      const problem = bot.inputProblems(schedule.input)[0];
      if (problem) throw new InvalidInput('invalid-input', `input.${problem.fields.join('.')}`, problem.message);
      checkTiming(schedule);
      const calendars = await store.calendars.list();
      const { calendar } = schedule;
      if (calendar !== null && !calendars.some(({ name }) => name === calendar)) unknownCalendar(calendar);
      return view(await store.schedules.put(schedule), calendars, await store.now());
    },
    async nextStarts(name, count) {
      const schedule = await scheduleNamed(name);
      const calendar = schedule.calendar === null ? null : await newestOf(store, schedule.calendar);
      return nextStarts(schedule, calendar, Math.min(Math.max(count, 1), MOST_RUNS), await store.now());
    },
    async pauseSchedule(name, until) {
      if (!(await store.schedules.pause(name, until === undefined ? null : futureTime(until)))) unknownSchedule(name);
    },
    async resumeSchedule(name) {
      if (!(await store.schedules.resume(name))) unknownSchedule(name);
    },
    startSchedule: (name) => startNow(name),
    async removeSchedule(name) {
      if (!(await store.schedules.remove(name))) unknownSchedule(name);
    },

    calendars: () => store.calendars.list(),
    async calendar(name) {
      const versions = await store.calendars.versions(name);
      return versions.length > 0 ? versions : unknownCalendar(name);
    },
    async putCalendar(wanted) {
      const [before] = await store.calendars.versions(wanted.name);
      return store.calendars.put(editedCalendar(wanted, before));
    },
    async removeCalendar(name) {
      const removed = await store.calendars.remove(name);
      if (removed === 'unknown') unknownCalendar(name);
      if (removed === 'in-use') {
        throw new InvalidInput('calendar-in-use', 'calendar', 'A schedule keeps it: change or remove that first.');
      }
    },
  };
}

function completed(wanted: NewSchedule): SchedulePut {
  return {
    input: {},
    missed: 'once',
    overlap: 'skip',
    ...PLAIN_TIMING,
    ...wanted,
  };
}

function lastRunOf({ id, state, reason, receivedAt, endedAt }: Task) {
  return { id, state, reason, receivedAt, endedAt };
}

async function newestOf(store: Pick<Store, 'calendars'>, name: string): Promise<Calendar> {
  const [newest] = await store.calendars.versions(name);
  return newest ?? unknownCalendar(name);
}

function futureTime(until: string): string {
  const time = Date.parse(until);
  if (Number.isNaN(time)) {
    throw new InvalidInput('invalid-time', 'until', 'Give the end as an ISO time such as 2026-03-31T17:00:00Z.');
  }
  return new Date(time).toISOString();
}

function unknownSchedule(name: string): never {
  throw new InvalidInput('unknown-schedule', 'schedule', `There is no schedule "${name}".`);
}

function unknownCalendar(name: string): never {
  throw new InvalidInput('unknown-calendar', 'calendar', `There is no calendar "${name}".`);
}

function unknownBot(name: string): never {
  throw new InvalidInput('unknown-bot', 'bot', `There is no bot "${name}".`);
}
