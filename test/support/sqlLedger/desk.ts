import { afterAll, inject } from 'vitest';
import type { Screen } from '#runner';
import { openBench, services } from '../bench.ts';
import { closeWindowsAfterTest, freshSessions } from '../windows.ts';
import { keyingBot, patientInvoiceScreen, type VendorInvoice } from './keying.ts';
import { ADMIN_PASSWORD, type SqlLedger, startSqlLedger } from './sqlLedger.ts';

const SUPPLIERS = [
  { number: 'V-1001', name: 'Northwind Paper Supply', termsDays: 30 },
  { number: 'V-1002', name: 'Müller & Söhne GmbH', termsDays: 14 },
  { number: 'V-1003', name: 'Northwind Logistics', termsDays: 0 },
];

let application: Promise<SqlLedger> | undefined;

/** One SQL-Ledger for all tests of a file. It ends with them. */
function theSqlLedger(): Promise<SqlLedger> {
  application ??= startSqlLedger({ postgresUrl: inject('postgresUrl'), suppliers: SUPPLIERS });
  return application;
}

afterAll(async () => (await application)?.stop());

/** What accounts payable holds of an invoice: one row of `ap`, with its postings by account in cents. */
export interface Posted {
  readonly id: string;
  readonly vendor: string;
  readonly invoice_date: string;
  readonly due_date: string;
  readonly currency: string;
  readonly order_number: string;
  readonly description: string;
  readonly cents: Readonly<Record<string, number>>;
}

const POSTED = `
  select ap.id::text as id, vendor.vendornumber as vendor, to_char(ap.transdate, 'YYYY-MM-DD') as invoice_date,
    to_char(ap.duedate, 'YYYY-MM-DD') as due_date, ap.curr as currency, ap.ordnumber as order_number,
    (select string_agg(memo, '') from acc_trans where trans_id = ap.id) as description,
    (select json_object_agg(accno, cents) from (
      select chart.accno, round(sum(acc_trans.amount)::numeric * 100)::int as cents
      from acc_trans join chart on chart.id = acc_trans.chart_id
      where acc_trans.trans_id = ap.id group by chart.accno) as account) as cents
  from ap join vendor on vendor.id = ap.vendor_id
  where ap.invnumber = $1 order by ap.id`;

let invoices = 0;

/** A task to key an invoice of the test's own into SQL-Ledger, and workers for it. */
export async function invoiceDesk(
  changes: Partial<VendorInvoice> = {},
  screen: Screen<VendorInvoice> = patientInvoiceScreen,
) {
  const ledger = await theSqlLedger();
  await closeWindowsAfterTest();
  invoices += 1;
  const invoice: VendorInvoice = {
    vendor_number: 'V-1001',
    vendor: 'Northwind Paper Supply',
    invoice_number: `RE-2026/${String(invoices).padStart(4, '0')}`,
    invoice_date: '2026-03-02',
    due_date: '2026-03-20',
    currency: 'USD',
    amount: '1234.50',
    account: '5700',
    order_number: null,
    description: 'Copy paper, 40 boxes',
    ...changes,
  };
  const bench = await openBench(keyingBot(screen), { invoice });
  const fresh = (url = ledger.url) =>
    services({ sessions: freshSessions({ url, user: ledger.user, password: ADMIN_PASSWORD }) });
  const worker = fresh();
  return {
    ...bench,
    ledger,
    invoice,
    fresh,
    worker,
    work: () => bench.run({ services: worker }),
    posted: () => ledger.rows<Posted>(POSTED, [invoice.invoice_number]),
    effects: async () => (await bench.story()).effects.map(({ state }) => state),
    /** The screen's application, in a session of the worker's. */
    within: <R>(act: Parameters<typeof worker.sessions.use<R>>[1]) => worker.sessions.use(screen.app, act),
  };
}

export type InvoiceDesk = Awaited<ReturnType<typeof invoiceDesk>>;
