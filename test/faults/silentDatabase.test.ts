import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { type OpenStore, openStore, type StorePlace } from '#store';
import { openWire, type Wire } from '../../chaos/infra/proxy.ts';
import { openOffice } from '../support/infra.ts';
import { freshDatabase } from '../support/stores.ts';
import { claimed, leased, someBot, submitted } from '../support/work.ts';

const LIMITS = { statementSeconds: 1 };

async function wired(): Promise<{ wire: Wire; url: string; straight: string }> {
  const straight = await freshDatabase();
  const wire = await openWire(Number(new URL(straight).port));
  onTestFinished(() => wire.close());
  const url = new URL(straight);
  url.port = String(wire.port);
  return { wire, url: url.href, straight };
}

type PostgresLimits = Pick<Extract<StorePlace, { kind: 'postgres' }>, 'connections' | 'statementSeconds'>;

async function storeOn(url: string, limits: PostgresLimits = LIMITS): Promise<OpenStore> {
  const store = await openStore({ kind: 'postgres', url, ...limits }, { log: silentLogger });
  onTestFinished(() => store.close());
  return store;
}

/** A connection of the store's pool, with everything that is set on it. */
async function connectionOf({ pool }: OpenStore): Promise<pg.PoolClient> {
  if (!(pool instanceof pg.Pool)) throw new Error('not on PostgreSQL');
  return pool.connect();
}

it('fails what waits on a connection whose packets vanish, and goes on over another', async () => {
  const { wire, url } = await wired();
  const store = await storeOn(url);
  const bot = someBot();
  await submitted(store, bot);
  wire.swallow('everything');
  await expect(store.tasks.counts(bot.name)).rejects.toMatchObject({ kind: 'system', code: 'database-silent' });
  wire.carry();
  expect(await store.tasks.counts(bot.name)).toMatchObject({ ready: 1 });
});

it('closes though its connections hear nothing any more', async () => {
  const { wire, url } = await wired();
  const store = await openStore({ kind: 'postgres', url, ...LIMITS }, { log: silentLogger });
  await Promise.all([store.now(), store.now(), store.now()]);
  wire.swallow('everything');
  await store.close();
});

it('lets go of the locks of a transaction whose client was lost', async () => {
  const { wire, url, straight } = await wired();
  const lost = await storeOn(url);
  const bot = someBot();
  await submitted(lost, bot);
  await leased(lost, bot);
  await submitted(lost, bot);
  const client = await connectionOf(lost);
  await client.query('begin');
  await client.query(`select from lanes where bot = '${bot.name}' for update`, []);
  wire.swallow('everything');
  const neighbour = await storeOn(straight, { statementSeconds: 10 });
  expect((await claimed(neighbour, bot)).task.bot).toBe(bot.name);
  await expect(client.query('commit')).rejects.toThrow();
  client.release(true);
});

it('breaks off a statement that takes too long, and its connection goes on', async () => {
  const store = await storeOn(await freshDatabase());
  const client = await connectionOf(store);
  await expect(client.query('select pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  client.release();
});

it('writes an end down once whose answer got lost', async () => {
  const { wire, url, straight } = await wired();
  const store = await storeOn(url);
  const lease = await leased(store);
  wire.swallow('answers');
  await expect(store.tasks.finish(lease, { kind: 'done', output: 1 })).rejects.toMatchObject({
    code: 'database-silent',
  });
  wire.carry();
  await expect(store.tasks.finish(lease, { kind: 'done', output: 2 })).rejects.toThrow(/leased to another/);
  const story = await (await storeOn(straight)).tasks.story(lease.task.id);
  expect(story?.task).toMatchObject({ state: 'done', output: 1 });
  expect(story?.events.filter(({ kind }) => kind === 'done')).toHaveLength(1);
});

it('says so when no connection comes free, and goes on when one does', async () => {
  const store = await storeOn(await freshDatabase(), { ...LIMITS, connections: 1 });
  const client = await connectionOf(store);
  await expect(store.tasks.counts()).rejects.toMatchObject({ kind: 'system', code: 'database-busy' });
  client.release();
  expect(await store.tasks.counts()).toMatchObject({ ready: 0 });
});

it.each(['answers', 'everything'] as const)(
  'works every task once, though %s on the way to PostgreSQL vanishes',
  async (what) => {
    const { wire, url, straight } = await wired();
    const office = await openOffice({ kind: 'postgres', url, ...LIMITS }, 'store');
    await office.submit(40);
    await office.untilWritten(5);
    wire.swallow(what);
    const outside = await storeOn(straight);
    await Promise.all(
      Array.from({ length: 10 }, () => outside.tasks.submit({ bot: office.bot, key: randomUUID(), input: {} })),
    );
    wire.carry();
    await office.untilDone(50);
  },
);
