import { expect, it, vi } from 'vitest';
import { type Calendar, type Schedule, type ScheduleDecision, type Submitted, silentLogger, type Task } from '#core';
import { scheduleKey, startScheduler } from '#queues';
import { ManualClock } from '../support/clocks.ts';
import { aSchedule } from '../support/schedules.ts';

const BOT = { name: 'supplier-invoice', version: '1', promiseSeconds: 3600, skill: 'accounts-payable' };
const HOUR = 3_600_000;
const OFFICE: Calendar = {
  name: 'office',
  version: 1,
  workingDays: [1, 2, 3, 4, 5],
  specialDays: [{ day: '2026-04-03', name: 'Good Friday', works: false }],
  at: '2026-01-01T00:00:00.000Z',
};

/** A scheduler on one schedule, with what the store holds of it in a variable. */
async function scheduling(changes: Partial<Schedule>, now: string, everySeconds = 5) {
  const clock = new ManualClock(now);
  let kept: Schedule = aSchedule(changes);
  const tasks = new Map<string, Task>();
  const leftOut: ScheduleDecision['leftOut'][number][] = [];
  const started: string[] = [];
  const ticket = vi.fn(async () => undefined);
  const store = {
    now: async () => new Date(clock.now()).toISOString(),
    tasks: { get: async (id: string) => tasks.get(id) },
    calendars: { list: async () => [OFFICE] },
    schedules: {
      list: async () => [kept],
      async decide({ revision }: Pick<Schedule, 'revision'>, decision: ScheduleDecision) {
        if (kept.revision !== revision) return undefined;
        const { starts, leftOut: left, ...rest } = decision;
        leftOut.push(...left);
        const submitted = starts.map(({ dueAt, task: { key } }): Submitted => {
          started.push(dueAt);
          const created = !tasks.has(key);
          const task = tasks.get(key) ?? ({ id: key, bot: kept.bot, endedAt: null } as Task);
          tasks.set(key, task);
          return { task, created };
        });
        const lastTask = submitted.at(-1)?.task.id ?? kept.lastTask;
        kept = { ...kept, ...rest, lastTask, revision: revision + 1 };
        return submitted;
      },
    },
  };
  const dispatch = { ticket };
  const scheduler = startScheduler({ store, bots: [BOT], dispatch, everySeconds, clock, log: silentLogger });
  const end = (dueAt: string) => {
    const id = scheduleKey(kept.name, dueAt);
    tasks.set(id, { ...tasks.get(id)!, endedAt: new Date(clock.now()).toISOString() });
  };
  const change = (fields: Partial<Schedule>) => {
    kept = { ...kept, ...fields, revision: kept.revision + 1 };
  };
  return { clock, scheduler, started, tasks, leftOut, ticket, end, change, kept: () => kept };
}

it('starts a bot once per due time, on time, and gives its lane a ticket', async () => {
  const { clock, started, tasks, ticket, kept } = await scheduling({}, '2026-03-31T08:59:00.000Z');
  await clock.pass(3 * HOUR);
  expect(started).toEqual(['2026-03-31T09:00:00.000Z', '2026-03-31T10:00:00.000Z', '2026-03-31T11:00:00.000Z']);
  expect(tasks.size).toBe(3);
  expect(ticket.mock.calls).toEqual([['supplier-invoice'], ['supplier-invoice'], ['supplier-invoice']]);
  expect(kept()).toMatchObject({
    doneUntil: '2026-03-31T11:00:00.000Z',
    lastTask: 'schedule:mailbox:2026-03-31T11:00:00.000Z',
  });
});

it.each([
  ['skip', [], 3],
  ['once', ['2026-03-31T11:00:00.000Z'], 2],
  ['all', ['2026-03-31T09:00:00.000Z', '2026-03-31T10:00:00.000Z', '2026-03-31T11:00:00.000Z'], 0],
] as const)('makes up for missed starts by the policy %s', async (missed, expected, left) => {
  const { clock, scheduler, started, leftOut, kept } = await scheduling({ missed }, '2026-03-31T11:30:00.000Z');
  await clock.pass(1000);
  await scheduler.stop();
  expect(started).toEqual(expected);
  expect(leftOut.map(({ reason, count }) => [reason, count])).toEqual(left > 0 ? [['missed', left]] : []);
  expect(kept().doneUntil).toBe('2026-03-31T11:00:00.000Z');
});

it('starts what is on time besides what was missed only under the policy all', async () => {
  const { clock, scheduler, started } = await scheduling({ missed: 'once' }, '2026-03-31T11:00:05.000Z');
  await clock.pass(1000);
  await scheduler.stop();
  expect(started).toEqual(['2026-03-31T11:00:00.000Z']);
});

it('makes thousands of missed starts in portions, each once', async () => {
  const timing = { cron: '* * * * *', missed: 'all', doneUntil: '2026-03-31T00:00:00.000Z' } as const;
  const { clock, started } = await scheduling(timing, '2026-03-31T10:00:00.000Z');
  await clock.pass(30_000);
  expect(new Set(started).size).toBe(600);
  expect(started).toHaveLength(600);
});

