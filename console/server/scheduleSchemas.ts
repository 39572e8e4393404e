import { z } from 'zod';
import { list, task, values } from './schemas.ts';

/** What the API answers and takes about schedules and calendars, in the types of core. */

const missed = z.enum(['skip', 'once', 'all']);
const overlap = z.enum(['skip', 'allow', 'queue-one']);
const dayOff = z.enum(['skip', 'previous', 'next']);
const outside = z.enum(['wait', 'skip']);
const window = z.object({ from: z.string(), to: z.string() });

export const plannedStart = z.object({
  saidAt: z.string(),
  dueAt: z.string(),
  startAt: z.string(),
  shifts: list(
    z.object({
      why: z.enum(['day-off', 'window', 'clock-change', 'jitter', 'merged']),
      note: z.string().nullable(),
    }),
  ),
});

export const schedule = z.object({
  name: z.string(),
  bot: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  calendar: z.string().nullable(),
  workday: z.number().nullable(),
  dayOff,
  window: window.nullable(),
  outside,
  jitterSeconds: z.number(),
  input: values,
  missed,
  overlap,
  paused: z.boolean(),
  pausedUntil: z.string().nullable(),
  doneUntil: z.string(),
  throughDay: z.string().nullable(),
  waiting: z.string().nullable(),
  lastTask: z.string().nullable(),
  revision: z.number(),
  next: list(plannedStart),
  last: task.pick({ id: true, state: true, reason: true, receivedAt: true, endedAt: true }).nullable(),
  times: list(
    z.object({
      dueAt: z.string(),
      task: z.string().nullable(),
      reason: z.enum(['missed', 'overlap', 'paused', 'window']).nullable(),
      count: z.number(),
      decidedAt: z.string(),
    }),
  ),
  trouble: z.enum(['unknown-bot', 'unknown-calendar']).nullable(),
});

const specialDay = z.object({ day: z.string(), name: z.string(), works: z.boolean() });
export const calendar = z.object({
  name: z.string(),
  version: z.number(),
  workingDays: list(z.number()),
  specialDays: list(specialDay),
  at: z.string(),
});

export const scheduleBody = z.object({
  bot: z.string().min(1, 'Name the bot'),
  cron: z.string().min(1, 'Give a cron expression'),
  timeZone: z.string().min(1, 'Give a time zone'),
  input: values.optional(),
  missed: missed.optional(),
  overlap: overlap.optional(),
  calendar: z.string().min(1).nullable().optional(),
  workday: z.number().nullable().optional(),
  dayOff: dayOff.optional(),
  window: window.nullable().optional(),
  outside: outside.optional(),
  jitterSeconds: z.number().optional(),
});
export const pauseBody = z.object({ until: z.string().optional() }).nullish();
export const calendarBody = z.object({
  workingDays: list(z.number()).optional(),
  specialDays: list(specialDay.extend({ name: z.string().max(200) })).optional(),
  file: z
    .string()
    .max(2 * 1024 * 1024)
    .optional(),
});
