import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { newId } from '#core';
import type { OpenStore } from '#store';
import { claimed, someBot, submitted, waitingOn } from '../../support/work.ts';

export function tasks(store: () => OpenStore): void {
  it('stores a task with the promise of its bot', async () => {
    const bot = someBot({ promiseSeconds: 600 });
    const { task, created } = await store().tasks.submit({ bot, key: 'k', input: { sender: 'a@b.example' } });
    expect(created).toBe(true);
    expect(task).toMatchObject({
      bot: bot.name,
      botVersion: null,
      key: 'k',
      input: { sender: 'a@b.example' },
      state: 'ready',
      reason: null,
      skill: 'clerk',
      value: 1,
      attempt: 0,
      endedAt: null,
      output: null,
    });
    expect(Date.parse(task.dueAt) - Date.parse(task.receivedAt)).toBeCloseTo(600_000, -2);
    expect(await store().tasks.get(task.id)).toEqual(task);
  });

  it('takes the same key of a bot twice as one task, also at once', async () => {
    const bot = someBot();
    const both = await Promise.all([1, 2, 3].map((n) => store().tasks.submit({ bot, key: 'same', input: { n } })));
    expect(both.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(both.map(({ task }) => task.id)).size).toBe(1);
    const other = await store().tasks.submit({ bot: someBot(), key: 'same', input: {} });
    expect(other.created).toBe(true);
  });

  it('stores what came at the same time as a key that is too long', async () => {
    const bot = someBot();
    const keys = ['first', 'second', randomBytes(16_000).toString('base64'), 'third'];
    const given = await Promise.allSettled(keys.map((key) => store().tasks.submit({ bot, key, input: {} })));
    expect(given.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('keeps a paper refused at the door as rejected', async () => {
    const bot = someBot();
    const { task } = await store().tasks.submit({ bot, key: 'k', input: {}, refused: 'empty-paper' });
    expect(task).toMatchObject({ state: 'rejected', reason: 'empty-paper' });
    expect(task.endedAt).not.toBeNull();
    expect(await store().tasks.claim(bot, 'w', 30)).toBeUndefined();
    const story = await store().tasks.story(task.id);
    expect(story?.events.map(({ kind }) => kind)).toEqual(['submitted', 'rejected']);
  });

  it('takes a promise and a value, and refuses what is neither', async () => {
    const bot = someBot();
    const task = await submitted(store(), bot, { dueAt: '2031-01-02T03:04:05.678Z', value: 2.5 });
    expect(task).toMatchObject({ dueAt: '2031-01-02T03:04:05.678Z', value: 2.5 });
    await expect(submitted(store(), bot, { dueAt: 'tomorrow' })).rejects.toMatchObject({ where: 'dueAt' });
    await expect(submitted(store(), bot, { value: 0 })).rejects.toMatchObject({ where: 'value' });
    await expect(submitted(store(), bot, { value: Number.NaN })).rejects.toMatchObject({ where: 'value' });
  });

  it('lists newest first, by page, state and bot', async () => {
    const bot = someBot();
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.unshift((await submitted(store(), bot)).id);
    const first = await store().tasks.list({ bot: bot.name, limit: 2 });
    const rest = await store().tasks.list({ bot: bot.name, after: first.at(-1)!.id });
    expect([...first, ...rest].map(({ id }) => id)).toEqual(ids);
    await claimed(store(), bot);
    expect(await store().tasks.list({ bot: bot.name, state: 'running' })).toHaveLength(1);
    expect(await store().tasks.list({ bot: bot.name, state: 'ready' })).toHaveLength(4);
    expect((await store().tasks.list({ limit: 500 })).length).toBeGreaterThanOrEqual(5);
  });

  it('counts by state', async () => {
    const { bot } = await waitingOn(store());
    await submitted(store(), bot);
    expect(await store().tasks.counts(bot.name)).toEqual({ ready: 1, running: 0, waiting: 1, done: 0, rejected: 0 });
    expect((await store().tasks.counts()).waiting).toBeGreaterThanOrEqual(1);
  });

  it('knows nothing of a task that is not there', async () => {
    expect(await store().tasks.get(newId())).toBeUndefined();
    expect(await store().tasks.story(newId())).toBeUndefined();
  });

  it('tells the same of what has ended whether it is summed up or not, and counts it once', async () => {
    const bot = someBot();
    const card = { bot, key: 'refused', input: {}, refused: 'not-a-paper' };
    await store().tasks.submit(card);
    for (let n = 0; n < 3; n++) await submitted(store(), bot);
    await store().tasks.finish(await claimed(store(), bot), { kind: 'done', output: {} });
    await store().tasks.finish(await claimed(store(), bot), { kind: 'done', output: {} });
    const { question } = await waitingOn(store(), {}, bot);
    await store().people.answer(question, 'ada', 'by-hand', null);
    const tell = async () => {
      const { late: _, ...figures } = await store().tasks.figures();
      return { figures, counts: await store().tasks.counts(bot.name) };
    };
    const told = await tell();
    expect(told.counts).toEqual({ ready: 1, running: 0, waiting: 0, done: 3, rejected: 1 });
    expect(await store().sumUp()).toBeGreaterThan(0);
    expect(await tell()).toEqual(told);
    expect(await store().sumUp()).toBe(0);

    await store().tasks.finish(await claimed(store(), bot), { kind: 'done', output: {} });
    const inAll = await store().tasks.counts();
    expect((await store().tasks.countsByBot()).get(bot.name)).toMatchObject({ ready: 0, done: 4, rejected: 1 });
    await Promise.all([store().sumUp(), store().sumUp()]);
    expect(await store().tasks.counts(bot.name)).toMatchObject({ done: 4 });
    expect(await store().tasks.counts()).toEqual(inAll);
  });

  it('tells how the tasks are doing', async () => {
    const bot = someBot();
    await submitted(store(), bot, { dueAt: '2020-01-01T00:00:00Z' });
    expect((await store().tasks.figures()).late).toBeGreaterThanOrEqual(1);
    await store().tasks.finish(await claimed(store(), bot), { kind: 'done', output: {} });
    const figures = await store().tasks.figures();
    expect(figures.straightThrough).toBeGreaterThan(0);
    expect(figures.medianSeconds).toBeGreaterThan(0);
  });
}
