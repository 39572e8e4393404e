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
}
