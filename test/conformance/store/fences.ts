import { expect, it, vi } from 'vitest';
import { LeaseLost } from '#core';
import { claimed, type JournalStore, leased, someBot } from '../../support/work.ts';

/** Short enough to run out while a test polls. */
const BLINK = 0.05;

export function fences(store: () => JournalStore): void {
  it('gives a dead worker’s task to another and refuses every write of the first', async () => {
    const bot = someBot();
    const dead = await leased(store(), bot, BLINK);
    const journal = store().tasks.journal(dead);
    const alive = await vi.waitFor(() => claimed(store(), bot), { timeout: 10_000, interval: 20 });
    expect(alive.task.id).toBe(dead.task.id);
    expect(alive.token).toBeGreaterThan(dead.token);
    const answer = { choice: 'answer', values: 1, by: 'ann', at: '', inSpiteOf: [], question: 'q' } as const;
    const writes = [
      () => store().tasks.renew(dead, 30),
      () => store().tasks.finish(dead, { kind: 'done', output: 1 }),
      () => journal.checkLease(),
      () => journal.remember('a', 'step', 1),
      () => journal.useUp('a', answer),
      () => journal.intend({ step: 'a', application: 'x', screen: 'y', key: 'z', record: {}, quietSeconds: 0 }),
      () => journal.withdraw('a', 'code'),
      () => journal.attach('a', { label: 'x', sha256: 'y' }),
    ];
    for (const write of writes) await expect(write()).rejects.toBeInstanceOf(LeaseLost);
    const story = await store().tasks.story(dead.task.id);
    expect(story?.steps).toEqual([]);
    expect(story?.events.map(({ kind }) => kind)).toEqual(['submitted', 'started', 'taken-over', 'started']);
    await store().tasks.finish(alive, { kind: 'done', output: 2 });
    expect(await store().tasks.get(dead.task.id)).toMatchObject({ state: 'done', output: 2 });
  });
}
