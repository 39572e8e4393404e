import { expect, it, vi } from 'vitest';
import { type Schedule, silentLogger, type Task } from '#core';
import { type SchedulerOptions, scheduleKey, startScheduler } from '#queues';
import { ManualClock } from '../support/clocks.ts';

const HOURLY: Schedule = {
  name: 'mailbox',
  bot: 'supplier-invoice',
  cron: '0 * * * *',
  timeZone: 'UTC',
  input: {},
  missed: 'once',
  overlap: 'allow',
  paused: false,
  doneUntil: '2026-03-31T08:30:00.000Z',
  lastTask: null,
};

/** A scheduler on one schedule, with what the store holds of it in a variable. */
async function scheduling(changes: Partial<Schedule>, now: string) {
  const clock = new ManualClock(now);
  let kept: Schedule = { ...HOURLY, ...changes };
  const tasks = new Map<string, Task>();
  const submit = vi.fn<SchedulerOptions['submit']>(async (schedule, dueAt) => {
    const id = scheduleKey(schedule.name, dueAt);
    const task = { id, endedAt: null } as Task;
    if (!tasks.has(id)) tasks.set(id, task);
    return task;
  });
  const store = {
    now: async () => new Date(clock.now()).toISOString(),
    tasks: { get: async (id: string) => tasks.get(id) },
    schedules: {
      list: async () => [kept],
      advance: async (_name: string, from: string, to: string, lastTask: string | null) => {
        if (kept.doneUntil !== from) return false;
        kept = { ...kept, doneUntil: to, lastTask };
        return true;
      },
    },
  };
  const scheduler = startScheduler({ store, submit, everySeconds: 5, clock, log: silentLogger });
  const started = () => submit.mock.calls.map(([, dueAt]) => dueAt);
  return { clock, scheduler, started, tasks, kept: () => kept };
}

it('starts a bot once per due time, on time', async () => {
  const { clock, started, tasks, kept } = await scheduling({}, '2026-03-31T08:59:00.000Z');
  await clock.pass(3 * 3_600_000);
  expect(started()).toEqual(['2026-03-31T09:00:00.000Z', '2026-03-31T10:00:00.000Z', '2026-03-31T11:00:00.000Z']);
  expect(tasks.size).toBe(3);
  expect(kept()).toMatchObject({
    doneUntil: '2026-03-31T11:00:00.000Z',
    lastTask: 'schedule:mailbox:2026-03-31T11:00:00.000Z',
  });
});

it.each([
  ['skip', []],
  ['once', ['2026-03-31T11:00:00.000Z']],
  ['all', ['2026-03-31T09:00:00.000Z', '2026-03-31T10:00:00.000Z', '2026-03-31T11:00:00.000Z']],
] as const)('makes up for missed starts by the policy %s', async (missed, expected) => {
  const { clock, scheduler, started, kept } = await scheduling({ missed }, '2026-03-31T11:30:00.000Z');
  await clock.pass(1000);
  await scheduler.stop();
  expect(started()).toEqual(expected);
  expect(kept().doneUntil).toBe('2026-03-31T11:00:00.000Z');
});

it('starts what is on time besides what was missed only under the policy all', async () => {
  const { clock, scheduler, started } = await scheduling({ missed: 'once' }, '2026-03-31T11:00:05.000Z');
  await clock.pass(1000);
  await scheduler.stop();
  expect(started()).toEqual(['2026-03-31T11:00:00.000Z']);
});

it('leaves a start out while the last task has not ended, where overlap is to be skipped', async () => {
  const { clock, started, tasks } = await scheduling({ overlap: 'skip' }, '2026-03-31T08:59:00.000Z');
  await clock.pass(2 * 3_600_000);
  expect(started()).toEqual(['2026-03-31T09:00:00.000Z']);
  const id = 'schedule:mailbox:2026-03-31T09:00:00.000Z';
  tasks.set(id, { ...tasks.get(id)!, endedAt: '2026-03-31T10:30:00.000Z' });
  await clock.pass(3_600_000);
  expect(started()).toEqual(['2026-03-31T09:00:00.000Z', '2026-03-31T11:00:00.000Z']);
});

it('starts nothing while paused and makes nothing up when it goes on', async () => {
  const { clock, scheduler, started, kept } = await scheduling(
    { paused: true, missed: 'all' },
    '2026-03-31T11:30:00.000Z',
  );
  await clock.pass(1000);
  await scheduler.stop();
  expect(started()).toEqual([]);
  expect(kept().doneUntil).toBe('2026-03-31T11:00:00.000Z');
});

it('submits one task for a due time that two schedulers start', async () => {
  const { clock, scheduler, started, tasks, kept } = await scheduling({}, '2026-03-31T09:00:01.000Z');
  await Promise.all([scheduler.startDue(), scheduler.startDue()]);
  await clock.pass(1000);
  expect(started().length).toBeGreaterThan(1);
  expect(tasks.size).toBe(1);
  expect(kept().doneUntil).toBe('2026-03-31T09:00:00.000Z');
});

it('goes on with the others when one cannot be started', async () => {
  const { clock, started } = await scheduling({ cron: 'nonsense' }, '2026-03-31T09:00:01.000Z');
  await clock.pass(20_000);
  expect(started()).toEqual([]);
});
