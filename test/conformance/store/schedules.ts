import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { NewTask, ScheduleDecision } from '#core';
import type { OpenStore } from '#store';
import { aSchedule } from '../../support/schedules.ts';

const BOT = { name: 'supplier-invoice', version: '1', promiseSeconds: 3600, skill: 'accounts-payable' };

export function schedules(store: () => OpenStore): void {
  const schedule = (changes: Parameters<typeof aSchedule>[0] = {}) => {
    const { paused, pausedUntil, doneUntil, throughDay, waiting, lastTask, revision, ...put } = aSchedule({
      name: randomUUID(),
      input: { mailbox: 'invoices' },
      ...changes,
    });
    return put;
  };
  const found = async (name: string) => (await store().schedules.get(name))!;
  const task = (key: string): NewTask => ({ bot: BOT, key, input: { mailbox: 'invoices' } });
  const decision = (changes: Partial<ScheduleDecision> = {}): ScheduleDecision => ({
    doneUntil: '2031-01-01T06:00:00.000Z',
    throughDay: '2031-01-01',
    waiting: null,
    starts: [],
    leftOut: [],
    ...changes,
  });

  it('are kept by name, with all they say', async () => {
    const plain = schedule();
    const stored = await store().schedules.put(plain);
    expect(stored).toMatchObject({ ...plain, paused: false, lastTask: null, waiting: null, revision: 0 });
    expect(Math.abs(Date.parse(stored.doneUntil) - Date.parse(await store().now()))).toBeLessThan(5000);
    const full = schedule({
      calendar: 'office',
      workday: -1,
      dayOff: 'previous',
      window: { from: '07:00', to: '18:00' },
      outside: 'skip',
      jitterSeconds: 30,
      overlap: 'queue-one',
    });
    expect(await store().schedules.put(full)).toMatchObject({ ...full, paused: false });
    expect(await store().schedules.list()).toEqual(
      expect.arrayContaining([stored, expect.objectContaining({ name: full.name })]),
    );
    expect(await store().schedules.get(randomUUID())).toBeUndefined();
  });

  it('are changed without doing due times again, and count from now where their times change', async () => {
    const wanted = schedule();
    const stored = await store().schedules.put(wanted);
    await store().schedules.decide(stored, decision());
    const renamed = await store().schedules.put({ ...wanted, bot: 'delivery-note' });
    expect(renamed).toMatchObject({ bot: 'delivery-note', doneUntil: '2031-01-01T06:00:00.000Z', revision: 2 });
    const retimed = await store().schedules.put({ ...wanted, cron: '0 8 * * *' });
    expect(retimed).toMatchObject({ cron: '0 8 * * *', throughDay: null, revision: 3 });
    expect(Math.abs(Date.parse(retimed.doneUntil) - Date.parse(await store().now()))).toBeLessThan(5000);
  });

  it('are decided by one of several schedulers, with the tasks that start', async () => {
    const stored = await store().schedules.put(schedule());
    const dueAt = '2031-01-01T06:00:00.000Z';
    const decisions = await Promise.all(
      ['a', 'b', 'c'].map((key) =>
        store().schedules.decide(stored, decision({ starts: [{ dueAt, task: task(`${stored.name}:${key}`) }] })),
      ),
    );
    const made = decisions.filter((tasks) => tasks !== undefined);
    expect(made).toHaveLength(1);
    const [{ task: started, created } = { task: undefined, created: false }] = made[0]!;
    expect(created).toBe(true);
    expect(await found(stored.name)).toMatchObject({
      doneUntil: dueAt,
      throughDay: '2031-01-01',
      lastTask: started!.id,
    });
    const tasks = (await store().tasks.list({ limit: 500 })).filter(({ key }) => key.startsWith(stored.name));
    expect(tasks.map(({ id }) => id)).toEqual([started!.id]);
  });

  it('write nothing of a decision that fails', async () => {
    const stored = await store().schedules.put(schedule());
    const starts = [
      { dueAt: '2031-01-01T05:00:00.000Z', task: task(`${stored.name}:whole`) },
      { dueAt: '2031-01-01T06:00:00.000Z', task: { ...task(`${stored.name}:broken`), value: -1 } },
    ];
    await expect(store().schedules.decide(stored, decision({ starts }))).rejects.toMatchObject({ code: 'bad-value' });
    expect(await found(stored.name)).toEqual(stored);
    const tasks = await store().tasks.list({ limit: 500 });
    expect(tasks.filter(({ key }) => key.startsWith(stored.name))).toEqual([]);
  });

  it('take the task that is there already for the same due time', async () => {
    const stored = await store().schedules.put(schedule());
    const starts = [{ dueAt: '2031-01-01T06:00:00.000Z', task: task(`${stored.name}:same`) }];
    const { task: before } = await store().tasks.submit(starts[0]!.task);
    const decided = await store().schedules.decide(stored, decision({ starts }));
    expect(decided).toMatchObject([{ task: { id: before.id }, created: false }]);
    expect(await found(stored.name)).toMatchObject({ lastTask: before.id });
  });

  it('remember what became of due times, the newest first', async () => {
    const stored = await store().schedules.put(schedule());
    const starts = [{ dueAt: '2031-01-01T06:00:00.000Z', task: task(`${stored.name}:kept`) }];
    const leftOut = [{ dueAt: '2031-01-01T05:00:00.000Z', reason: 'missed' as const, count: 4 }];
    const decided = await store().schedules.decide(stored, decision({ starts, leftOut }));
    const times = await store().schedules.times(stored.name, 10);
    expect(times).toMatchObject([
      { dueAt: '2031-01-01T06:00:00.000Z', task: decided![0]!.task.id, reason: null, count: 1 },
      { dueAt: '2031-01-01T05:00:00.000Z', task: null, reason: 'missed', count: 4 },
    ]);
    expect(await store().schedules.times(stored.name, 1)).toHaveLength(1);
    await store().schedules.remove(stored.name);
    expect(await store().schedules.times(stored.name, 10)).toEqual([]);
  });

  it('are paused, for good or for a time, resumed and removed', async () => {
    for (const put of [schedule(), schedule({ calendar: 'office' })]) {
      const stored = await store().schedules.put(put);
      await store().schedules.decide(
        stored,
        decision({ doneUntil: stored.doneUntil, waiting: '2031-01-01T05:00:00.000Z' }),
      );
      expect(await store().schedules.pause(put.name, '2031-05-01T00:00:00.000Z')).toBe(true);
      const paused = await found(put.name);
      expect(paused).toMatchObject({ paused: true, pausedUntil: '2031-05-01T00:00:00.000Z', waiting: null });
      expect(await store().schedules.decide(stored, decision())).toBeUndefined();
      expect(await store().schedules.put(put)).toMatchObject({ paused: true });
      expect(await store().schedules.pause(put.name, null)).toBe(true);
      expect(await found(put.name)).toMatchObject({ paused: true, pausedUntil: null });
      expect(await store().schedules.resume(put.name)).toBe(true);
      const resumed = await found(put.name);
      expect(resumed).toMatchObject({ paused: false, pausedUntil: null });
      expect(Date.parse(resumed.doneUntil)).toBeGreaterThanOrEqual(Date.parse(stored.doneUntil));
      expect(await store().schedules.remove(put.name)).toBe(true);
      expect(await store().schedules.remove(put.name)).toBe(false);
      expect(await store().schedules.pause(put.name, null)).toBe(false);
      expect(await store().schedules.resume(put.name)).toBe(false);
    }
  });

  it('are read by workers of the release before as paused where only their cron would be heeded', async () => {
    const pool: { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> } = store().pool;
    const seen = async (name: string) => {
      const { rows } = await pool.query('select paused from schedules where name = $1', [name]);
      return rows[0];
    };
    const [plain, full] = [schedule(), schedule({ window: { from: '07:00', to: '18:00' } })];
    await store().schedules.put(plain);
    await store().schedules.put(full);
    expect(await seen(plain.name)).toEqual({ paused: false });
    expect(await seen(full.name)).toEqual({ paused: true });
    expect(await found(full.name)).toMatchObject({ paused: false });
    await pool.query('update schedules set paused = true where name = $1', [plain.name]);
    expect(await found(plain.name)).toMatchObject({ paused: true });
  });
}

