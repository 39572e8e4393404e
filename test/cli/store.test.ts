import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { loadConfig } from '#config';
import { type HumanTask, silentLogger, systemClock } from '#core';
import { openInstallation, startRekey } from '../../main.ts';
import { rekey as run } from '../support/rekeyProcess.ts';
import { freshDatabase } from '../support/stores.ts';
import { someQuestion } from '../support/work.ts';

let folder: string;
let paper: string;
let servers: { DATABASE_URL: string };
const rekey = (...args: string[]) => run(folder, args, servers);
const json = async (...args: string[]) => JSON.parse((await rekey(...args, '--json')).out);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rekey-store-cli-'));
  servers = { DATABASE_URL: await freshDatabase() };
  paper = path.join(folder, 'letter.txt');
  await writeFile(paper, 'Dear Sir or Madam');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a bot asked before this command ran. */
async function asked(): Promise<HumanTask> {
  const config = loadConfig({ REKEY_DATA: folder, ...servers });
  const { store, close } = await openInstallation(config, { clock: systemClock, log: silentLogger });
  try {
    const bot = { name: 'supplier-invoice', version: '1', promiseSeconds: 60, skill: 'accounts-payable' };
    const lease = await store.tasks.claim(bot, 'worker', 60);
    const form = { type: 'object', properties: { answer: { enum: ['A1', 'B2'] } }, required: ['answer'] };
    await store.tasks.journal(lease!).ask(someQuestion({ form }));
    await store.tasks.finish(lease!, { kind: 'waiting' });
    return (await store.people.list())[0]!;
  } finally {
    await close();
  }
}

it('hands papers in once, tells of them, and takes one answer', async () => {
  const [first] = await json('submit', paper, '--priority', '3', '--due', '2031-01-02T03:04:05Z');
  expect(first).toMatchObject({ file: paper, created: true, state: 'ready', promisedAt: '2031-01-02T03:04:05.000Z' });
  const again = await rekey('submit', paper);
  expect(again.code).toBe(0);
  expect(again.out).toContain('ready, here already');
  expect(await json('task', first.task)).toMatchObject({ task: { id: first.task, value: 3 }, questions: [] });

  const { id } = await asked();
  expect(await json('exceptions', '--skill', 'accounts-payable')).toMatchObject([{ id, task: first.task }]);
  const misfit = await rekey('answer', id, '--set', 'answer=C3', '--as', 'ana', '--json');
  expect(misfit.code).toBe(1);
  expect(JSON.parse(misfit.out)).toMatchObject({ outcome: 'refused', mayOverrule: false });
  expect(await json('answer', id, '--set', 'answer=B2', '--as', 'ana')).toEqual({ outcome: 'stored' });
  const late = await rekey('answer', id, '--set', 'answer=A1', '--as', 'bo');
  expect(late).toMatchObject({ code: 1, out: 'Somebody else holds this question, or has answered it.\n' });
  const told = (await rekey('task', first.task)).out;
  expect(told).toContain('answer by ana');
  expect(told).toContain('no worker runs version 1 of its bot (version-missing)');
  expect((await rekey('tasks')).out).toContain('no worker runs version 1');
}, 180_000);

it('keeps schedules', async () => {
  const put = ['schedule', 'put', 'early', '--bot', 'ledger-canary', '--cron', '0 6 * * 1-5'];
  const [made] = await json(...put, '--time-zone', 'Europe/Vienna');
  expect(made).toMatchObject({ name: 'early', missed: 'once', overlap: 'skip', paused: false });
  expect(made.next).toHaveLength(5);
  expect((await rekey('schedule', 'pause', 'early')).out).toBe('Paused.\n');
  expect((await rekey('schedule')).out).toContain('paused');
  expect((await rekey('schedule', 'resume', 'early')).out).toBe('Goes on.\n');
  expect((await rekey('schedule', 'remove', 'early')).code).toBe(0);
  expect(await json('schedule', 'list')).toEqual([]);
}, 120_000);

