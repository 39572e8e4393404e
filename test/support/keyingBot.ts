import { z } from 'zod';
import { knownRecord } from '#core';
import { defineBot, defineScreen, type Screen } from '#runner';
import { ledger, voucher, voucherSchema, voucherScreen } from '../../bots/apps/ledger/index.ts';

export type Voucher = z.infer<typeof voucherSchema>;

export const BOT = { user: 'bot', password: 'abc-123' };
/** A second account for the bot: signing in with the first one ends whatever that still had under way. */
export const SECOND_BOT = { user: 'bot-2', password: 'xyz-789' };

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
/** Longer than a machine under load keeps a browser waiting: a run that ends sooner than its test means it to proves nothing. */
const PATIENCE_SECONDS = 60;

/** The ledger's screen with so much patience, settled SETTLING_SECONDS after an intent all the same. */
export function screenWithPatience(patienceSeconds: number): Screen<Voucher> {
  const app = { ...ledger, patienceSeconds, settlingSeconds: SETTLING_SECONDS - patienceSeconds };
  return defineScreen({ ...voucherScreen, app });
}

export const patientScreen = screenWithPatience(PATIENCE_SECONDS);

/** A bot that keys the voucher it is given, and nothing else. */
export function keyingBot(screen: Screen<Voucher> = patientScreen) {
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
