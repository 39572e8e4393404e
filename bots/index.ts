import type { Bot } from '#runner';
import { deliveryNote } from './delivery-note/bot.ts';
import { ledgerCanary } from './ledger-canary/bot.ts';
import { supplierInvoice } from './supplier-invoice/bot.ts';

/** Every bot of this installation; `rekey new bot` adds a line here. */
export const bots: readonly Bot[] = [supplierInvoice, deliveryNote, ledgerCanary];
