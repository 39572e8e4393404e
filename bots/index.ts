import type { App, Bot } from '#runner';
import { ledger } from './apps/ledger/index.ts';
import { sqlLedger } from './apps/sql-ledger/index.ts';
import { deliveryNote } from './delivery-note/bot.ts';
import { ledgerCanary } from './ledger-canary/bot.ts';
import { supplierInvoice } from './supplier-invoice/bot.ts';

/** Every bot of this installation; `rekey new bot` adds a line here. */
export const bots: readonly Bot[] = [supplierInvoice, deliveryNote, ledgerCanary];

/** The applications they are written for: people see by what rules bots work there. */
export const apps: readonly App[] = [ledger, sqlLedger];
