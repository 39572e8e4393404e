import { expect, it } from 'vitest';
import type { OpenStore } from '#store';
import { claimed, someBot, submitted } from '../../support/work.ts';

export function events(store: () => OpenStore): void {
  it('come in order, by page, from where one stopped reading', async () => {
    const start = await store().events.latest();
    const bot = someBot();
    const task = await submitted(store(), bot);
    const lease = await claimed(store(), bot);
    await store().tasks.finish(lease, { kind: 'done', output: null });
    const first = await store().events.since(start, 2);
    const rest = await store().events.since(first.at(-1)!.seq, 1000);
    expect([...first, ...rest].map(({ kind }) => kind)).toEqual(['submitted', 'started', 'done']);
    expect(first[0]).toMatchObject({ task: task.id, bot: bot.name });
    expect(await store().events.latest()).toBe(rest.at(-1)!.seq);
    expect(await store().events.since(await store().events.latest(), 10)).toEqual([]);
  });

  it('are never passed over by a reader, however many write at once', async () => {
    const bot = someBot();
    const seen: string[] = [];
    let from = await store().events.latest();
    const writers = Array.from({ length: 60 }, () => submitted(store(), bot));
    let open = true;
    const read = async () => {
      for (const event of await store().events.since(from, 7)) {
        from = event.seq;
        if (event.bot === bot.name) seen.push(event.task);
      }
    };
    const reader = (async () => {
      while (open) await read();
    })();
    const tasks = await Promise.all(writers);
    open = false;
    await reader;
    while (from < (await store().events.latest())) await read();
    expect(seen.sort()).toEqual(tasks.map(({ id }) => id).sort());
  });

  it('carry codes, numbers and ids, never what stood in a paper', async () => {
    const bot = someBot();
    await submitted(store(), bot, { input: { sender: 'secret@b.example' } });
    const lease = await claimed(store(), bot);
    await store().tasks.journal(lease).remember('read', 'extract', { iban: 'secret-iban' });
    await store().tasks.finish(lease, { kind: 'done', output: { voucher: 'secret-voucher' } });
    const story = await store().tasks.story(lease.task.id);
    expect(JSON.stringify(story?.events)).not.toContain('secret');
  });
}
