import { expect, it } from 'vitest';
import type { OpenStore } from '#store';
import { claimed, leased, someBot, submitted } from '../../support/work.ts';

export function versions(store: () => OpenStore): void {
  const again = { kind: 'retry', afterSeconds: 0, spendsAttempt: true, reason: 'app-down' } as const;

  /** A task that began with version 1 and is open. */
  async function begun() {
    const bot = someBot({ version: '1' });
    const lease = await leased(store(), bot);
    await store().tasks.finish(lease, again);
    const reason = async () => (await store().tasks.get(lease.task.id))?.reason;
    return { bot, task: lease.task.id, reason };
  }

  it('says of an open task that nobody runs its version, and takes it back when somebody does', async () => {
    const { bot, task, reason } = await begun();
    await store().announceVersions([{ ...bot, version: '2' }]);
    expect(await reason()).toBe('version-missing');
    await store().announceVersions([{ ...bot, version: '2' }]);
    await store().announceVersions([{ ...bot, version: '3', runs: ['1'] }]);
    expect(await reason()).toBeNull();
    const kinds = (await store().tasks.story(task))!.events.map(({ kind }) => kind);
    expect(kinds.slice(-2)).toEqual(['version-missing', 'version-back']);
  });

  it('says nothing of a version that somebody runs, here or elsewhere, though it never said so', async () => {
    const { bot, reason } = await begun();
    await store().announceVersions([bot]);
    await store().announceVersions([{ ...bot, version: '2' }]);
    expect(await reason()).toBe('app-down');
    const silent = await begun();
    await submitted(store(), silent.bot);
    await claimed(store(), silent.bot);
    await store().announceVersions([{ ...silent.bot, version: '2' }]);
    const [open] = await store().tasks.list({ bot: silent.bot.name, state: 'ready' });
    expect(open?.reason).not.toBe('version-missing');
  });

  it('says it of a task that has not begun where nobody runs its bot at all', async () => {
    const bot = someBot();
    const task = await submitted(store(), bot);
    await store().announceVersions([someBot()]);
    expect(await store().tasks.get(task.id)).toMatchObject({ state: 'ready', reason: 'version-missing' });
    await store().announceVersions([{ ...bot, version: '9' }]);
    expect(await store().tasks.get(task.id)).toMatchObject({ reason: null });
  });

  it('holds nobody off: a worker of the version takes the task all the same', async () => {
    const { bot, task } = await begun();
    await store().announceVersions([{ ...bot, version: '2' }]);
    expect((await claimed(store(), bot)).task.id).toBe(task);
  });

  const stop = { kind: 'stop-bot', code: 'bot-crashed', message: 'It crashed.' } as const;
  const codeOf = async (task: string) =>
    (await store().tasks.story(task))!.events.findLast(({ kind }) => kind === 'started')?.facts['version'];

  it('stops the version whose code ran, and the newest goes on with what its own code runs', async () => {
    const { bot, task } = await begun();
    const newest = { ...bot, version: '3', runs: ['1', '2'], runBy: { '1': '1', '2': '3' } };
    const crashed = await claimed(store(), newest);
    expect(crashed.task.id).toBe(task);
    expect(await codeOf(task)).toBe('1');
    await store().tasks.finish(crashed, stop);
    expect((await store().halted()).filter((each) => each.bot === bot.name)).toMatchObject([{ version: '1' }]);
    expect(await store().tasks.claim(newest, 'worker', 30)).toBeUndefined();
    const fresh = await submitted(store(), newest);
    const next = await claimed(store(), newest);
    expect(next.task).toMatchObject({ id: fresh.id, botVersion: '3' });
    expect(await codeOf(fresh.id)).toBe('3');
  });

  it('that is the newest and stopped takes no new tasks, and older ones end theirs', async () => {
    const { bot, task } = await begun();
    const newest = { ...bot, version: '3', runs: ['1', '2'], runBy: { '1': '1', '2': '3' } };
    const second = await leased(store(), { ...bot, version: '2', runs: [] });
    await store().tasks.finish(second, again);
    const fresh = await submitted(store(), newest, { value: 1000 });
    const crashed = await claimed(store(), newest);
    expect(crashed.task.id).toBe(fresh.id);
    await store().tasks.finish(crashed, stop);
    await store().announceVersions([newest]);
    await submitted(store(), newest);
    expect((await claimed(store(), newest)).task.id).toBe(task);
    expect(await store().tasks.claim(newest, 'worker', 30)).toBeUndefined();
    expect(await store().isAsleep(bot.name, 0)).toBe(false);
    await store().resume(bot.name);
    expect(await store().isAsleep(bot.name, 0)).toBe(true);
  });
}
