import path from 'node:path';
import { type LedgerProcess, type LedgerVendor, readLedger, startLedgerProcess } from '../demo/ledger/index.ts';
import type { Written } from './history.ts';
import { CANARY } from './leaks.ts';
import { type Voucher, writtenFor } from './worker/bot.ts';
import type { OrderedAccount } from './worker/orders.ts';

const ACCOUNTS = Array.from({ length: 6 }, (_, i) => ({ user: `bot-${i + 1}`, password: `${CANARY}-${i + 1}` }));

const VENDORS: readonly LedgerVendor[] = ['70101', '70102', '70103'].map((code, i) => ({
  ...{ code, name: `Vendor ${i + 1} GmbH`, street: 'Weg 1', city: '20095 Hamburg', vatId: 'DE281405938' },
  ...{ iban: 'DE02120300000000202051', currency: 'EUR', termsDays: 30 },
}));

/** The demo's ledger, with its books below a folder. */
export interface Application {
  readonly process: LedgerProcess;
  readonly accounts: readonly OrderedAccount[];
  readonly users: readonly string[];
  /** What its books hold, read past it. */
  written(): readonly Written[];
}

export async function startApplication(folder: string): Promise<Application> {
  const file = path.join(folder, 'books.jsonl');
  const process = await startLedgerProcess({ file, vendors: VENDORS, users: ACCOUNTS });
  return {
    process,
    users: ACCOUNTS.map(({ user }) => user),
    accounts: ACCOUNTS.map((account) => ({ name: account.user, url: process.url, ...account })),
    written: () =>
      readLedger(file).vouchers.flatMap(
        (voucher) =>
          writtenFor('voucher', {
            vendor: voucher.vendor,
            invoice_number: voucher.invoiceNumber,
            invoice_date: voucher.invoiceDate,
            due_date: voucher.dueDate,
            currency: voucher.currency,
            net_total: voucher.net,
            tax_total: voucher.tax,
            total: voucher.total,
            order_number: voucher.reference || null,
          }) ?? [],
      ),
  };
}

/** The nth voucher of a run, with amounts and days of its own. */
export function voucherNo(n: number, random: () => number): Voucher {
  const cents = 100 + Math.floor(random() * 9_000_000);
  const tax = Math.round(cents * 0.19);
  const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(random() * 300)));
  const due = new Date(day.getTime() + (10 + Math.floor(random() * 50)) * 86_400_000);
  return {
    vendor: VENDORS[Math.floor(random() * VENDORS.length)]!.code,
    invoice_number: `C-${String(n).padStart(5, '0')}`,
    invoice_date: day.toISOString().slice(0, 10),
    due_date: due.toISOString().slice(0, 10),
    currency: 'EUR',
    net_total: (cents / 100).toFixed(2),
    tax_total: (tax / 100).toFixed(2),
    total: ((cents + tax) / 100).toFixed(2),
    order_number: random() < 0.5 ? null : `PO-${n}`,
  };
}
