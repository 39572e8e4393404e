import { z } from 'zod';
import { type Bot, defineBot, defineScreen, knownRecord, type Screen } from '#runner';
import { ledger, voucher, voucherSchema, voucherScreen } from '../../bots/apps/ledger/index.ts';

/** What a task does: `voucher` keys one through a browser, `asked` does so when a person says yes, `nothing` only ends. */
const WORK = ['voucher', 'asked', 'nothing'] as const;
export type Work = (typeof WORK)[number];

export type Voucher = z.infer<typeof voucherSchema>;

const input = z.object({ work: z.enum(WORK), voucher: voucherSchema });
export type Input = z.infer<typeof input>;

/** The demo's ledger writes while it is asked: what is not there after this is not written. */
const hastyLedger = { ...ledger, settlingSeconds: 3, patienceSeconds: 20 };
export const screen = defineScreen({ ...voucherScreen, app: hastyLedger });
/** Finds nothing, whatever is there. */
export const blindScreen = defineScreen({ ...screen, lookUp: async () => ({ state: 'absent' }) });

const BOT = 'keyer';

/** The bot all faults work with. */
export function keyer(version: string, keying: Screen<Voucher>): Bot {
  return defineBot({
    name: BOT,
    version,
    input,
    output: z.object({ voucher: z.string().nullable() }),
    goal: { within: '1h', skill: 'test' },
    records: [voucher],
    async run(task) {
      const { work } = task.input;
      if (work === 'nothing') return { voucher: null };
      if (work === 'asked' && !(await task.ask('Shall it be keyed?', z.object({ yes: z.boolean() }))).yes)
        return { voucher: null };
      const { reference } = await task.rekey(keying, await task.validate(voucher, knownRecord(task.input.voucher)));
      return { voucher: reference };
    },
  });
}
