import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { type OpenStore, openStore } from '#store';
import { freshDatabase } from '../support/stores.ts';
import { claimed, leased, someBot, someQuestion, submitted, waitingOn } from '../support/work.ts';

/** A store, and another session of its database that keeps the locks of what it does until the test ends. */
async function besideAnother(): Promise<{ store: OpenStore; other: pg.Client }> {
  const url = await freshDatabase();
  const store = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  onTestFinished(async () => {
    await other.end();
    await store.close();
  });
  return { store, other };
}

it('ends a run that waits for a person while a claim holds its lane', async () => {
  const { store, other } = await besideAnother();
  const lease = await leased(store);
  await store.tasks.journal(lease).ask(someQuestion());
  await other.query('begin');
  await other.query('select from rekey.lanes where bot = $1 for no key update', [lease.task.bot]);
  await store.tasks.finish(lease, { kind: 'waiting' });
  expect(await store.tasks.get(lease.task.id)).toMatchObject({ state: 'waiting' });
});

it('waits for nobody who writes what refers to a task', async () => {
  const { store, other } = await besideAnother();
  const bot = someBot();
  const open = await submitted(store, bot);
  const { task, question } = await waitingOn(store);
  await other.query('begin');
  await other.query(
    `insert into rekey.evidence (task, step, label, sha256) select id, 'look', 'page', '' from rekey.tasks where id in ($1, $2)`,
    [open.id, task],
  );
  expect(await store.people.answer(question, 'ann', 'answer', {})).toBe('stored');
  const lease = await claimed(store, bot);
  await store.tasks.journal(lease).ask(someQuestion());
  expect(await store.tasks.get(lease.task.id)).toMatchObject({ id: open.id, state: 'running' });
});
