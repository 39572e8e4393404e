import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { OpenStore } from '#store';

export function schedules(store: () => OpenStore): void {
  const schedule = (changes: object = {}) => ({
    name: randomUUID(),
    bot: 'supplier-invoice',
    cron: '0 7 * * 1-5',
    timeZone: 'Europe/Berlin',
    input: { mailbox: 'invoices' },
    missed: 'once' as const,
    overlap: 'skip' as const,
    paused: false,
    ...changes,
  });

  it('are kept by name and changed without doing due times again', async () => {
    const wanted = schedule();
    const stored = await store().schedules.put(wanted);
    expect(stored).toMatchObject({ ...wanted, lastTask: null });
    expect(Math.abs(Date.parse(stored.doneUntil) - Date.parse(await store().now()))).toBeLessThan(5000);
    const changed = await store().schedules.put({ ...wanted, cron: '0 8 * * *' });
    expect(changed).toEqual({ ...stored, cron: '0 8 * * *' });
    expect((await store().schedules.list()).filter(({ name }) => name === wanted.name)).toEqual([changed]);
  });

  it('move on for one of several schedulers', async () => {
    const { name, doneUntil } = await store().schedules.put(schedule());
    const next = '2031-01-01T06:00:00.000Z';
    const moves = await Promise.all(
      [1, 2, 3].map((n) => store().schedules.advance(name, doneUntil, next, `task-${n}`)),
    );
    expect(moves.filter(Boolean)).toHaveLength(1);
    expect((await store().schedules.list()).find((found) => found.name === name)).toMatchObject({
      doneUntil: next,
      lastTask: `task-${moves.indexOf(true) + 1}`,
    });
    expect(await store().schedules.advance(name, next, '2031-01-02T06:00:00.000Z', null)).toBe(true);
  });

  it('are paused, resumed and removed', async () => {
    const { name } = await store().schedules.put(schedule());
    expect(await store().schedules.pause(name, true)).toBe(true);
    expect((await store().schedules.list()).find((found) => found.name === name)?.paused).toBe(true);
    expect(await store().schedules.pause(name, false)).toBe(true);
    expect(await store().schedules.remove(name)).toBe(true);
    expect(await store().schedules.remove(name)).toBe(false);
    expect(await store().schedules.pause(name, true)).toBe(false);
  });
}
