import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { OpenStore } from '#store';
import { someBot, submitted } from '../../support/work.ts';

export function papers(store: () => OpenStore): void {
  const look = (sketch: number[], facts = {}) => ({
    document: { sha256: randomUUID(), name: 'paper.pdf', mime: 'application/pdf' },
    ...{ sketch, facts },
  });

  it('remembers what a paper looks like, as it was noted last', async () => {
    const task = await submitted(store(), someBot());
    expect(await store().papers.of(task.id)).toBeUndefined();
    await store().papers.note(task.id, look([1, 2]));
    const now = look([2, 3], { total: '12.00' });
    await store().papers.note(task.id, now);
    expect(await store().papers.of(task.id)).toEqual({ ...now, task: task.id, receivedAt: task.receivedAt });
  });

  it('finds papers of the same bot that came before and share something, the most alike first', async () => {
    const bot = someBot();
    const noted = async (sketch: number[], of = bot) => {
      const { id } = await submitted(store(), of);
      await store().papers.note(id, look(sketch));
      return id;
    };
    const [little, much] = [await noted([11, 12, 13]), await noted([12, 13, 14, 15])];
    await noted([12, 13, 14, 15], someBot());
    await noted([21, 22]);
    const own = await noted([12, 13, 14]);
    await noted([12, 13, 14]);
    expect((await store().papers.before(own, 30)).map(({ task }) => task)).toEqual([much, little]);
    expect(await store().papers.before(own, 0)).toEqual([]);
    expect(await store().papers.before(little, 30)).toEqual([]);
  });

  it('leaves out papers whose task was rejected', async () => {
    const bot = someBot();
    const first = await submitted(store(), bot);
    await store().papers.note(first.id, look([31, 32]));
    const { task } = await store().tasks.submit({ bot, key: 'refused', input: {}, refused: 'unreadable-corrupt' });
    await store().papers.note(task.id, look([31, 32]));
    const own = await submitted(store(), bot);
    await store().papers.note(own.id, look([31, 32]));
    expect((await store().papers.before(own.id, 30)).map((each) => each.task)).toEqual([first.id]);
  });
}
