import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { openStore } from '#store';
import { lentTo, parkApplication, passTime, someNeed } from '../support/applications.ts';
import { freshDatabase } from '../support/stores.ts';
import { leased, someBot, waitingOn } from '../support/work.ts';

const FINISHED = 20_000;
const WORKED = 40;
const ROUNDS = 20;
/** Rows and entries of indexes that a task may cost from submit to end. */
const MOST_READ = 25;

it.each([
  ['before the database has counted anything', false],
  ['when the database knows its tables', true],
])('works through a lane without reading what has ended, %s', async (_name, analyzed) => {
  const { url, client } = await ownDatabase();
  const bot = someBot();
  const opening = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  await client.query(fill(bot.name));
  if (analyzed) await client.query('vacuum analyze rekey.tasks');
  await opening.close();
  const before = await reads(client);

  const store = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  for (let n = 0; n < WORKED; n++) await store.tasks.submit({ bot, key: `new ${n}`, input: {} });
  const leases = await Promise.all(Array.from({ length: WORKED }, () => store.tasks.claim(bot, 'worker', 30)));
  for (const lease of leases) {
    await store.tasks.journal(lease!).remember('look', 'step', 1);
    await store.tasks.finish(lease!, { kind: 'done', output: null });
  }
  expect(await store.openLanes()).toEqual([]);
  await store.close();

  const after = await reads(client);
  const more = (table: string) => after.get(table)! - before.get(table)!;
  for (const table of ['runs', 'steps', 'events', 'tasks']) expect(more(table), table).toBeLessThan(FINISHED / 2);
  expect(more('tasks')).toBeGreaterThan(WORKED);
});

it('reads no more for a task the more were worked since the database last looked at its tables', async () => {
  const { url, client } = await ownDatabase();
  const bot = someBot();
  const opening = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  await client.query('alter table rekey.tasks set (autovacuum_enabled = false)');
  await client.query(fill(bot.name));
  await opening.close();
  const before = await readInAnyWay(client);

  const store = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  for (let round = 0; round < ROUNDS; round++) {
    const together = Array.from({ length: WORKED }, (_, n) => n);
    await Promise.all(together.map((n) => store.tasks.submit({ bot, key: `${round} ${n}`, input: {} })));
    const leases = await Promise.all(together.map(() => store.tasks.claim(bot, 'worker', 30)));
    await Promise.all(leases.map((lease) => store.tasks.journal(lease!).remember('look', 'step', 1)));
    await Promise.all(leases.map((lease) => store.tasks.finish(lease!, { kind: 'done', output: null })));
  }
  await store.close();

  const read = (await readInAnyWay(client)) - before;
  expect(read).toBeGreaterThan(ROUNDS * WORKED);
  expect(read).toBeLessThan(ROUNDS * WORKED * MOST_READ);
});

it('tells how the tasks are doing, and lists those that wait or were refused, without reading what has ended', async () => {
  const { url, client } = await ownDatabase();
  const bot = someBot();
  const filling = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  await client.query(fill(bot.name));
  expect(await filling.sumUp()).toBe(FINISHED);
  expect(await filling.sumUp()).toBe(0);
  const { question } = await waitingOn(filling, {}, bot);
  await filling.tasks.submit({ bot, key: 'refused', input: {}, refused: 'not-a-paper' });
  await filling.close();
  await client.query('vacuum analyze');
  const before = await reads(client);

  const store = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  expect((await store.tasks.countsByBot()).get(bot.name)).toMatchObject({ waiting: 1, done: FINISHED, rejected: 1 });
  expect(await store.tasks.figures()).toMatchObject({ straightThrough: 1, exceptions: 1 });
  expect(await store.tasks.list({ state: 'waiting' })).toHaveLength(1);
  expect(await store.tasks.list({ state: 'rejected', bot: bot.name })).toHaveLength(1);
  expect(await store.tasks.list({ state: 'running' })).toHaveLength(0);
  await store.people.answer(question, 'ada', 'reject', null);
  await store.close();

  const after = await reads(client);
  for (const table of ['runs', 'steps', 'events', 'tasks']) {
    expect(after.get(table)! - before.get(table)!, table).toBeLessThan(FINISHED / 100);
  }
});

it('wakes who waited for an application without reading what has ended', async () => {
  const { url, client } = await ownDatabase();
  const bot = someBot();
  const need = someNeed();
  const parking = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  await client.query(fill(bot.name));
  await parkApplication(parking.access, need);
  const throttled = { application: need.application };
  for (let n = 0; n < WORKED; n++) {
    const lease = await leased(parking, bot);
    const putOff = { kind: 'retry', afterSeconds: 3600, spendsAttempt: false, throttled } as const;
    await parking.tasks.finish(lease, { ...putOff, reason: 'application-parked' });
  }
  await passTime(parking, need.application, 61);
  await parking.close();
  await client.query('vacuum analyze rekey.tasks');
  const before = await reads(client);

  const store = await openStore({ kind: 'postgres', url }, { log: silentLogger });
  expect(await store.access.recovered(await lentTo(store.access, need))).toEqual([bot.name]);
  await store.close();

  const read = (await reads(client)).get('tasks')! - before.get('tasks')!;
  expect(read).toBeGreaterThanOrEqual(WORKED);
  expect(read).toBeLessThan(FINISHED / 2);
});

/** A database of the test's own, and a connection to look at it by. */
async function ownDatabase(): Promise<{ readonly url: string; readonly client: pg.Client }> {
  const url = await freshDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  return { url, client };
}

function fill(bot: string): string {
  return `with done as (
    insert into rekey.tasks (id, bot, key, input, state, skill, value, due_at, ended_at)
    select 'done-' || n, '${bot}', n, '{}', 'done', 'clerk', 1, now(), now() from generate_series(1, ${FINISHED}) n
    returning id, bot
  ), ran as (
    insert into rekey.runs (id, task, bot, bot_version, worker) select id, id, bot, '1', 'filler' from done
  ), stepped as (
    insert into rekey.steps (task, name, kind) select id, 'look', 'step' from done
  ) insert into rekey.events (task, bot, kind, facts) select id, bot, 'done', '{}' from done`;
}

/** Rows read of each table so far, in whatever way; the database counts a session's when it ends. */
async function reads(client: pg.Client): Promise<Map<string, number>> {
  for (;;) {
    const open = await client.query(
      'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = $1',
      ['client backend'],
    );
    if (open.rowCount === 0) break;
  }
  // What this client itself read while it filled the tables is else counted some seconds later.
  await client.query('select pg_stat_force_next_flush()');
  await client.query('select pg_stat_clear_snapshot()');
  const { rows } = await client.query<{ relname: string; read: string }>(
    "select relname, seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_user_tables where schemaname = 'rekey'",
  );
  return new Map(rows.map(({ relname, read }) => [relname, Number(read)]));
}

/** Rows of the tasks' table and entries of its indexes read so far, those of rows that are no more too. */
async function readInAnyWay(client: pg.Client): Promise<number> {
  await reads(client);
  const { rows } = await client.query<{ read: string }>(
    `select seq_tup_read + (select sum(idx_tup_read) from pg_stat_user_indexes its where its.relid = tables.relid) as read
      from pg_stat_user_tables tables where schemaname = 'rekey' and relname = 'tasks'`,
  );
  return Number(rows[0]!.read);
}
