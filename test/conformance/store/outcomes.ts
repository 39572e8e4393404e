import { expect, it } from 'vitest';
import { LeaseLost } from '#core';
import type { OpenStore } from '#store';
import { claimed, leased, someBot, someQuestion, submitted } from '../../support/work.ts';

export function outcomes(store: () => OpenStore): void {
  it('ends a task with its output', async () => {
    const lease = await leased(store());
    await store().tasks.finish(lease, { kind: 'done', output: { voucher: 'V-1' } });
    const task = await store().tasks.get(lease.task.id);
    expect(task).toMatchObject({ state: 'done', output: { voucher: 'V-1' }, reason: null });
    expect(task?.endedAt).not.toBeNull();
    await expect(store().tasks.finish(lease, { kind: 'done', output: 2 })).rejects.toBeInstanceOf(LeaseLost);
  });

  it('tries again later, and spends an attempt where one is to be spent', async () => {
    const bot = someBot();
    const lease = await leased(store(), bot);
    await store().tasks.finish(lease, { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' });
    const again = await claimed(store(), bot);
    expect(again.task).toMatchObject({ attempt: 1, reason: 'app-down' });
    await store().tasks.finish(again, { kind: 'retry', afterSeconds: 3600, spendsAttempt: false, reason: 'busy' });
    expect(await store().tasks.claim(bot, 'worker', 30)).toBeUndefined();
    expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'ready', attempt: 1, reason: 'busy' });
  });

  it('waits for a person with the reason of the question', async () => {
    const bot = someBot();
    const lease = await leased(store(), bot);
    await store()
      .tasks.journal(lease)
      .ask(someQuestion({ code: 'low-confidence' }));
    await store().tasks.finish(lease, { kind: 'waiting' });
    expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'waiting', reason: 'low-confidence' });
    expect(await store().tasks.claim(bot, 'worker', 30)).toBeUndefined();
  });

  it('is open at once when the person was faster than the run’s end', async () => {
    const bot = someBot();
    const lease = await leased(store(), bot);
    await store().tasks.journal(lease).ask(someQuestion());
    const [question] = (await store().tasks.story(lease.task.id))!.questions;
    expect(await store().people.answer(question!.id, 'ann', 'answer', { order: 7 })).toBe('stored');
    await store().tasks.finish(lease, { kind: 'waiting' });
    const next = await claimed(store(), bot);
    expect(await store().tasks.journal(next).answer('ask for order')).toMatchObject({ values: { order: 7 } });
  });

  it('does not get stuck when a run waits but asked nothing', async () => {
    const lease = await leased(store());
    await store().tasks.finish(lease, { kind: 'waiting' });
    expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'ready', reason: 'nothing-asked' });
  });

  it('stops the bot version that ran, keeps its tasks open, and starts it again', async () => {
    const bot = someBot({ version: '7' });
    const lease = await leased(store(), bot);
    await submitted(store(), bot);
    await store().tasks.finish(lease, { kind: 'stop-bot', code: 'bot-crashed', message: 'x is not a function' });
    expect(await store().tasks.claim(bot, 'worker', 30)).toBeUndefined();
    expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'ready', reason: 'bot-crashed' });
    const mine = async () => (await store().halted()).filter((halted) => halted.bot === bot.name);
    expect(await mine()).toMatchObject([{ version: '7', code: 'bot-crashed', message: 'x is not a function' }]);
    expect((await claimed(store(), { ...bot, version: '8' })).task.bot).toBe(bot.name);
    expect(await store().resume(bot.name)).toBe(true);
    expect(await mine()).toEqual([]);
    expect((await claimed(store(), bot)).task.bot).toBe(bot.name);
    expect(await store().resume(bot.name)).toBe(false);
  });

  it('stops a bot whose message quotes what the database cannot hold', async () => {
    const lease = await leased(store());
    await store().tasks.finish(lease, { kind: 'stop-bot', code: 'bot-crashed', message: 'Unexpected "\0{"' });
    const mine = (await store().halted()).filter(({ bot }) => bot === lease.task.bot);
    expect(mine).toMatchObject([{ message: 'Unexpected "{"' }]);
  });

  it('refuses for good a reason that the database cannot hold, and does not quote it', async () => {
    const lease = await leased(store());
    const outcome = { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app\0down' } as const;
    const refused: unknown = await store()
      .tasks.finish(lease, outcome)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'defect', code: 'outcome-refused' });
    expect(String(refused)).not.toContain('down');
    expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'running' });
  });

  it('refuses an output that would come back as something else', async () => {
    const lease = await leased(store());
    const output = { at: new Date(0) };
    await expect(store().tasks.finish(lease, { kind: 'done', output })).rejects.toMatchObject({ kind: 'defect' });
    expect(await store().tasks.get(lease.task.id)).toMatchObject({ state: 'running' });
  });
}
