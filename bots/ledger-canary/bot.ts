import { z } from 'zod';
import { defineBot } from '#runner';
import { vendorCount } from '../apps/ledger/index.ts';

/** Signs in and reads a list, changing nothing: started by a schedule, it finds out that the ledger is down before the work does. */
export const ledgerCanary = defineBot({
  name: 'ledger-canary',
  version: '1',
  input: z.object({}),
  output: z.object({ vendors: z.number() }),
  goal: { within: '15m', skill: 'operations' },
  records: [],
  run: async (task) => ({ vendors: await task.look(vendorCount, undefined) }),
});
