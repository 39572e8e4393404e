/**
 * What proof costs: one voucher keyed by Rekey (look-up, typing, comparing the form, intent, submit, look-up, read-back,
 * receipt with screenshots, on PostgreSQL) against a bare Playwright script that signed in once and types the same
 * fields. In pairs, turn about, each with an account and a browser of its own in the demo's ledger; ratios are medians.
 *
 *   node bench/keying.ts [--pairs 30] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { z } from 'zod';
import { openArchive } from '#archive';
import { silentLogger, systemClock } from '#core';
import { defineBot, knownRecord, openSessions, runTask, type Services } from '#runner';
import { openStore } from '#store';
import { findBrowser } from '../bin/browser.mjs';
import { voucher as voucherRecord, voucherSchema, voucherScreen } from '../bots/apps/ledger/index.ts';
import { startPostgres } from '../chaos/servers/index.ts';
import { readLedger, startLedgerProcess } from '../demo/ledger/index.ts';
import { median } from './measure.ts';

const log = silentLogger;

const USERS = [
  { user: 'rekey', password: 'paper' },
  { user: 'script', password: 'paper' },
];
const VENDOR = {
  ...{ code: '70101', name: 'Vendor GmbH', street: 'Weg 1', city: '20095 Hamburg', vatId: 'DE281405938' },
  ...{ iban: 'DE02120300000000202051', currency: 'EUR', termsDays: 30 },
};

type Voucher = z.infer<typeof voucherSchema>;
type Account = { readonly url: string; readonly user: string; readonly password: string };

const bot = defineBot({
  name: 'bench-keyer',
  version: '1',
  input: z.object({ voucher: voucherSchema }),
  output: z.object({ reference: z.string() }),
  goal: { within: '1h', skill: 'bench' },
  records: [voucherRecord],
  async run(task) {
    const checked = await task.validate(voucherRecord, knownRecord(task.input.voucher));
    const { reference } = await task.rekey(voucherScreen, checked);
    return { reference };
  },
});

function voucherNo(n: number): Voucher {
  const cents = 100_000 + 37 * n;
  const tax = Math.round(cents * 0.19);
  const money = (amount: number) => (amount / 100).toFixed(2);
  return {
    ...{ vendor: VENDOR.code, invoice_number: `B-${n}`, currency: VENDOR.currency, order_number: null },
    ...{ invoice_date: '2026-03-02', due_date: '2026-03-20' },
    ...{ net_total: money(cents), tax_total: money(tax), total: money(cents + tax) },
  };
}

interface Keyer {
  key(voucher: Voucher): Promise<void>;
  close(): Promise<void>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { pairs: { type: 'string', default: '30' }, json: { type: 'boolean', default: false } },
  });
  const pairs = Number(values.pairs);
  const folder = await mkdtemp(join(tmpdir(), 'rekey-keying-'));
  const file = join(folder, 'books.jsonl');
  const ledger = await startLedgerProcess({ file, vendors: [VENDOR], users: USERS });
  const postgres = await startPostgres(folder, {});
  const executablePath = await findBrowser(process.env);
  if (executablePath === undefined) throw new Error('No browser was found.');
  const [ours, theirs] = USERS.map((user) => ({ url: ledger.url, ...user }));
  const launch = () => chromium.launch({ executablePath });
  const rekey = await withRekey(postgres.url, folder, ours!, launch);
  const bare = await bareScript(await launch(), theirs!);
  try {
    const took = await race(rekey, bare, pairs);
    const ratios = took.map((pair) => pair.rekey / pair.bare);
    const report = {
      pairs,
      rekeyMs: median(took.map((pair) => pair.rekey)),
      bareMs: median(took.map((pair) => pair.bare)),
      ratio: median(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
    };
    if (readLedger(file).vouchers.length !== 2 * (pairs + WARM_UP))
      throw new Error('Not every voucher is in the ledger once.');
    if (values.json) console.log(JSON.stringify(report));
    else console.table([report]);
  } finally {
    await rekey.close();
    await bare.close();
    await ledger.stop();
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

/** Pairs before those that count. */
const WARM_UP = 2;

