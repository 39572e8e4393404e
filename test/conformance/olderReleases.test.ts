import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newId, PLAIN_TIMING, silentLogger, systemClock } from '#core';
import { scheduleKey, startScheduler } from '#queues';
import { journalBot, type Outside } from '../golden/journals/bot.ts';
import { type Client, type KeptJournal, type Statement, toItsEnd } from '../golden/journals/story.ts';
import { type OlderDatabase, olderDatabase, type Place } from '../support/olderRelease.ts';
import { someBot } from '../support/work.ts';

const FOLDER = 'test/golden/journals';
/** Tables whose rows are numbered by the database, and the column. */
const NUMBERED = { effects: 'id', evidence: 'id', events: 'seq' };

const journals = globSync(`${FOLDER}/*/*.json`)
  .filter((file) => !file.endsWith('statements.json'))
  .sort()
  .map((file) => read<KeptJournal>(file));
const recordings = globSync(`${FOLDER}/*/statements.json`).map((file) =>
  read<Pick<KeptJournal, 'release' | 'migration'> & { readonly statements: readonly Statement[] }>(file),
);

/** A file that was kept once and never changes. */
function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function opened(place: Place, migration: string): Promise<OlderDatabase> {
  const database = await olderDatabase(place, migration);
  onTestFinished(() => database.close());
  return database;
}

describe('a task that an older release left', () => {
  const onPglite = ['died-with-its-submit-written'];
  const places = (moment: string): Place[] => (onPglite.includes(moment) ? ['PostgreSQL', 'PGlite'] : ['PostgreSQL']);
  const cases = journals.flatMap((kept) => places(kept.moment).map((place) => ({ ...kept, place })));

  it.each(cases)(
    'comes to the same end: $release, $moment, on $place',
    async ({ place, ...kept }) => {
      const database = await opened(place, kept.migration);
      await fill(database.client, kept.tables);
      const store = await database.open();
      onTestFinished(() => store.close());
      const outside: Outside = { written: [...kept.written], reactions: [] };
      const [task] = await store.tasks.list({});
      expect(await store.tasks.counts()).toMatchObject({ [task!.state]: 1 });
      expect(await toItsEnd(store, journalBot(outside), task!.id, outside)).toEqual(kept.end);
    },
    120_000,
  );
});

/** Rows as they were, in an order that references allow; numbers go on after theirs. */
async function fill(client: Client, tables: KeptJournal['tables']): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    const columns = `select * from json_populate_recordset(null::${table}, $1::json)`;
    await client.query(`insert into ${table} overriding system value ${columns}`, [JSON.stringify(rows)]);
  }
  for (const [table, column] of Object.entries(NUMBERED)) {
    const sequence = `pg_get_serial_sequence('${table}', '${column}')`;
    await client.query(`select setval(${sequence}, (select coalesce(max(${column}), 0) + 1 from ${table}))`);
  }
}

describe('workers of an older release', () => {
  const cases = recordings.flatMap((recording) => [
    { ...recording, place: 'PostgreSQL' as const, parts: 8 },
    { ...recording, place: 'PGlite' as const, parts: 1 },
  ]);

  it.each(cases)(
    'go on while the store is brought up to this one: $release on $place',
    async ({ place, migration, statements, parts }) => {
      for (const moment of betweenTransactions(statements, parts)) {
        const { client, bringUp } = await opened(place, migration);
        await send(client, statements.slice(0, moment));
        await bringUp();
        await send(client, statements.slice(moment));
        const { rows } = await client.query(
          "select state from tasks union all select state from effects where state <> 'withdrawn'",
        );
        expect(rows, `after statement ${moment}`).toEqual([{ state: 'done' }, { state: 'proven' }]);
      }
    },
    120_000,
  );
});

it('a store that a newer release has brought further is opened as it is', async () => {
  const { client, bringUp, open } = await opened('PostgreSQL', '0001-the-record');
  await bringUp();
  await client.query("insert into kysely_migration values ('9999-of-tomorrow', now()::text)");
  const store = await open();
  onTestFinished(() => store.close());
  const { task } = await store.tasks.submit({ bot: someBot(), key: 'a', input: {} });
  expect(await store.tasks.get(task.id)).toMatchObject({ state: 'ready' });
});