it('leaves a start out while the last task has not ended, where overlap is to be skipped', async () => {
  const { clock, started, end, leftOut } = await scheduling({ overlap: 'skip' }, '2026-03-31T08:59:00.000Z');
  await clock.pass(2 * HOUR);
  expect(started).toEqual(['2026-03-31T09:00:00.000Z']);
  expect(leftOut).toEqual([{ dueAt: '2026-03-31T10:00:00.000Z', reason: 'overlap', count: 1 }]);
  end('2026-03-31T09:00:00.000Z');
  await clock.pass(HOUR);
  expect(started).toEqual(['2026-03-31T09:00:00.000Z', '2026-03-31T11:00:00.000Z']);
});

it('keeps one start waiting for the end of the last task, where overlap is to be queued', async () => {
  const { clock, started, end, leftOut, kept } = await scheduling({ overlap: 'queue-one' }, '2026-03-31T08:59:00.000Z');
  await clock.pass(3 * HOUR);
  expect(started).toEqual(['2026-03-31T09:00:00.000Z']);
  expect(kept().waiting).toBe('2026-03-31T10:00:00.000Z');
  expect(leftOut).toEqual([{ dueAt: '2026-03-31T11:00:00.000Z', reason: 'overlap', count: 1 }]);
  end('2026-03-31T09:00:00.000Z');
  await clock.pass(10_000);
  expect(started).toEqual(['2026-03-31T09:00:00.000Z', '2026-03-31T10:00:00.000Z']);
  expect(kept().waiting).toBeNull();
});

it('starts nothing while paused', async () => {
  const { clock, scheduler, started, kept } = await scheduling(
    { paused: true, missed: 'all' },
    '2026-03-31T11:30:00.000Z',
  );
  await clock.pass(2 * HOUR);
  await scheduler.stop();
  expect(started).toEqual([]);
  expect(kept().revision).toBe(0);
});

it('goes on by itself when a pause ends, and makes nothing up', async () => {
  const pause = { paused: true, pausedUntil: '2026-03-31T11:30:00.000Z', missed: 'all' } as const;
  const { clock, started, leftOut } = await scheduling(pause, '2026-03-31T08:59:00.000Z');
  await clock.pass(3 * HOUR + 70_000);
  expect(started).toEqual(['2026-03-31T12:00:00.000Z']);
  expect(leftOut).toEqual([{ dueAt: '2026-03-31T11:00:00.000Z', reason: 'paused', count: 3 }]);
});

it('holds what was missed until the window opens, or leaves it out', async () => {
  const missed = { cron: '0 9 * * *', window: { from: '07:00', to: '18:00' } } as const;
  const waits = await scheduling(missed, '2026-03-31T22:00:00.000Z', 60);
  await waits.clock.pass(9 * HOUR - 60_000);
  expect(waits.started).toEqual([]);
  await waits.clock.pass(70_000);
  expect(waits.started).toEqual(['2026-03-31T09:00:00.000Z']);
  const skips = await scheduling({ ...missed, outside: 'skip' }, '2026-03-31T22:00:00.000Z', 60);
  await skips.clock.pass(10 * HOUR);
  expect(skips.started).toEqual([]);
  expect(skips.leftOut).toEqual([{ dueAt: '2026-03-31T09:00:00.000Z', reason: 'window', count: 1 }]);
});

it('holds what was missed over days off', async () => {
  const missed = { cron: '0 9 * * *', calendar: 'office', doneUntil: '2026-04-01T12:00:00.000Z' };
  const { clock, started } = await scheduling(missed, '2026-04-03T08:00:00.000Z', 300);
  await clock.pass(48 * HOUR);
  expect(started).toEqual([]);
  await clock.pass(17 * HOUR);
  expect(started).toEqual(['2026-04-02T09:00:00.000Z']);
});

it('starts what came due in the last seconds of the window, even if it looks right after', async () => {
  const late = { cron: '59 17 * * *', window: { from: '07:00', to: '18:00' } } as const;
  const { clock, started } = await scheduling(late, '2026-03-31T17:59:58.000Z');
  await clock.pass(8_000);
  expect(started).toEqual(['2026-03-31T17:59:00.000Z']);
});

it('decides once where two look at the same time', async () => {
  const { clock, scheduler, started, tasks, kept } = await scheduling({}, '2026-03-31T09:00:01.000Z');
  await Promise.all([scheduler.startDue(), scheduler.startDue()]);
  await clock.pass(1000);
  expect(started).toEqual(['2026-03-31T09:00:00.000Z']);
  expect(tasks.size).toBe(1);
  expect(kept().doneUntil).toBe('2026-03-31T09:00:00.000Z');
});

it('heeds a change at once', async () => {
  const { clock, started, change } = await scheduling({ cron: '0 20 * * *' }, '2026-03-31T08:59:00.000Z');
  await clock.pass(60_000);
  change({ cron: '0 10 * * *' });
  await clock.pass(HOUR + 5_000);
  expect(started).toEqual(['2026-03-31T10:00:00.000Z']);
});

it.each([{ cron: 'nonsense' }, { bot: 'nobody' }, { calendar: 'none' }])(
  'tells of one that cannot be started: %j',
  async (changes) => {
    const { clock, started } = await scheduling(changes, '2026-03-31T09:00:01.000Z');
    await clock.pass(20_000);
    expect(started).toEqual([]);
  },
);