async function race(rekey: Keyer, bare: Keyer, pairs: number): Promise<{ rekey: number; bare: number }[]> {
  const took: { rekey: number; bare: number }[] = [];
  for (let pair = 0; pair < pairs + WARM_UP; pair++) {
    const times = { rekey: 0, bare: 0 };
    const turns = [
      { name: 'rekey', keyer: rekey, voucher: voucherNo(2 * pair) },
      { name: 'bare', keyer: bare, voucher: voucherNo(2 * pair + 1) },
    ] as const;
    for (const { name, keyer, voucher } of pair % 2 === 0 ? turns : turns.toReversed()) {
      times[name] = await timed(keyer, voucher);
    }
    if (pair >= WARM_UP) took.push(times);
  }
  return took;
}

async function timed(keyer: Keyer, voucher: Voucher): Promise<number> {
  const began = performance.now();
  await keyer.key(voucher);
  return performance.now() - began;
}

async function withRekey(
  url: string,
  folder: string,
  account: Account,
  launch: () => Promise<Browser>,
): Promise<Keyer> {
  const store = await openStore({ kind: 'postgres', url }, { log });
  const archive = openArchive(join(folder, 'archive'));
  const noPapers = async () => Promise.reject(new Error('A voucher needs no paper here.'));
  const services: Services = {
    archive,
    maskEvidence: false,
    reader: { read: noPapers, reread: noPapers },
    memory: store.memory,
    papers: store.papers,
    sessions: openSessions({
      launch,
      archive,
      accounts: async () => [{ name: account.user, ...account }],
      access: store.access,
      holder: 'bench',
      leaseSeconds: 30,
      onWork: () => undefined,
      log,
    }),
    accepts: () => true,
    sampled: () => undefined,
    today: () => '2026-03-31',
    clock: systemClock,
    log,
  };
  return {
    key: async (voucher) => {
      await store.tasks.submit({ bot: bot.card, key: voucher.invoice_number, input: { voucher } });
      const lease = await store.tasks.claim(bot.card, 'bench', 30);
      const outcome = await runTask(bot, store.tasks.journal(lease!), services, new AbortController().signal);
      if (outcome.kind !== 'done') throw new Error(`Rekey did not key it: ${JSON.stringify(outcome)}`);
      await store.tasks.finish(lease!, outcome);
    },
    close: async () => {
      await services.sessions.close();
      await store.close();
    },
  };
}

/** What somebody would write who trusts the application. */
async function bareScript(browser: Browser, { url, user, password }: Account): Promise<Keyer> {
  const page = await browser.newPage();
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(url);
  await page.locator('[name=f1]').fill(user);
  await page.locator('[name=f2]').fill(password);
  await page.locator('[name=b1]').click();
  await page.locator('frame[name=main]').waitFor({ state: 'attached' });
  return { key: (voucher) => typeAndPost(page, voucher), close: () => browser.close() };
}

async function typeAndPost(page: Page, voucher: Voucher): Promise<void> {
  const [menu, main] = [frameNamed(page, 'menu'), frameNamed(page, 'main')];
  await menu.getByText('Vendor invoice', { exact: true }).click();
  const [popup] = await Promise.all([page.waitForEvent('popup'), main.locator('input[value="..."]').click()]);
  await popup.locator('[name=s1]').fill(voucher.vendor);
  await popup.getByRole('button', { name: 'Search' }).click();
  const sentBack = main.waitForNavigation();
  await popup
    .getByRole('link', { name: voucher.vendor, exact: true })
    .click()
    // It closes itself under the click.
    .catch((error: unknown) => (popup.isClosed() ? undefined : Promise.reject(error)));
  await sentBack;
  const typed: Readonly<Record<string, string>> = {
    f4: german(voucher.invoice_date),
    f3: voucher.invoice_number,
    f7: amount(voucher.net_total),
    f8: amount(voucher.tax_total),
    f9: amount(voucher.total),
    f5: german(voucher.due_date),
    f10: voucher.order_number ?? '',
  };
  await main.locator('[name=f6]').selectOption(voucher.currency);
  for (const [name, text] of Object.entries(typed)) await main.locator(`[name=${name}]`).fill(text);
  await main.locator('[name=b1]').click();
  const said = main.locator('font[color="#006600"], font[color="#cc0000"]').first();
  const answer = await said.textContent();
  if (!/posted$/.test(answer ?? '')) throw new Error(`The ledger answered: ${answer}`);
}

function frameNamed(page: Page, name: string): Frame {
  const frame = page.frame({ name });
  if (!frame) throw new Error(`There is no frame ${name}.`);
  return frame;
}

function german(day: string): string {
  return day.split('-').toReversed().join('.');
}

function amount(value: string): string {
  return Number(value).toLocaleString('de-DE', { minimumFractionDigits: 2 });
}

await main();
