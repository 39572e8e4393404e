import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Config, loadConfig } from '#config';
import { type Office, sha256, silentLogger, systemClock } from '#core';
import { type LedgerProcess, startLedgerProcess, vendors } from '#demo';
import { filesBelow, tablesOf } from '../../chaos/outputs.ts';
import { startRekey } from '../../main.ts';
import { type Outputs, partsWith } from '../support/outputs.ts';
import { drawInvoice } from '../support/paperInvoice.ts';
import { freshDatabase } from '../support/stores.ts';

/** Two suppliers, of whom one is to be forgotten: what papers say of them, and what nobody else is called. */
const SUBJECT = { code: '90417', name: 'Quillfeather Carvings', iban: 'GB82WEST12345698765432' };
const OTHER = { code: '90502', name: 'Ostrander Ropeworks', iban: 'DE89370400440532013000' };
type Supplier = typeof SUBJECT;

const KEYED = { number: 'QF-7731', net_total: '100.00', tax_total: '20.00', total: '120.00' };
const TODAY = '2026-03-16';
const DAY = { ...systemClock, now: () => Date.parse(`${TODAY}T12:00:00Z`) };
const PATIENCE = { timeout: 120_000, interval: 100 };

/** An invoice as text. */
function letter({ name, iban }: Supplier, number: string): Uint8Array {
  const lines = [
    ...[name, '12 Mill Lane, Bristol BS1 4AB', '', 'INVOICE', `Invoice no.: ${number}`, 'Invoice date: 02/03/2026'],
    ...['Due date: 01/04/2026', 'Currency: EUR', '', 'Net total: 100.00', 'VAT 20 %: 20.00', 'Total EUR: 120.00'],
    `IBAN: ${iban}`,
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** An invoice as a picture, which takes OCR. */
async function picture({ name, iban }: Supplier, number: string): Promise<Uint8Array> {
  const drawn = await drawInvoice({
    ...{ seller: name, street: '12 Mill Lane', number, date: '02/03/2026', due: '01/04/2026', order: 'PO-1', vat: '' },
    ...{ iban, items: [['Carved chair', '1', '100.00', '100.00']], net: '100.00', tax: '20.00', total: '120.00' },
  });
  return drawn.image;
}

interface Seen {
  readonly tables: Outputs;
  readonly files: ReadonlyMap<string, Buffer>;
}

interface Story {
  readonly before: Seen;
  readonly held: Seen;
  readonly after: Seen;
  /** The tasks: keyed and held of the subject, and the other's. */
  readonly keyed: string;
  readonly kept: string;
  readonly others: string;
  /** Names of what is whose. */
  readonly pictures: readonly string[];
  readonly keptPaper: string;
  readonly othersPaper: string;
  readonly outcomes: readonly unknown[];
  readonly counts: readonly unknown[];
}

/** Three papers worked to their end; the subject erased while one of its tasks is held, and once more when it is not. */
async function story(): Promise<Story> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-erasure-'));
  const known = [SUBJECT, OTHER].map((supplier) => ({ ...vendors[0]!, vatId: '', currency: 'EUR', ...supplier }));
  const users = [{ user: 'bot', password: 'abc-123' }];
  const ledger = await startLedgerProcess({ file: path.join(folder, 'books.jsonl'), vendors: known, users });
  const database = await freshDatabase();
  const config = configOf(path.join(folder, 'data'), database, ledger);
  const { office, close } = await startRekey(config, { work: true, console: true }, { clock: DAY, log: silentLogger });
  const look = async (): Promise<Seen> => ({ tables: await tablesOf(database), files: await allFiles(config.data) });
  try {
    const keyed = await throughTheInbox(config, office, 'QUILLFEATHER 1.txt', letter(SUBJECT, KEYED.number));
    const [scan, rope] = [await picture(SUBJECT, 'QF-8842'), letter(OTHER, 'OR-5519')];
    const kept = (await office.submit({ paper: { name: 'quillfeather 2.png', bytes: scan } })).task;
    const others = (await office.submit({ paper: { name: 'ostrander.txt', bytes: rope } })).task;
    for (const task of [kept, others])
      await office.answer((await asked(office, task)).id, { person: 'Ana', choice: 'reject' });
    const values = {
      ...{ ...KEYED, vendor: SUBJECT.code, invoice_number: KEYED.number, currency: 'EUR', iban: SUBJECT.iban },
      ...{ invoice_date: '2026-03-02', due_date: '2026-04-01', order_number: null },
    };
    const { number: _, ...record } = values;
    const answer = { person: 'Ana', choice: 'answer', values: record, overrule: true } as const;
    expect(await office.answer((await asked(office, keyed)).id, answer)).toEqual({ outcome: 'stored' });
    await vi.waitFor(async () => expect((await office.task(keyed)).task).toMatchObject({ state: 'done' }), PATIENCE);
    const { effects, evidence } = await office.task(keyed);
    const pictures = [...effects.flatMap(({ receipt }) => receipt?.evidence ?? []), ...evidence].map(
      (one) => one.sha256,
    );
    const figures = async () => {
      const { now: _, mended: __, ...rest } = await office.overview();
      return rest;
    };

    await office.holdTask(kept, 'The auditors ask for it', 'Eve');
    const [before, countsBefore] = [await look(), await figures()];
    const found = (await office.tasksAbout('quill-feather')).map(({ task }) => task);
    const first = await office.eraseTasks(found, 'Zoë');
    const held = await look();
    await office.releaseTask(kept, 'Eve');
    const second = await office.eraseTasks(
      (await office.tasksAbout('quillfeather')).map(({ task }) => task),
      'Zoë',
    );
    const [after, countsAfter] = [await look(), await figures()];
    return {
      ...{ before, held, after, keyed, kept, others, pictures, keptPaper: sha256(scan), othersPaper: sha256(rope) },
      ...{ outcomes: [first, second], counts: [countsBefore, countsAfter] },
    };
  } finally {
    await close();
    await ledger.stop();
  }
}

async function allFiles(folder: string): Promise<Seen['files']> {
  const files = new Map<string, Buffer>();
  for await (const [name, bytes] of filesBelow(folder)) files.set(name, bytes);
  return files;
}

function configOf(data: string, database: string, ledger: LedgerProcess): Config {
  return loadConfig({
    ...{ REKEY_DATA: data, DATABASE_URL: database, REKEY_PORT: '0', REKEY_READERS: '1', REKEY_LABELS: 'demo' },
    ...{ REKEY_AUDIT_SHARE: '1', REKEY_BROWSER: process.env['REKEY_BROWSER'], REKEY_APP_LEDGER_URL: ledger.url },
    ...{ REKEY_APP_LEDGER_USER: 'bot', REKEY_APP_LEDGER_PASSWORD: 'abc-123' },
  });
}

async function throughTheInbox(config: Config, office: Office, name: string, bytes: Uint8Array): Promise<string> {
  await mkdir(config.inbox, { recursive: true });
  await writeFile(path.join(config.inbox, name), bytes);
  return vi.waitFor(async () => {
    const [task] = await office.tasks({});
    expect(task?.input.document).toMatchObject({ name });
    expect(await readdir(path.join(config.inbox, 'taken'))).toEqual([name]);
    return task!.id;
  }, PATIENCE);
}

function asked(office: Office, task: string) {
  return vi.waitFor(async () => {
    const question = (await office.exceptions()).find((one) => one.task === task);
    expect(question).toBeDefined();
    return question!;
  }, PATIENCE);
}

describe('a subject that is erased', () => {
  let told: Story;
  beforeAll(async () => {
    told = await story();
  }, 300_000);

  const spellings = (text: string) => [text, text.toLowerCase(), text.toUpperCase()];
  const ofSubject = [SUBJECT.iban, KEYED.number, ...['Quillfeather', 'carvings'].flatMap(spellings)];
  const tableRows = ({ tables }: Seen, ...texts: readonly string[]) =>
    [...tables].flatMap(([table, rows]) =>
      rows
        .split('\n')
        .filter((row) => partsWith(new Map([['row', row]]), ...texts).length > 0)
        .map((row) => ({ table, row })),
    );
  const namesOf = (seen: Seen, place: string) =>
    [...seen.files.keys()].filter((name) => name.includes(`/data/${place}/`));

  it('stood in all the places that are cleared: else nothing would be shown below', () => {
    const { before } = told;
    const tables = new Set(tableRows(before, ...ofSubject).map(({ table }) => table.replace('rekey.', '')));
    const cleared = ['tasks', 'steps', 'effects', 'questions', 'seen_papers', 'kept_papers', 'layouts'];
    expect([...tables]).toEqual(expect.arrayContaining(cleared));
    const files = partsWith(before.files, ...ofSubject);
    for (const place of ['archive', 'readings', 'inbox/taken'])
      expect(
        files.filter((name) => name.includes(`/data/${place}/`)),
        place,
      ).not.toEqual([]);
    expect(told.pictures.length).toBeGreaterThan(1);
    for (const name of told.pictures) expect(namesOf(before, 'archive').join()).toContain(name);
  });

  it('is erased, but for what is held', () => {
    const { keyed, kept, outcomes } = told;
    const first = [
      { task: keyed, outcome: 'erased' },
      { task: kept, outcome: 'held' },
    ];
    expect(outcomes).toEqual([first, [{ task: kept, outcome: 'erased' }]]);
  });

  it('stands in what the held task speaks of, and nowhere else', () => {
    const { held, kept, keptPaper, othersPaper } = told;
    const rows = tableRows(held, ...ofSubject);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.filter(({ row }) => !row.includes(kept))).toEqual([]);
    expect(tableRows(held, KEYED.number)).toEqual([]);
    const archived = namesOf(held, 'archive').map((name) => path.basename(name));
    expect(archived.toSorted()).toEqual([keptPaper, othersPaper].toSorted());
    expect(namesOf(held, 'readings').map((name) => path.basename(name).slice(0, 64))).toEqual([keptPaper]);
    expect(namesOf(held, 'inbox')).toEqual([]);
    expect(partsWith(held.files, ...ofSubject).every((name) => name.includes(keptPaper))).toBe(true);
    expect(tableRows(held, ...told.pictures)).toEqual([]);
  });

  it('stands nowhere when the hold is released, and the other one as before', () => {
    const { after, before, others, keptPaper, othersPaper } = told;
    expect(tableRows(after, ...ofSubject, keptPaper, ...told.pictures)).toEqual([]);
    expect(partsWith(after.files, ...ofSubject)).toEqual([]);
    expect(namesOf(after, 'archive').map((name) => path.basename(name))).toEqual([othersPaper]);
    expect(namesOf(after, 'readings')).toEqual([]);
    const theirs = (seen: Seen) =>
      tableRows(seen, 'Ostrander', 'OR-5519')
        .filter(({ row }) => row.includes(others))
        .map(({ row }) => row)
        .toSorted();
    expect(theirs(before).length).toBeGreaterThan(2);
    expect(theirs(after)).toEqual(theirs(before));
  });

  it('is counted as before', () => {
    const [before, after] = told.counts;
    expect(before).toMatchObject({ counts: { done: 1, rejected: 2, ready: 0, waiting: 0 } });
    expect(after).toEqual(before);
  });
});
