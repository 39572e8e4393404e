import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
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
