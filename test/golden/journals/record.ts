import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { silentLogger } from '#core';
import { type OpenStore, openStore } from '#store';
import { journalBot, type Outside, type Reaction } from './bot.ts';
import {
  answerOpen,
  type Client,
  type KeptJournal,
  letTimePass,
  poolOf,
  runOnce,
  type Statement,
  toItsEnd,
} from './story.ts';

/*
 * Keeps journals of this release for those to come: `node test/golden/journals/record.ts <release>`, then `npx biome format
 * --write` on its folder, once per release, before it is given out; between releases, once per migration worth holding
 * against: `0.1.0+0011` is 0.1.0 as it was with migration 0011. A real store and the real runner make them; only the
 * application is a list. What is kept never changes, and test/conformance/olderReleases.test.ts takes every folder beside
 * this file.
 */

interface Moment {
  readonly name: string;
  readonly reactions?: readonly Reaction[];
  /** From the task's intake to the moment: `run`, a person's `answer`, or `later`. */
  readonly until: readonly ('run' | 'answer' | 'later')[];
}

const TO_SUBMIT = ['run', 'answer', 'run', 'answer', 'run'] as const;
const IN_DOUBT: Moment = { name: 'in-doubt', reactions: ['lost'], until: [...TO_SUBMIT, 'later', 'run'] };
const MOMENTS: readonly Moment[] = [
  { name: 'submitted', until: [] },
  { name: 'asked', until: ['run'] },
  { name: 'answered', until: ['run', 'answer'] },
  { name: 'record-asked-for', until: ['run', 'answer', 'run'] },
  { name: 'record-answered', until: ['run', 'answer', 'run', 'answer'] },
  { name: 'died-with-its-submit-written', reactions: ['written'], until: TO_SUBMIT },
  { name: 'died-with-its-submit-not-written', reactions: ['dead'], until: TO_SUBMIT },
  { name: 'posted-and-not-there', reactions: ['lost'], until: TO_SUBMIT },
  IN_DOUBT,
  { name: 'to-be-keyed-again', reactions: ['lost'], until: [...IN_DOUBT.until, 'answer'] },
  { name: 'done', until: TO_SUBMIT },
];
/** What a task leaves, in an order that references allow. */
const TABLES = [
  'tasks',
  'runs',
  'steps',
  'effects',
  'key_waits',
  'questions',
  'evidence',
  'events',
  'halted_bots',
  'lanes',
];

async function record(release: string): Promise<void> {
  const folder = path.join(import.meta.dirname, release);
  mkdirSync(folder, { recursive: true });
  const keep = (name: string, what: object) =>
    writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(what, null, 2)}\n`);
  for (const moment of MOMENTS) {
    const store = await openStore({ kind: 'memory' }, { log: silentLogger });
    keep(moment.name, await kept(store, release, moment));
    await store.close();
  }
  const store = await openStore({ kind: 'memory' }, { log: silentLogger });
  const statements = listen(store.pool as Listened);
  const { migration } = await kept(store, release, IN_DOUBT);
  keep('statements', { release, migration, statements });
  await store.close();
}

async function kept(store: OpenStore, release: string, { name, reactions = [], until }: Moment): Promise<KeptJournal> {
  const outside: Outside = { written: [], reactions: [...reactions] };
  const bot = journalBot(outside);
  const { task } = await store.tasks.submit({ bot: bot.card, key: 'note', input: { number: '17' } });
  const does = {
    run: () => runOnce(store, bot, outside),
    answer: () => answerOpen(store, task.id),
    later: () => letTimePass(store),
  };
  const before = await sizesBeside(store);
  for (const each of until) await does[each]();
  const grown = Object.entries(await sizesBeside(store)).filter(([table, size]) => size !== before[table]);
  if (grown.length > 0)
    throw new Error(`Tasks leave rows in ${grown.map(([table]) => table).join(', ')}: keep them too.`);
  const written = [...outside.written];
  const tables = Object.fromEntries(
    await Promise.all(TABLES.map(async (table) => [table, await rowsOf(store, table)])),
  );
  const [last] = await rowsOf(store, '(select max(name) as name from kysely_migration)');
  const { name: migration } = last as { name: string };
  return { release, moment: name, migration, tables, written, end: await toItsEnd(store, bot, task.id, outside) };
}

/** How many rows each of the other tables holds. */
async function sizesBeside(store: OpenStore): Promise<Readonly<Record<string, number>>> {
  const all = await rowsOf(store, '(select tablename as name from pg_tables where schemaname = current_schema())');
  const names = all.map((row) => (row as { name: string }).name).filter((name) => !TABLES.includes(name));
  const sizes = names.map(async (name) => [name, (await rowsOf(store, name)).length] as const);
  return Object.fromEntries(await Promise.all(sizes));
}

async function rowsOf(store: OpenStore, table: string): Promise<readonly unknown[]> {
  const { rows } = await poolOf(store).query(`select coalesce(json_agg(t), '[]') as rows from ${table} t`);
  return (rows as { rows: unknown[] }[])[0]?.rows ?? [];
}

interface Listened {
  connect(): Promise<Client>;
}

/** Writes down everything that is sent from now on. */
function listen(pool: Listened): readonly Statement[] {
  const sent: Statement[] = [];
  const connect = pool.connect.bind(pool);
  pool.connect = async () => {
    const client = await connect();
    const query = client.query.bind(client);
    client.query = async (text, values = []) => {
      const result = await query(text, values);
      sent.push({ text, values, rows: result.rows.length });
      return result;
    };
    return client;
  };
  return sent;
}

await record(process.argv[2] ?? '');