/** So many moments at which no transaction is open. */
function betweenTransactions(statements: readonly Statement[], parts: number): readonly number[] {
  let open = false;
  const free = statements.flatMap(({ text }, index) => {
    if (/^(begin|start transaction)/i.test(text)) open = true;
    if (/^(commit|rollback)/i.test(text)) open = false;
    return open ? [] : [index + 1];
  });
  return Array.from({ length: parts }, (_, part) => free[Math.floor(((free.length - 1) * (part + 0.5)) / parts)] ?? 0);
}

/** Each statement finds as many rows as it did in its own release. */
async function send(client: Client, statements: readonly Statement[]): Promise<void> {
  for (const { text, values, rows } of statements) {
    const result = await client.query(text, [...values]);
    expect(result.rows.length, text).toBe(rows);
  }
}

it('a scheduler of an older release beside one of this one: every due time is one task, and what it cannot know it leaves alone', async () => {
  const { client, bringUp, open } = await opened('PostgreSQL', '0006-one-writer');
  const bot = someBot();
  const begin = Math.floor(Date.now() / 1000) * 1000 - 20_000;
  await client.query(
    `insert into schedules (name, bot, cron, time_zone, input, missed, overlap, paused, done_until)
      values ('each', $1, '* * * * * *', 'UTC', '{}', 'all', 'allow', false, $2)`,
    [bot.name, new Date(begin).toISOString()],
  );
  const older = olderScheduler(client, 'each');
  await older(begin + 5000);
  await bringUp();
  const store = await open();
  onTestFinished(() => store.close());
  const beyond = { name: 'windowed', bot: bot.name, cron: '* * * * * *', timeZone: 'UTC', input: {} };
  const window = { from: '00:00', to: '24:00' };
  await store.schedules.put({ ...beyond, missed: 'all', overlap: 'allow', ...PLAIN_TIMING, window });
  const { rows: seen } = await client.query('select name from schedules where not paused');
  expect(seen).toEqual([{ name: 'each' }]);

  const dispatch = { ticket: async () => undefined };
  const scheduler = startScheduler({ store, bots: [bot], dispatch, clock: systemClock, log: silentLogger });
  await Promise.all([older(begin + 12_000), scheduler.startDue(), older(begin + 16_000)]);
  await scheduler.startDue();
  await older(begin + 20_000);
  await scheduler.stop();
  const keys = (await store.tasks.list({ bot: bot.name, limit: 500 })).map(({ key }) => key);
  const due = Array.from({ length: 20 }, (_, n) => scheduleKey('each', new Date(begin + (n + 1) * 1000).toISOString()));
  for (const key of due)
    expect(
      keys.filter((each) => each === key),
      key,
    ).toHaveLength(1);
});

/** What a scheduler of release 0.1.0 does with a plain schedule by the second: start what is due, then tick it off. */
function olderScheduler(client: Client, name: string): (until: number) => Promise<void> {
  return async (until) => {
    const { rows } = await client.query('select bot, done_until from schedules where name = $1 and not paused', [name]);
    const [schedule] = rows as { bot: string; done_until: Date }[];
    if (!schedule) return;
    const from = schedule.done_until.getTime();
    let last: string | null = null;
    for (let due = from + 1000; due <= until; due += 1000) {
      last = newId();
      const key = scheduleKey(name, new Date(due).toISOString());
      await client.query(
        `insert into tasks (id, bot, key, input, state, skill, value, due_at)
          values ($1, $2, $3, '{}', 'ready', 'clerk', 1, now()) on conflict (bot, key) do nothing`,
        [last, schedule.bot, key],
      );
    }
    if (last === null) return;
    await client.query(
      `update schedules set done_until = $1, last_task = $2
        where name = $3 and date_trunc('milliseconds', done_until) = $4`,
      [new Date(until).toISOString(), last, name, schedule.done_until.toISOString()],
    );
  };
}
