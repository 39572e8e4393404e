import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { silentLogger } from '#core';
import { type OpenStore, openStore } from '#store';
import { claimed, someBot, someReceipt, submitted } from '../support/work.ts';

const open = async (folder: string) => openStore({ kind: 'embedded', folder }, { log: silentLogger });

/** Closes the record as it would be had the machine's clock been an hour ahead all the time, and opens it again. */
async function reopenedAnHourEarlier(store: OpenStore, folder: string): Promise<OpenStore> {
  const pool: { query(text: string): Promise<unknown> } = store.pool;
  for (const column of ['tasks.available_at', 'tasks.lease_until', 'events.at', 'effects.intended_at']) {
    const [table, name] = column.split('.');
    await pool.query(`update ${table} set ${name} = ${name} + interval '1 hour'`);
  }
  await store.close();
  return open(folder);
}

it('goes on with what was open, though the clock of the machine was set back meanwhile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-clock-'));
  const bot = someBot();
  let store = await open(folder);
  await submitted(store, bot);
  const first = await claimed(store, bot);
  const waiting = await submitted(store, bot);
  const intent = { step: 'post', application: 'book', screen: 'line', key: 'A-1', record: null, quietSeconds: 0 };
  await store.tasks.journal(first).intend(intent);

  store = await reopenedAnHourEarlier(store, folder);
  const leases = [await claimed(store, bot), await claimed(store, bot)];
  expect(leases.map(({ task }) => task.id).sort()).toEqual([first.task.id, waiting.id].sort());
  const again = leases.find(({ task }) => task.id === first.task.id)!;
  const effect = await store.tasks.journal(again).effect('post');
  expect(effect?.state).toBe('intended');
  expect(effect?.ageSeconds).toBeGreaterThanOrEqual(0);
  await store.tasks.journal(again).prove('post', someReceipt({ application: 'book' }));
  await store.close();
});
