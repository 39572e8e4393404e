import { z } from 'zod';
import { knownRecord } from '#core';
import { defineBot, defineScreen, type Screen } from '#runner';
import {
  sqlLedger,
  vendorInvoice,
  vendorInvoiceSchema,
  vendorInvoiceScreen,
} from '../../../bots/apps/sql-ledger/index.ts';

export type VendorInvoice = z.infer<typeof vendorInvoiceSchema>;

/** As long as it takes a test to see that nothing is keyed before; tests let the time pass by `store.age`. */
export const SETTLED_SECONDS = 600;
const patienceSeconds = 30;
const patientSqlLedger = { ...sqlLedger, patienceSeconds, settlingSeconds: SETTLED_SECONDS - patienceSeconds };
export const patientInvoiceScreen = defineScreen({ ...vendorInvoiceScreen, app: patientSqlLedger });

/** A bot that keys the invoice it is given, and nothing else. */
export function keyingBot(screen: Screen<VendorInvoice>) {
  return defineBot({
    name: 'keying',
    version: '1',
    input: z.object({ invoice: vendorInvoiceSchema }),
    output: z.object({ invoice: z.string() }),
    goal: { within: '1h', skill: 'test' },
    records: [vendorInvoice],
    async run(task) {
      const { reference } = await task.rekey(
        screen,
        await task.validate(vendorInvoice, knownRecord(task.input.invoice)),
      );
      return { invoice: reference };
    },
  });
}