export function calendars(store: () => OpenStore): void {
  const holidays = [{ day: '*-12-25', name: 'Christmas Day', works: false }];
  const calendar = () => ({ name: randomUUID(), workingDays: [1, 2, 3, 4, 5], specialDays: holidays });

  it('make a version with every change, and none without', async () => {
    const first = calendar();
    expect(await store().calendars.put(first)).toMatchObject({ ...first, version: 1 });
    expect(await store().calendars.put(first)).toMatchObject({ version: 1 });
    const changed = await store().calendars.put({ ...first, specialDays: [] });
    expect(changed).toMatchObject({ version: 2, specialDays: [] });
    expect((await store().calendars.versions(first.name)).map(({ version }) => version)).toEqual([2, 1]);
    const listed = (await store().calendars.list()).filter(({ name }) => name === first.name);
    expect(listed).toEqual([changed]);
    expect(await store().calendars.versions(randomUUID())).toEqual([]);
  });

  it('stay while a schedule keeps them', async () => {
    const { name } = await store().calendars.put(calendar());
    const { paused, pausedUntil, doneUntil, throughDay, waiting, lastTask, revision, ...put } = aSchedule({
      name,
      calendar: name,
    });
    await store().schedules.put(put);
    expect(await store().calendars.remove(name)).toBe('in-use');
    await store().schedules.remove(name);
    expect(await store().calendars.remove(name)).toBe('removed');
    expect(await store().calendars.remove(name)).toBe('unknown');
  });
}
