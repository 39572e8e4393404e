import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { loadConfig } from '#config';
import { type HumanTask, type Office, silentLogger, systemClock } from '#core';
import { readLedger, startLedgerProcess, vendors } from '#demo';
import { startRekey } from '../../main.ts';
import { startRedis } from '../support/redisServer.ts';
import { freshDatabase } from '../support/stores.ts';
import { twoPapers } from '../support/twoPapers.ts';

type Servers = Readonly<Record<string, string>>;

const PROFILES: readonly (readonly [name: string, servers: (folder: string) => Promise<Servers>])[] = [
  ['embedded', async () => ({})],
  ['postgres', async () => ({ DATABASE_URL: await freshDatabase() })],
  ['redis', async (folder) => ({ DATABASE_URL: await freshDatabase(), REDIS_URL: await ownRedis(folder) })],
];

/** Of this batch the first paper is dated ten years ahead, and the second is as it should be; both are digital. */
const BATCH = { seed: 's39', count: 6, today: '2026-03-16' };
const DAY = { ...systemClock, now: () => Date.parse(`${BATCH.today}T12:00:00Z`) };

it.each(PROFILES)(
  'on %s one paper goes straight through, and one by way of a person',
  async (_, servers) => {
    const { office, books } = await openOffice(servers);
    const [odd, even] = await twoPapers(BATCH);
    const submit = async (paper: typeof odd) => (await office.submit({ paper })).task;
    const [oddTask, evenTask] = [await submit(odd), await submit(even)];

    await until(office, evenTask, 'done');
    await until(office, oddTask, 'waiting');
    const [question] = await office.exceptions();
    expect(question).toMatchObject({ task: oddTask, kind: 'validate' });
    await expect(answer(office, question!, false)).resolves.toMatchObject({ outcome: 'refused', mayOverrule: true });
    await expect(answer(office, question!, true)).resolves.toEqual({ outcome: 'stored' });
    const story = await until(office, oddTask, 'done');

    expect(story.effects).toMatchObject([{ state: 'proven', receipt: { reference: story.task.output.voucher } }]);
    expect(story.effects[0]?.receipt?.compared.every(({ same }) => same)).toBe(true);
    expect((await office.overview()).straightThrough).toBe(0.5);
    const keyed = readLedger(books).vouchers.map(({ invoiceNumber }) => invoiceNumber);
    expect(keyed.toSorted()).toEqual([odd.number, even.number].toSorted());
  },
  240_000,
);

async function openOffice(servers: (folder: string) => Promise<Servers>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-profile-'));
  const books = path.join(folder, 'books.jsonl');
  const ledger = await startLedgerProcess({ file: books, vendors, users: [{ user: 'bot', password: 'abc-123' }] });
  onTestFinished(() => ledger.stop());
  const config = loadConfig({
    REKEY_DATA: path.join(folder, 'data'),
    REKEY_PORT: '0',
    REKEY_READERS: '1',
    REKEY_LABELS: 'demo',
    REKEY_AUDIT_SHARE: '0',
    REKEY_BROWSER: process.env['REKEY_BROWSER'],
    REKEY_APP_LEDGER_URL: ledger.url,
    REKEY_APP_LEDGER_USER: 'bot',
    REKEY_APP_LEDGER_PASSWORD: 'abc-123',
    ...(await servers(folder)),
  });
  const { office, close } = await startRekey(config, { work: true, console: false }, { clock: DAY, log: silentLogger });
  onTestFinished(close);
  return { office, books };
}

async function ownRedis(folder: string): Promise<string> {
  const redis = await startRedis(folder, '--maxmemory-policy', 'noeviction');
  onTestFinished(() => redis.stop());
  return redis.url;
}

/** Answers with what the bot read, in spite of what is the matter with it, or not. */
function answer(office: Office, { id, draft }: HumanTask, overrule: boolean) {
  const values = Object.fromEntries(Object.entries(draft).map(([field, { value }]) => [field, value]));
  return office.answer(id, { person: 'Ana', choice: 'answer', values, overrule });
}

function until(office: Office, task: string, state: string) {
  return vi.waitFor(
    async () => {
      const story = await office.task(task);
      expect(story.task, JSON.stringify([story, await office.exceptions()])).toMatchObject({ state });
      return { ...story, task: { ...story.task, output: Object(story.task.output) } };
    },
    { timeout: 120_000, interval: 100 },
  );
}
