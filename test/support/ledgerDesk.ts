import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { knownRecord, silentLogger } from '#core';
import { defineBot, defineScreen, openSessions, type Screen, type Services } from '#runner';
import { ledger as ledgerApp, voucher, voucherSchema, voucherScreen } from '../../bots/apps/ledger/index.ts';
import { type LedgerVendor, readLedger, startLedgerProcess } from '../../demo/ledger/index.ts';
import { Visitor } from '../demo/ledger/visitor.ts';
import { openBench, services } from './bench.ts';

export type Voucher = z.infer<typeof voucherSchema>;

const BOT = { user: 'bot', password: 'abc-123' };
const CLERK = { user: 'clerk', password: 'paper' };
/** A second account for the bot: signing in with the first one ends whatever that still had under way. */
export const SECOND_BOT = { user: 'bot-2', password: 'xyz-789' };

const VENDORS: readonly LedgerVendor[] = ['70101', '70102', '70103'].map((code, i) => ({
  ...{ code, name: `Vendor ${i + 1} GmbH`, street: 'Weg 1', city: '20095 Hamburg', vatId: 'DE281405938' },
  ...{ iban: 'DE02120300000000202051', currency: 'EUR', termsDays: 30 },
}));

export const VOUCHER: Voucher = {
  vendor: '70102',
  invoice_number: 'RE-2026/0815',
  invoice_date: '2026-03-02',
  due_date: '2026-03-20',
  currency: 'EUR',
  net_total: '1234.50',
  tax_total: '234.56',
  total: '1469.06',
  order_number: null,
};

/** As long as it takes a test to see that nothing is keyed before; tests let the time pass by `bench.store.age`. */
export const SETTLING_SECONDS = 600;
export const hastyLedger = { ...ledgerApp, patienceSeconds: 12, settlingSeconds: SETTLING_SECONDS };
export const hastyScreen = defineScreen({ ...voucherScreen, app: hastyLedger });

/** A bot that keys the voucher it is given, and nothing else. */
export function keyingBot(screen: Screen<Voucher> = hastyScreen) {
  return defineBot({
    name: 'keying',
    version: '1',
    input: z.object({ voucher: voucherSchema }),
    output: z.object({ voucher: z.string() }),
    goal: { within: '1h', skill: 'test' },
    records: [voucher],
    async run(task) {
      const { reference } = await task.rekey(screen, await task.validate(voucher, knownRecord(task.input.voucher)));
      return { voucher: reference };
    },
  });
}

/** A ledger of the test's own, in a process of its own, and browsers that sign in there. */
export async function openLedgerDesk() {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-ledger-'));
  const file = path.join(folder, 'books.jsonl');
  const ledger = await startLedgerProcess({ file, vendors: VENDORS, users: [BOT, SECOND_BOT, CLERK] });
  const windows = await theBrowser();
  onTestFinished(async () => {
    for (const context of windows.contexts()) await context.close();
    await ledger.stop();
    await rm(folder, { recursive: true });
  });
  return {
    ledger,
    vouchers: () => readLedger(file).vouchers,
    hits: async (page: string) => (await ledger.tell({ do: 'status' })).hits[page] ?? 0,
    /** Services of a worker that has just started: it shares nothing with those before it but the ledger. */
    fresh(account = BOT): Services {
      const launch = async () => lent(windows);
      const sessions = openSessions({ launch, account: () => ({ url: ledger.url, ...account }), log: silentLogger });
      return services({ sessions });
    },
    /** A person posts a voucher with this number, beside the bot. */
    async clerkPosts({ vendor, invoice_number }: Voucher, changes: Readonly<Record<string, string>> = {}) {
      const clerk = new Visitor(ledger);
      await clerk.signIn(CLERK);
      const key = { f0: vendor, f1: vendor, f3: invoice_number };
      const rest = {
        f4: '02.03.2026',
        f5: '20.03.2026',
        f6: 'EUR',
        f7: '1.234,50',
        f8: '234,56',
        f9: '1.469,06',
        f10: '',
      };
      await clerk.post('voucher.asp', { ...key, ...rest, ...changes, b1: 'Post' });
    },
  };
}

/** A ledger, a task to key a voucher there, and a worker. */
export async function keyingDesk(changes: Partial<Voucher> = {}, screen = hastyScreen) {
  const voucher = { ...VOUCHER, ...changes };
  const desk = await openLedgerDesk();
  const bench = await openBench(keyingBot(screen), { voucher });
  const worker = desk.fresh();
  const effects = async () => (await bench.story()).effects.map(({ state }) => state);
  return { ...desk, ...bench, voucher, worker, effects, work: () => bench.run({ services: worker }) };
}

let browser: Promise<Browser> | undefined;

/** One Chromium for all tests of a file, since it starts slowly. It ends with the file's process. */
function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: process.env['REKEY_BROWSER'] ?? '/usr/bin/chromium' });
  return browser;
}

/** The browser as sessions may have it: they close what is theirs, and the next test goes on with it. */
function lent(browser: Browser): Browser {
  return new Proxy(browser, {
    get(target, key) {
      if (key === 'close') return async () => {};
      const member: unknown = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