it('keeps calendars, and tells when a schedule starts that heeds one', async () => {
  const file = path.join(folder, 'holidays.txt');
  await writeFile(file, '*-12-31 Old Year\n');
  const [made] = await json('schedule', 'calendar', 'put', 'office', file, '--days', 'mon-fri');
  expect(made).toMatchObject({ name: 'office', version: 1, workingDays: [1, 2, 3, 4, 5] });
  const put = ['schedule', 'add', 'year-end', '--bot', 'ledger-canary', '--cron', '0 5 31 12 *', '--time-zone', 'UTC'];
  const heeding = ['--calendar', 'office', '--day-off', 'previous', '--window', '07:00-18:00'];
  expect(await json(...put, ...heeding)).toMatchObject([
    { calendar: 'office', window: { from: '07:00', to: '18:00' } },
  ]);
  expect((await rekey('schedule', 'next', 'year-end', '--count', '1')).out).toMatch(
    /day off \(.+\), waits for the window/,
  );
  expect((await rekey('schedule', 'calendar', 'show', 'office')).out).toBe(
    '# office, version 1: mon,tue,wed,thu,fri\n*-12-31 Old Year\n',
  );
  expect((await rekey('schedule', 'calendar', 'remove', 'office')).code).toBe(64);
  expect((await rekey('schedule', 'remove', 'year-end')).code).toBe(0);
  expect((await rekey('schedule', 'calendar', 'remove', 'office')).code).toBe(0);
}, 180_000);

it.each([
  [1, ['fly']],
  [1, ['tasks', '--limit', '0']],
  [64, ['task', 'nowhere']],
  [64, ['submit', '/nowhere/a.pdf']],
  [64, ['submit', '--key', 'k', 'a.pdf', 'b.pdf']],
  [64, ['schedule', 'put', 'x', '--bot', 'ledger-canary', '--cron', 'now and then']],
  [64, ['new', 'bot', 'Not Kebab']],
] as const)('ends with %i after rekey %j', async (code, args) => {
  const ran = await rekey(...args);
  expect(ran.code).toBe(code);
  expect(ran.out).toBe('');
  expect(ran.err).not.toMatch(/^\s+at /m);
});

it('ends with 78 on settings that cannot be used, and with 69 where a server is not there', async () => {
  const wrong = await run(folder, ['tasks'], { ...servers, REKEY_PROT: '1', REKEY_READERS: 'many' });
  expect(wrong).toMatchObject({ code: 78, out: '', err: expect.stringMatching(/REKEY_PROT.*REKEY_READERS/s) });
  const url = new URL(inject('postgresUrl'));
  url.port = '1';
  const away = await run(folder, ['doctor', '--json'], { DATABASE_URL: url.href, REKEY_LANGUAGES: 'eng,xyz' });
  expect(away.code).toBe(69);
  const { findings } = JSON.parse(away.out);
  expect(findings).toContainEqual(expect.objectContaining({ check: 'record and dispatch', ok: false }));
  const noLanguage = { check: 'OCR', ok: false, found: expect.stringContaining('npm install') };
  expect(findings).toContainEqual(noLanguage);
}, 120_000);

it('says at the start of an instance, not at its first paper, that the engine does not open', async () => {
  const config = loadConfig({ REKEY_DATA: folder, ...servers, REKEY_OCR: '/nowhere/engine.ts' });
  const started = startRekey(config, { work: false, console: false }, { clock: systemClock, log: silentLogger });
  await expect(started).rejects.toMatchObject({ code: 'cannot-load', where: 'REKEY_OCR' });
});

it('shows tasks also where the engine that reads pictures does not open', async () => {
  const listed = await run(folder, ['tasks', '--json'], { ...servers, REKEY_OCR: '/nowhere/engine.ts' });
  expect(listed).toMatchObject({ code: 0, err: '' });
}, 120_000);

it('doctor finds all well, shows no secret, and leaves no engine open that would keep it from ending', async () => {
  const engine = path.join(folder, 'engine.mjs');
  await writeFile(
    engine,
    `const connection = setInterval(() => {}, 1_000);
     const close = async () => clearInterval(connection);
     export default () => ({ id: 'own', languages: ['eng'], read() {}, orientation() {}, close });`,
  );
  const { code, out } = await run(folder, ['doctor', '--json'], { ...servers, REKEY_OCR: engine });
  expect(code).toBe(0);
  expect(JSON.parse(out).findings.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
});
