import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { silentLogger } from '#core';
import { openSessions, type Services } from '#runner';
import { type LedgerVendor, readLedger, startLedgerProcess } from '../../demo/ledger/index.ts';
import { Visitor } from '../demo/ledger/visitor.ts';
import { openBench, services } from './bench.ts';
import { BOT, hastyScreen, keyingBot, SECOND_BOT, VOUCHER, type Voucher } from './keyingBot.ts';

const CLERK = { user: 'clerk', password: 'paper' };
const VENDORS: readonly LedgerVendor[] = ['70101', '70102', '70103'].map((code, i) => ({
  ...{ code, name: `Vendor ${i + 1} GmbH`, street: 'Weg 1', city: '20095 Hamburg', vatId: 'DE281405938' },
  ...{ iban: 'DE02120300000000202051', currency: 'EUR', termsDays: 30 },
}));

/** A ledger of the test's own, in a process of its own, and browsers that sign in there. */
export async function openLedgerDesk(vendors = VENDORS) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-ledger-'));
  const file = path.join(folder, 'books.jsonl');
  const ledger = await startLedgerProcess({ file, vendors, users: [BOT, SECOND_BOT, CLERK] });
  const windows = await theBrowser();
  onTestFinished(async () => {
    for (const context of windows.contexts()) await context.close();
    await ledger.stop();
    await rm(folder, { recursive: true });
  });
  return {
    ledger,
    vouchers: () => readLedger(file).vouchers,
    receipts: () => readLedger(file).receipts,
    hits: async (page: string) => (await ledger.tell({ do: 'status' })).hits[page] ?? 0,
    /** Services of a worker that has just started: it shares nothing with those before it but the ledger. */
    fresh(account = BOT): Services {
      const launch = async () => lent(windows);
      const sessions = openSessions({
        launch,
        accounts: async () => [{ name: 'main', url: ledger.url, ...account }],
        log: silentLogger,
      });
      return services({ sessions });
    },
    /** A person posts a voucher with this number, beside the bot. */
    async clerkPosts(
      { vendor, invoice_number }: Pick<Voucher, 'vendor' | 'invoice_number'>,
      changes: Readonly<Record<string, string>> = {},
    ) {
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
