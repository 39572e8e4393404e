import { expect, it, vi } from 'vitest';
import { LeaseLost } from '#core';
import type { OpenStore } from '#store';
import { expire } from '../../support/stores.ts';
import { claimed, leased, someBot, submitted } from '../../support/work.ts';

const LATE = '2020-01-01T00:00:00Z';
/** Short enough to run out while a test polls. */
const BLINK = 0.05;

export function claims(store: () => OpenStore): void {
  it('gives each task to one worker only', async () => {
    const bot = someBot();
    for (let n = 0; n < 12; n++) await submitted(store(), bot);
    const claims = Array.from({ length: 20 }, (_, n) => store().tasks.claim(bot, `worker ${n}`, 30));
    const got = (await Promise.all(claims)).filter((lease) => lease !== undefined);
    expect(got).toHaveLength(12);
    expect(new Set(got.map(({ task }) => task.id)).size).toBe(12);
    expect(new Set(got.map(({ run }) => run)).size).toBe(12);
  });

  it('pins the version of the first run and keeps it', async () => {
    const bot = someBot({ version: '1' });
    const first = await leased(store(), bot);
    expect(first.task).toMatchObject({ state: 'running', botVersion: '1' });
    await store().tasks.finish(first, { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' });
    const second = await claimed(store(), { ...bot, version: '2', runs: ['0', '1'] });
    expect(second.task).toMatchObject({ botVersion: '1', attempt: 1 });
  });

  it('gives a task to no other version than the one it began with, unless that one says it runs it', async () => {
    const bot = someBot({ version: '1' });
    const first = await leased(store(), bot);
    await store().tasks.finish(first, { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' });
    expect(await store().tasks.claim({ ...bot, version: '2' }, 'worker', 30)).toBeUndefined();
    const fresh = await submitted(store(), bot);
    expect((await claimed(store(), { ...bot, version: '2' })).task).toMatchObject({ id: fresh.id, botVersion: '2' });
    expect((await claimed(store(), { ...bot, version: '1' })).task.id).toBe(first.task.id);
  });

  it('takes the late before the early, the worthier before the cheaper', async () => {
    const bot = someBot();
    const early = await submitted(store(), bot);
    const late = await submitted(store(), bot, { dueAt: LATE });
    const worthy = await submitted(store(), bot, { dueAt: LATE, value: 5 });
    const order = [await claimed(store(), bot), await claimed(store(), bot), await claimed(store(), bot)];
    expect(order.map(({ task }) => task.id)).toEqual([worthy.id, late.id, early.id]);
  });

  it('lets a task of great value go before a sooner one only while there is slack', async () => {
    const bot = someBot();
    const far = await submitted(store(), bot, { dueAt: '2039-01-01T00:00:00Z', value: 1000 });
    const near = await submitted(store(), bot);
    expect((await claimed(store(), bot)).task.id).toBe(near.id);
    expect((await claimed(store(), bot)).task.id).toBe(far.id);
  });

  it('gives its best tasks to those who ask at the same time', async () => {
    const bot = someBot();
    const best: string[] = [];
    for (let n = 0; n < 12; n++) {
      const { id } = await submitted(store(), bot, n % 3 === 0 ? { dueAt: LATE } : {});
      if (n % 3 === 0) best.push(id);
    }
    const leases = await Promise.all(best.map(() => claimed(store(), bot)));
    expect(leases.map(({ task }) => task.id).sort()).toEqual(best.sort());
  });

  it('sees what presses behind any number of worthier tasks', async () => {
    const bot = someBot();
    for (let n = 0; n < 40; n++) await submitted(store(), bot, { dueAt: '2039-01-01T00:00:00Z', value: 100 + n });
    const pressing = await submitted(store(), bot, { dueAt: LATE, value: 0.5 });
    expect((await claimed(store(), bot)).task.id).toBe(pressing.id);
    expect((await claimed(store(), bot)).task.value).toBe(139);
  });

  it('takes the oldest late task with every tenth claim, whatever it is worth', async () => {
    const bot = someBot();
    const oldest = await submitted(store(), bot, { dueAt: LATE, value: 0.001 });
    for (let n = 0; n < 12; n++) await submitted(store(), bot, { dueAt: LATE, value: 10 });
    const order: string[] = [];
    for (let n = 0; n < 10; n++) order.push((await claimed(store(), bot)).task.id);
    expect(order.indexOf(oldest.id)).toBe(9);
  });

  it('keeps other hands off while the lease lasts, and renews it', async () => {
    const bot = someBot();
    const lease = await leased(store(), bot);
    await store().tasks.renew(lease, 30);
    expect(await store().tasks.claim(bot, 'other', 30)).toBeUndefined();
    await expect(store().tasks.journal(lease).checkLease()).resolves.toBeUndefined();
  });

  it('holds a lease that ran out for unfit before an effect, though nobody took it', async () => {
    const lease = await leased(store(), someBot(), BLINK);
    const journal = store().tasks.journal(lease);
    await vi.waitFor(() => expect(journal.checkLease()).rejects.toBeInstanceOf(LeaseLost));
    await journal.remember('read', 'step', 1);
    await store().tasks.renew(lease, 30);
    await journal.checkLease();
  });

  it('hands a task that outlived five workers to a person', async () => {
    const bot = someBot();
    const { task } = await leased(store(), bot, BLINK);
    for (let death = 1; death < 5; death++) {
      await vi.waitFor(() => claimed(store(), bot, BLINK), { timeout: 10_000, interval: 20 });
    }
    await vi.waitFor(async () => {
      expect(await store().tasks.claim(bot, 'worker', 30)).toBeUndefined();
      expect(await store().tasks.get(task.id)).toMatchObject({ state: 'waiting', reason: 'worker-died' });
    });
    const [question] = (await store().tasks.story(task.id))!.questions;
    expect(question).toMatchObject({ kind: 'technical', code: 'worker-died', state: 'open' });
    expect(await store().people.answer(question!.id, 'ann', 'again', null)).toBe('stored');
    expect((await claimed(store(), bot)).task.id).toBe(task.id);
  });

  it('tells which lanes have work for a worker now', async () => {
    const bot = someBot();
    const lane = async () => (await store().openLanes()).find((open) => open.bot === bot.name);
    expect(await lane()).toBeUndefined();
    await submitted(store(), bot);
    await submitted(store(), bot);
    expect(await lane()).toMatchObject({ claimable: 2, abandoned: 0 });
    await claimed(store(), bot, BLINK);
    await vi.waitFor(async () => expect(await lane()).toMatchObject({ claimable: 2, abandoned: 1 }));
  });

  it('tells a lane whose work nobody takes from one that nobody could work', async () => {
    const bot = someBot();
    const task = await submitted(store(), bot);
    await store().announceVersions([]);
    expect(await store().isAsleep(bot.name, 0)).toBe(false);
    await store().announceVersions([bot]);
    await vi.waitFor(async () => expect(await store().isAsleep(bot.name, 0)).toBe(true));
    expect(await store().isAsleep(bot.name, 60)).toBe(false);
    const lease = await claimed(store(), bot);
    expect(lease.task.id).toBe(task.id);
    expect(await store().isAsleep(bot.name, 0)).toBe(false);
    await store().tasks.finish(lease, { kind: 'stop-bot', code: 'bot-crashed', message: 'It fell over.' });
    expect(await store().isAsleep(bot.name, 0)).toBe(false);
    expect(await store().resume(bot.name)).toBe(true);
    expect(await store().isAsleep(bot.name, 0)).toBe(true);
  });

  it('keeps down what was mended, once where several find it at a time', async () => {
    const bot = someBot();
    const ofBot = async () => (await store().mended()).filter((each) => each.bot === bot.name);
    const lost = { kind: 'tickets-lost', bot: bot.name, tasks: 7 } as const;
    await Promise.all([store().noteMended(lost, 60), store().noteMended(lost, 60)]);
    expect(await ofBot()).toMatchObject([{ kind: 'tickets-lost', times: 1, tasks: 7 }]);
    await store().noteMended(lost, 0);
    expect(await ofBot()).toMatchObject([{ kind: 'tickets-lost', times: 2, tasks: 14 }]);

    const lease = await leased(store(), bot);
    await expire(store(), lease.task.id);
    expect((await claimed(store(), bot)).task.id).toBe(lease.task.id);
    expect(await ofBot()).toMatchObject([
      { kind: 'worker-silent', times: 1, tasks: 1 },
      { kind: 'tickets-lost', times: 2 },
    ]);
  });
}
