import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Services } from '#runner';
import { type LedgerOptions, type LedgerVendor, readLedger, startLedgerProcess } from '../../demo/ledger/index.ts';
import { Visitor } from '../demo/ledger/visitor.ts';
import { openBench, services } from './bench.ts';
import { BOT, keyingBot, patientScreen, SECOND_BOT, VOUCHER, type Voucher } from './keyingBot.ts';
import { closeWindowsAfterTest, freshSessions } from './windows.ts';

const CLERK = { user: 'clerk', password: 'paper' };
const VENDORS: readonly LedgerVendor[] = ['70101', '70102', '70103'].map((code, i) => ({
  ...{ code, name: `Vendor ${i + 1} GmbH`, street: 'Weg 1', city: '20095 Hamburg', vatId: 'DE281405938' },
  ...{ iban: 'DE02120300000000202051', currency: 'EUR', termsDays: 30 },
}));

/** A ledger of the test's own, in a process of its own, and browsers that sign in there. */
export async function openLedgerDesk(vendors = VENDORS, options: Pick<LedgerOptions, 'loginBy'> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rekey-ledger-'));
  const file = path.join(folder, 'books.jsonl');
  const ledger = await startLedgerProcess({ file, vendors, users: [BOT, SECOND_BOT, CLERK], ...options });
  onTestFinished(async () => {
    await ledger.stop();
    await rm(folder, { recursive: true });
  });
  await closeWindowsAfterTest();
  return {
    ledger,
    vouchers: () => readLedger(file).vouchers,
    receipts: () => readLedger(file).receipts,
    memos: () => readLedger(file).memos,
    hits: async (page: string) => (await ledger.tell({ do: 'status' })).hits[page] ?? 0,
    /** Services of a worker that has just started: it shares nothing with those before it but the ledger. */
    fresh(account = BOT): Services {
      return services({ sessions: freshSessions({ url: ledger.url, ...account }) });
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
export async function keyingDesk(changes: Partial<Voucher> = {}, screen = patientScreen) {
  const voucher = { ...VOUCHER, ...changes };
  const desk = await openLedgerDesk();
  const bench = await openBench(keyingBot(screen), { voucher });
  const worker = desk.fresh();
  const effects = async () => (await bench.story()).effects.map(({ state }) => state);
  return { ...desk, ...bench, voucher, worker, effects, work: () => bench.run({ services: worker }) };
}
