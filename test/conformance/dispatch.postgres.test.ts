import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { openDispatch } from '#queues';
import { postgresDispatch } from '../support/dispatches.ts';
import { postgresStore } from '../support/stores.ts';
import { dispatchConformance } from './dispatch.ts';

dispatchConformance('PostgreSQL', postgresDispatch);

it('refuses more lanes than there are connections to listen on, and says so', async () => {
  const store = await postgresStore({ connections: 6 });
  const dispatch = await openDispatch({ kind: 'postgres', pool: store.pool }, { log: silentLogger });
  onTestFinished(async () => {
    await dispatch.close();
    await store.close();
  });
  const works = await Promise.all(['one', 'two'].map((lane) => dispatch.work(lane, 1, async () => undefined)));
  const third = dispatch.work('three', 1, async () => undefined);
  await expect(third).rejects.toMatchObject({ kind: 'system', code: 'too-few-connections' });
  await Promise.all(works.map((work) => work.close()));
});
